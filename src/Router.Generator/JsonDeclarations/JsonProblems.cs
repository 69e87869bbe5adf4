using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Json;
using RouterGen.Generator.Parsing;

namespace RouterGen.Generator.JsonDeclarations;

/// <summary>What is wrong with a file itself, whatever it declares.</summary>
internal sealed class JsonProblems(ModelsText file, ProblemList problems)
{
    public void ReportSyntax(IEnumerable<JsonError> errors)
    {
        foreach (JsonError error in errors)
        {
            Location location = file.LocationOf(error.Span);
            LinePosition at = location.GetLineSpan().StartLinePosition;
            problems.Add(DiagnosticDescriptors.JsonSyntax, location, at.Line + 1, at.Character + 1, error.Message);
        }
    }

    public void ReportUnknown(JsonProperty property, IEnumerable<string> known)
    {
        string? nearest = KeyProperties.Meant(property, known) ?? Spelling.Nearest(property.Name, known);
        problems.AddFixable(
            DiagnosticDescriptors.UnknownJsonProperty, file.LocationOf(property.NameSpan), DiagnosticProperties.Replacement, nearest,
            property.Name, Spelling.DidYouMean(nearest));
    }

    public void ReportInvalid(string name, TextSpan span, string demand) =>
        problems.Add(DiagnosticDescriptors.InvalidJsonValue, file.LocationOf(span), name, demand);

    public void ReportWithoutEffect(JsonProperty property, string advice) => ReportWithoutEffect(property.Name, property.NameSpan, advice);

    public void ReportWithoutEffect(string name, TextSpan span, string advice) =>
        problems.Add(DiagnosticDescriptors.SettingWithoutEffect, file.LocationOf(span), name, advice);

    public void ReportDropped(JsonProperty property, string model) =>
        problems.Add(DiagnosticDescriptors.DroppedParameter, file.LocationOf(property.NameSpan), $"'{property.Name}'", $"'{model}'", "does");

    /// <summary>Reports a key.</summary>
    /// <param name="name">The setting that has it.</param>
    /// <param name="span">Its place.</param>
    /// <param name="remedy">What names a variable instead.</param>
    public void ReportKey(string name, TextSpan span, string remedy) =>
        problems.Add(DiagnosticDescriptors.KeyInSource, file.LocationOf(span), $"The value of {name}", remedy);

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
