using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>CONTRIBUTING.md names files; a file that was moved or renamed is named anew there.</summary>
public class ContributingTests
{
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "samples/", "benchmarks/"];

    private static readonly string Root = FindRoot();

    private static readonly HashSet<string?> Files =
        [.. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)).Select(Path.GetFileName)];

    public static TheoryData<string> Named { get; } = new(
        Regex.Matches(File.ReadAllText(Path.Combine(Root, "CONTRIBUTING.md")), "`([^`\\s]+)`")
            .Select(match => match.Groups[1].Value)
            .Where(name => Folders.Any(name.StartsWith) || name.EndsWith(".cs", StringComparison.Ordinal))
            // Not those that a reader is to name, nor what a build writes.
            .Where(name => !Regex.IsMatch(name, "(^|/)Name|xxxx|…|/obj/"))
            .Distinct());

    [Theory]
    [MemberData(nameof(Named))]
    public void A_file_that_is_named_exists(string name) =>
        Assert.True(name.Contains('/') ? Path.Exists(Path.Combine(Root, name)) : Files.Contains(name), $"CONTRIBUTING.md names {name}.");

    [Fact]
    public void Files_are_named() => Assert.InRange(Named.Count, 40, 200);

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
