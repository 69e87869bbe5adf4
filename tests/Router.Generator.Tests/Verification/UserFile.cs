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

    /// <summary>How often it was asked for.</summary>
    public int Reads { get; private set; }

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Reads++;
        return _text;
    }
}

/// <summary>What the build tells the compiler of a project and its files.</summary>
internal sealed class UserOptions(string? rootNamespace) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values("build_property.RootNamespace", rootNamespace);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values("", null);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Values("build_metadata.AdditionalFiles.RouterModels", ((UserFile)textFile).RouterModels);

    private sealed class Values(string name, string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? found)
        {
            found = key == name ? value : null;
            return found is not null;
        }
    }
}
