using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>The relative links of all Markdown of the repository lead to something: a file, a folder, a heading.</summary>
public partial class DocumentLinkTests
{
    public static TheoryData<string> Pages() => [.. Markdown(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_something(string page)
    {
        string path = Path.Combine(Root, page);
        string[] broken = [.. Link().Matches(Prose(path)).Select(match => match.Groups[1].Value).Where(link => !Leads(path, link)).Distinct()];
        Assert.True(broken.Length == 0, $"{page} has links that lead nowhere: {string.Join(", ", broken)}");
    }

    [Theory]
    [InlineData("nowhere.md")]
    [InlineData("docs/routing.md#nowhere")]
    [InlineData("#nowhere")]
    public void A_link_to_nothing_is_found(string link) => Assert.False(Leads(Path.Combine(Root, "README.md"), link));

    [Fact]
    public void The_page_of_failures_has_the_table_of_the_README() =>
        Assert.Equal(TableBehind("README.md", "## When something fails"), TableBehind("docs/failures.md", "## In short"));

    private static bool Leads(string page, string link)
    {
        if (Scheme().IsMatch(link)) return true;
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])));
        if (!File.Exists(target) && !Directory.Exists(target)) return false;
        return parts.Length == 1 || Anchors(target).Contains(parts[1]);
    }

    // As GitHub and docfx make them: small letters, digits, hyphens for spaces; a heading that comes again is numbered.
    private static HashSet<string> Anchors(string page)
    {
        HashSet<string> anchors = [];
        foreach (Match heading in Heading().Matches(Prose(page)))
        {
            string text = MarkdownLink().Replace(heading.Groups[1].Value, "$1").Trim().ToLowerInvariant();
            string anchor = NotOfAnchors().Replace(text, "").Replace(' ', '-');
            for (int number = 1; !anchors.Add(number == 1 ? anchor : $"{anchor}-{number - 1}"); number++) { }
        }

        return anchors;
    }

    private static string[] TableBehind(string page, string heading) =>
        [.. File.ReadLines(Path.Combine(Root, page)).SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|'))];

    private static IEnumerable<string> Markdown(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules" or "artifacts" or ".git" or "TestResults" or "BenchmarkDotNet.Artifacts"))
            .SelectMany(Markdown));

    private static string Prose(string path) => Code().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), "");

    private static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]")]
    private static partial Regex NotOfAnchors();
}
