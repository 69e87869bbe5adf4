using System.Runtime.CompilerServices;
using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests;

/// <summary>The page on the providers says what the catalog does; its last column, the notes, is free.</summary>
public class ProviderPageTests
{
    [Fact]
    public void The_page_lists_the_catalog() => Assert.Equal(ModelCatalog.Default.Providers.Select(Line), Lines());

    private static string Line(ProviderRow provider) => string.Join(
        " | ",
        string.Join(", ", provider.Aliases.Prepend(provider.Name).Select(Code)),
        provider.KeyVariable is { } key ? string.Join(", ", provider.OtherKeyVariables.Prepend(key).Select(Code)) : Code(null),
        Code(provider.Endpoint),
        Code(provider.EndpointVariable));

    private static string Code(string? text) => text is null ? "–" : "`" + text + "`";

    private static IEnumerable<string> Lines([CallerFilePath] string here = "") =>
        from line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/providers.md"))
        where line.StartsWith("| `", StringComparison.Ordinal)
        select string.Join(" | ", line.Split('|', StringSplitOptions.TrimEntries).Skip(1).Take(4));
}
