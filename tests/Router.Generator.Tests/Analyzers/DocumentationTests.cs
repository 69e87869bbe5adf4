using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Analyzers;
using RouterGen.Analyzers.Usage;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>Holds together what is said about the diagnostics in several places, and proves each page's examples.</summary>
public class DocumentationTests
{
    public static TheoryData<string> Ids { get; } = new(DiagnosticDescriptors.All.Select(descriptor => descriptor.Id));

    // All that was promised, by severity. Each fires for its page's wrong example, and does not for the right one (below).
    private static readonly Dictionary<DiagnosticSeverity, string[]> Promised = new()
    {
        [DiagnosticSeverity.Error] =
        [
            "RG0001", "RG0002", "RG0003", "RG0004", "RG0005", "RG0006", "RG0007", "RG0009", "RG0010", "RG0012", "RG0015", "RG0016", "RG0017",
            "RG0101", "RG0105", "RG0108", "RG0111", "RG0112", "RG0113", "RG0114", "RG0116", "RG0119", "RG0120", "RG0121", "RG0122", "RG0123", "RG0124",
            "RG0201", "RG0202", "RG0203", "RG0205",
            "RG0401", "RG0402", "RG0403", "RG0404", "RG0405",
            "RG0501", "RG0502", "RG0503", "RG0504",
        ],
        [DiagnosticSeverity.Warning] =
        [
            "RG0008", "RG0011", "RG0013", "RG0014", "RG0102", "RG0103", "RG0104", "RG0107", "RG0109", "RG0110", "RG0115", "RG0117", "RG0118",
            "RG0204", "RG0206", "RG0208", "RG0301", "RG0302", "RG0303", "RG0304", "RG0306",
        ],
        [DiagnosticSeverity.Info] = ["RG0106", "RG0207", "RG0305", "RG0406", "RG0505"],
    };

    [Fact]
    public void Each_diagnostic_that_was_promised_is_there_with_its_severity() => Assert.Equal(
        Promised.SelectMany(bySeverity => bySeverity.Value.Select(id => (id, bySeverity.Key))).Order(),
        DiagnosticDescriptors.All.Select(descriptor => (descriptor.Id, descriptor.DefaultSeverity)).Order());

    [Fact]
    public void Each_id_has_one_descriptor()
    {
        IEnumerable<string?> ids = typeof(DiagnosticIds).GetFields().Select(field => (string?)field.GetRawConstantValue());

        Assert.Equal(ids, DiagnosticDescriptors.All.Select(descriptor => descriptor.Id));
    }

    [Fact]
    public void Each_descriptor_has_a_page_and_each_page_a_descriptor() => Assert.Equal(
        DiagnosticDescriptors.All.Select(descriptor => descriptor.Id),
        Directory.GetFiles(Pages, "RG*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_each_with_its_severity_and_title() => Assert.Equal(
        DiagnosticDescriptors.All.Select(d => $"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity.ToString().ToLowerInvariant()} | {d.Title} |"),
        File.ReadLines(Path.Combine(Pages, "README.md")).Where(line => line.StartsWith("| [RG", StringComparison.Ordinal)).Select(line => Regex.Match(line, @"^(\|[^|]*){3}\|").Value));

    [Fact]
    public void The_release_files_list_each_once() => Assert.Equal(
        DiagnosticDescriptors.All.Select(d => $"{d.Id} | {d.Category} | {d.DefaultSeverity} | {d.Title}"),
        Directory.GetFiles(Path.Combine(Root, "src", "Router.Generator"), "AnalyzerReleases.*.md")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("RG", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_page_quotes_the_title_and_the_message_of_its_first_example(string id)
    {
        string page = ReadPage(id);
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.All.Single(d => d.Id == id);

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
        Assert.Contains(
            descriptor.Category is "RouterGen.ModelsJson" ? $"`dotnet_diagnostic.{id}.severity = none` in a `.globalconfig`" : $"[SuppressMessage(\"{descriptor.Category}\", \"{id}\")]",
            page);
        Diagnostic reported = Assert.Single(await AnalyzeAsync(descriptor, Example(page, "Wrong")));
        Assert.Equal(id, reported.Id);
        Assert.Equal("> " + reported.GetMessage(CultureInfo.InvariantCulture), page.Split('\n')[2]);
        Assert.Empty(await AnalyzeAsync(descriptor, Example(page, "Right")));
    }

    private static string Root { get; } = FindRoot();

    private static string Pages { get; } = Path.Combine(Root, "docs", "diagnostics");

    private static string ReadPage(string id) => File.ReadAllText(Path.Combine(Pages, id + ".md")).ReplaceLineEndings("\n");

    // An example is code, or a models.json, or both.
    private static Verifier Example(string page, string heading)
    {
        string section = Regex.Match(page, $"## {heading}\n(.*?)\n## ", RegexOptions.Singleline).Groups[1].Value;
        List<(string Language, string Text)> blocks =
            [.. Regex.Matches(section, "```(csharp|json)\n(.*?)```", RegexOptions.Singleline).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
        Assert.NotEmpty(blocks);
        return new Verifier
        {
            Sources = [.. blocks.Where(block => block.Language is "csharp").Select(block => block.Text)],
            Files = [.. blocks.Where(block => block.Language is "json").Select(block => new UserFile(block.Text))],
        };
    }

    // An example of usage is a whole program only with what is generated. An ID may be told of declarations and of their usage.
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(DiagnosticDescriptor descriptor, Verifier example)
    {
        ImmutableArray<DiagnosticAnalyzer> ofUsage =
        [
            .. typeof(DeclarationAnalyzer).Assembly.GetTypes()
                .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(UsageAnalyzer)))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
                .Where(analyzer => analyzer.SupportedDiagnostics.Contains(descriptor)),
        ];
        Compilation compilation = ofUsage.IsEmpty ? example.Compile() : example.Run(out _).Compilation;
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync(compilation, example);
        return ofUsage.IsEmpty ? reported : [.. reported, .. await compilation.WithAnalyzers(ofUsage).GetAnalyzerDiagnosticsAsync()];
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
