using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>Writes the file of one struct of constants, which specialises a codec for the deployments that share it.</summary>
internal static class ConstantsEmitter
{
    private const int LongestComment = 100;

    /// <summary>Returns the struct's name for any place.</summary>
    public static string TypeOf(string name) => CodeNames.Constants + "." + name;

    public static SourceText Emit(ConstantsFile file)
    {
        ConstantsSpec spec = file.Spec;
        DialectRow dialect = DialectRow.Of(spec.Dialect);
        SourceWriter writer = SourceWriter.StartFile(CodeNames.Constants.Substring("global::".Length));
        writer.Write($"""
            /// <summary>What requests to {Literal.Xml(spec.Provider + "/" + spec.Model)} are written with.</summary>
            [global::Microsoft.CodeAnalysis.Embedded]
            {CodeNames.GeneratedCode}
            internal readonly struct {file.Name} : {CodeNames.DeploymentConstants}
            """);
        writer.Open();
        writer.Line($"public global::System.ReadOnlySpan<byte> RequestPrefix => {Literal.RequestPrefix(spec.Model, spec.BodyStart ?? (dialect.NamesModelInPath ? "" : null))};");
        writer.Line();
        writer.Line($"public {CodeNames.ModelProfile} Profile => Model;");
        writer.Line();
        writer.Line($"private static readonly {CodeNames.ModelProfile} Model = new({Literal.Of(spec.Provider)}, {Literal.Of(spec.Model)})");
        writer.Open();
        (ModelCapabilities capabilities, ModelParameters parameters, int quirks) = spec.Traits;
        WriteFlags(writer, "Capabilities", CodeNames.ModelCapabilities, (int)capabilities, capabilities);
        WriteFlags(writer, "Parameters", CodeNames.ModelParameters, (int)parameters, parameters);
        WriteFlags(writer, "Quirks", null, quirks, dialect.Quirks(quirks));
        WriteFlags(writer, "Efforts", CodeNames.ModelEfforts, (int)spec.Efforts.Taken, spec.Efforts.Taken);
        if (spec.Efforts.WithTools is { } withTools) WriteFlags(writer, "EffortsWithTools", CodeNames.ModelEfforts, (int)withTools, withTools, evenIfNone: true);
        if (spec.DefaultMaxOutputTokens > 0) writer.Line($"DefaultMaxOutputTokens = {Literal.Of(spec.DefaultMaxOutputTokens)},");
        if (spec.Embedding is { Dimensions: > 0 } vectors) writer.Line($"Dimensions = {Literal.Of(vectors.Dimensions)},");
        if (spec.Embedding is { Texts: > 0 } batch) writer.Line($"MaxBatchTexts = {Literal.Of(batch.Texts)},");
        if (spec.Embedding is { Tokens: > 0 } longest) writer.Line($"MaxBatchTokens = {Literal.Of(longest.Tokens)},");
        if (spec.Sound is { FileBytes: > 0 } sound) writer.Line($"MaxFileBytes = {sound.FileBytes.ToString(System.Globalization.CultureInfo.InvariantCulture)},");
        if (spec.Sound is { Characters: > 0 } text) writer.Line($"MaxCharacters = {Literal.Of(text.Characters)},");
        if (spec.Sound is { Voice: { } voice }) writer.Line($"DefaultVoice = {Literal.Of(voice)},");
        if (spec.Tier is { } tier) writer.Line($"ServiceTier = {CodeNames.ServiceTier}.{tier},");
        writer.Close("};");
        writer.Close();
        return writer.ToSourceText();
    }

    // One literal: the compiler takes long over a chain of enum operators, each of which goes through overload resolution.
    private static void WriteFlags(SourceWriter writer, string property, string? type, int value, Enum flags, bool evenIfNone = false)
    {
        if (value == 0 && !evenIfNone) return;
        string comment = "//";
        foreach (string name in flags.ToString().Split(' '))
        {
            if (comment.Length + 1 + name.Length > LongestComment)
            {
                writer.Line(comment);
                comment = "//";
            }

            comment += " " + name;
        }

        writer.Line(comment);
        writer.Line($"{property} = {(type is null ? "" : $"({type})")}{Literal.Hex(value)},");
    }
}
