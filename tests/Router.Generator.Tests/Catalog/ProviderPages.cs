using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>The pages on providers: what is written by hand, and between two comments what the catalog knows of a provider.</summary>
internal static class ProviderPages
{
    private const string Folder = "docs/providers";

    private static readonly Regex Block = new("(?<=<!-- catalog: (?<provider>[a-z0-9_]+) -->\n\n).*?(?=\n<!-- end -->)", RegexOptions.Singleline);

    /// <summary>Gets the pages, by their paths in the repository.</summary>
    public static string[] Paths { get; } = [.. Directory.GetFiles(WrittenFile.Locate(Folder), "*.md").Select(path => Folder + "/" + Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Returns the providers of a page.</summary>
    public static IEnumerable<string> ProvidersOf(string path) => Block.Matches(WrittenFile.Read(path)).Select(match => match.Groups["provider"].Value);

    /// <summary>Returns the name of the file with a provider.</summary>
    public static string FileOf(string provider) => Path.GetFileName(Paths.Single(path => ProvidersOf(path).Contains(provider)));

    /// <summary>Returns a text with something in the place of what the catalog knows.</summary>
    /// <param name="text">The text of a page.</param>
    /// <param name="tables">Returns what is to be said of a provider.</param>
    public static string With(string text, Func<string, string> tables) => Block.Replace(text, match => tables(match.Groups["provider"].Value));
}
