using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Testing;

namespace RouterGen.Generator.Tests;

/// <summary>
/// The C# of all pages compiles, without a problem of its declarations. A page is found by its C#; what cannot compile here (it
/// needs a package that these tests do not have, or it is shortened) is marked <c>csharp fragment</c>.
/// </summary>
public partial class DocumentSnippetTests
{
    // What the SDK's implicit usings are.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // What a snippet has around it that shows a part of a program.
    private const string PartUsings = """
        global using Microsoft.Extensions.AI;
        global using RouterGen;
        """;

    private const string PartModels = """
        using RouterGen;

        [ModelGroup("claude-fast"), Deployment("anthropic/claude-haiku-5-5", Group = "claude-fast")]
        [ModelGroup("fast"), Deployment("openai/gpt-6-luna", Group = "fast")]
        [ModelGroup("chat"), Deployment("openai/gpt-6-luna", Group = "chat")]
        public static partial class Models;
        """;

    // The most that may be left uncompiled, so that the mark stays an exception.
    private const int MaxFragments = 8;

    // What an example may leave open: another provider (RG0011), the price of a model that the catalog does not list (RG0115), the
    // package that its page names (RG0122).
    private static readonly string[] Advice = ["RG0011", "RG0115", "RG0122"];

    // The packages beside RouterGen that pages show.
    private static readonly MetadataReference[] Packages =
    [
        MetadataReference.CreateFromFile(typeof(TestRouter).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(RouterTelemetrySink).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(RouterModels).Assembly.Location),
    ];

    public static TheoryData<string, int> Snippets()
    {
        var data = new TheoryData<string, int>();
        foreach (string page in Pages())
        {
            for (int at = 0; at < BlocksOf(page, "csharp").Count; at++) data.Add(page, at);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_compiles(string page, int at)
    {
        List<string> snippets = BlocksOf(page, "csharp");
        string snippet = Complete(snippets[at]);
        List<string> sources = [Usings, snippet];
        UserFile[] files = [];
        if (snippet.Contains("using MyApp;", StringComparison.Ordinal))
        {
            // The groups are in a models.json, which is the first JSON of the page.
            files = [new UserFile(BlocksOf(page, "json")[0])];
        }
        else
        {
            HashSet<string> declared = [.. TypesOf(snippet).Select(NameOf)];
            if (!declared.Contains("Models")) sources.Add(PartModels);
            if (!snippet.Contains("using RouterGen;", StringComparison.Ordinal))
            {
                // A part goes on where the snippets before it on its page ended.
                sources.Add(PartUsings);
                sources.AddRange(snippets.Take(at).SelectMany(TypesOf).Where(type => NameOf(type) is not "Models" && declared.Add(NameOf(type))).Select(type => type.ToFullString()));
            }
        }

        bool isProgram = Parse(snippet).Members.Any(member => member is GlobalStatementSyntax);
        var verifier = new Verifier { Sources = [.. sources], Files = files, RootNamespace = "MyApp", IsProgram = isProgram, Packages = Packages };
        string[] advice = [.. (await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier)).Select(problem => problem.Id).Where(Advice.Contains)];
        new Verifier { Sources = verifier.Sources, Files = files, RootNamespace = "MyApp", IsProgram = isProgram, Packages = verifier.Packages, Problems = advice }.Verify();
    }

    [Fact]
    public void Few_snippets_are_not_compiled() => Assert.InRange(Pages().Sum(page => BlocksOf(page, "csharp fragment").Count), 1, MaxFragments);

    [Fact]
    public void Each_mark_is_known() => Assert.All(
        Pages(),
        page => Assert.All(Opening().Matches(Read(page)), mark => Assert.True(mark.Value is "```csharp" or "```csharp fragment", $"{page}: {mark.Value}")));

    // Pages of diagnostics have wrong examples, too: DocumentationTests compiles both.
    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Docs, path).Replace('\\', '/'))
            .Where(page => !page.StartsWith("diagnostics/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Append("../README.md");

    // Attributes alone get the class that they are of, and one deployment its group.
    private static string Complete(string snippet)
    {
        if (!snippet.TrimEnd().EndsWith(']') || !snippet.StartsWith('[')) return snippet;
        string group = snippet.Contains("[ModelGroup", StringComparison.Ordinal) ? "" : "[ModelGroup(\"group\")]\n";
        return $"{group}{snippet}public static partial class Models;\n";
    }

    private static IEnumerable<MemberDeclarationSyntax> TypesOf(string snippet) => Parse(snippet).Members.Where(member => member is BaseTypeDeclarationSyntax);

    private static string NameOf(MemberDeclarationSyntax type) => ((BaseTypeDeclarationSyntax)type).Identifier.ValueText;

    private static CompilationUnitSyntax Parse(string snippet) => SyntaxFactory.ParseCompilationUnit(snippet);

    private static List<string> BlocksOf(string page, string mark) =>
        [.. Regex.Matches(Read(page), $"^```{mark}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    private static string Read(string page) => File.ReadAllText(Path.Combine(Docs, page)).ReplaceLineEndings("\n");

    private static string Docs { get; } = FindDocs();

    private static string FindDocs([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs"));

    [GeneratedRegex("^ *```((?:csharp|cs|c#|C#).*)$", RegexOptions.Multiline)]
    private static partial Regex Opening();
}
