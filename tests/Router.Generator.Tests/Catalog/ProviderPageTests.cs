using System.Text.RegularExpressions;
using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests;

/// <summary>The pages on the providers say what the catalog does; what is between the tables is free, and the last column of the index, the notes.</summary>
public class ProviderPageTests
{
    private const string Index = "docs/providers.md";
    private const string RowStart = "| [`";

    public static TheoryData<string> Pages { get; } = new(ProviderPages.Paths);

    [Fact]
    public void The_index_lists_the_catalog()
    {
        string[] lines = WrittenFile.Read(Index).Split('\n');
        int start = Array.FindIndex(lines, line => line.StartsWith(RowStart, StringComparison.Ordinal)), end = Array.FindLastIndex(lines, line => line.StartsWith(RowStart, StringComparison.Ordinal));
        Dictionary<string, string> notes = lines[start..(end + 1)].ToDictionary(line => Regex.Match(line, "`([^`]+)`").Groups[1].Value, line => line.Split('|', StringSplitOptions.TrimEntries)[5]);

        WrittenFile.AssertIs(Index, string.Join("\n", [.. lines[..start], .. ModelCatalog.Default.Providers.Select(provider => Line(provider, notes)), .. lines[(end + 1)..]]));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_what_the_catalog_knows(string path) =>
        WrittenFile.AssertIs(path, ProviderPages.With(WrittenFile.Read(path), provider => new ProviderTables(ProviderPages.FileOf).Of(ModelCatalog.Default.Find(provider)!)));

    [Fact]
    public void Each_provider_is_on_one_page() =>
        Assert.Equal(ModelCatalog.Default.Providers.Select(provider => provider.Name).Order(StringComparer.Ordinal), Pages.SelectMany(page => ProviderPages.ProvidersOf(page.Data)).Order(StringComparer.Ordinal));

    private static string Line(ProviderRow provider, Dictionary<string, string> notes) => $"| {string.Join(
        " | ",
        $"[{Code(provider.Name)}](providers/{ProviderPages.FileOf(provider.Name)}){string.Concat(provider.Aliases.Select(alias => ", " + Code(alias)))}",
        provider.KeyVariable is { } key ? string.Join(", ", provider.OtherKeyVariables.Prepend(key).Select(Code)) : Code(null),
        Code(provider.Endpoint),
        Code(provider.EndpointVariable),
        notes.GetValueOrDefault(provider.Name, ""))} |";

    private static string Code(string? text) => text is null ? "–" : "`" + text + "`";
}
