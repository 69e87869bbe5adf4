using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

/// <summary>An additional file of a project.</summary>
internal sealed class UserFile(string text, string path = "models.json") : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    /// <summary>The value of its metadata RouterModels.</summary>
    public string? RouterModels { get; init; }

    /// <summary>The value of its metadata RouterPrices.</summary>
    public string? RouterPrices { get; init; }

    /// <summary>How often it was asked for.</summary>
    public int Reads { get; private set; }

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Reads++;
        return _text;
    }
}

/// <summary>What the build tells the compiler of a project and its files.</summary>
internal sealed class UserOptions(string? rootNamespace, string? asOf = null) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(("build_property.RootNamespace", rootNamespace), ("build_property.RouterGenAsOf", asOf));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values();

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Values(
            ("build_metadata.AdditionalFiles.RouterModels", ((UserFile)textFile).RouterModels),
            ("build_metadata.AdditionalFiles.RouterPrices", ((UserFile)textFile).RouterPrices));

    private sealed class Values(params (string Name, string? Value)[] stated) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? found)
        {
            found = stated.FirstOrDefault(value => value.Name == key).Value;
            return found is not null;
        }
    }
}
