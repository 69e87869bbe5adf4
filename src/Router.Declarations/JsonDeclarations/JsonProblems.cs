using RouterGen.Declarations.Json;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.JsonDeclarations;

/// <summary>What is wrong with a file itself, whatever it declares.</summary>
internal sealed class JsonProblems(SourceFile file, ProblemList problems)
{
    public void ReportSyntax(IEnumerable<JsonError> errors)
    {
        foreach (JsonError error in errors)
        {
            FilePlace place = file.PlaceOf(error.Span);
            problems.Add(ProblemKinds.JsonSyntax, place, place.Start.Line + 1, place.Start.Column + 1, error.Message);
        }
    }

    public void ReportUnknown(JsonProperty property, IEnumerable<string> known)
    {
        string? nearest = KeyProperties.Meant(property, known) ?? Spelling.Nearest(property.Name, known);
        problems.AddFixable(
            ProblemKinds.UnknownJsonProperty, file.PlaceOf(property.NameSpan), DiagnosticProperties.Replacement, nearest,
            property.Name, Spelling.DidYouMean(nearest));
    }

    public void ReportInvalid(string name, SourceSpan span, string demand) =>
        problems.Add(ProblemKinds.InvalidJsonValue, file.PlaceOf(span), name, demand);

    /// <summary>Reports what of a part of a LiteLLM configuration has no effect.</summary>
    /// <param name="part">The part.</param>
    /// <param name="first">The place of the first of it.</param>
    /// <param name="settings">What it is, and why it has none.</param>
    public void ReportWithoutEffect(string part, SourceSpan first, string settings) =>
        problems.Add(ProblemKinds.SettingWithoutEffect, file.PlaceOf(first), part, settings);

    /// <summary>Reports a name of a LiteLLM configuration that is nearly another.</summary>
    public void ReportMisspelt(JsonProperty property, string meant) => problems.AddFixable(
        ProblemKinds.MisspeltSetting, file.PlaceOf(property.NameSpan), DiagnosticProperties.Replacement, meant, property.Name, meant);

    /// <summary>Reports that a file is taken for one of another program.</summary>
    public void ReportForeign(SourceSpan span) => problems.Add(ProblemKinds.ForeignFile, file.PlaceOf(span));

    public void ReportDropped(JsonProperty property, string model) =>
        problems.Add(ProblemKinds.DroppedParameter, file.PlaceOf(property.NameSpan), $"'{property.Name}'", $"'{model}'", "does");

    /// <summary>Reports a key.</summary>
    /// <param name="name">The setting that has it.</param>
    /// <param name="span">Its place.</param>
    /// <param name="remedy">What names a variable instead.</param>
    public void ReportKey(string name, SourceSpan span, string remedy) =>
        problems.Add(ProblemKinds.KeyInSource, file.PlaceOf(span), $"The value of {name}", remedy);

    /// <summary>The value as an object; null where it is none, which is reported unless it is being typed.</summary>
    public JsonObject? AsObject(string name, JsonNode value) => As<JsonObject>(name, value, "an object");

    public JsonArray? AsArray(string name, JsonNode value) => As<JsonArray>(name, value, "an array");

    private T? As<T>(string name, JsonNode value, string demand)
        where T : JsonNode
    {
        if (value is T expected) return expected;
        if (value.Kind is not JsonKind.Invalid) ReportInvalid(name, value.Span, demand);
        return null;
    }
}
