using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests;

/// <summary>Readers copy examples. So each names a model that is served, and still will be a year after the catalog was made.</summary>
public class ExampleModelTests
{
    private static readonly DateTime AsOf = new(2026, 11, 28);
    private static readonly string Root = RootOf();

    private static readonly Regex Named = new(
        $@"(?<![\w./-])({string.Join("|", ModelCatalog.Default.Names.Select(Regex.Escape))})/(?!v[0-9]+\b)([A-Za-z0-9][A-Za-z0-9._:/-]*[A-Za-z0-9])");

    public static TheoryData<string> Files { get; } = new(All().Select(path => Path.GetRelativePath(Root, path)));

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_names_models_that_are_served(string file)
    {
        foreach (Match named in Named.Matches(Text(Path.Combine(Root, file))))
        {
            ProviderRow provider = ModelCatalog.Default.Find(named.Groups[1].Value)!;
            ModelRow? model = provider.FindModel(named.Groups[2].Value);

            Assert.True(model is not null || provider.ServesUnlisted, $"{file}: {named.Value} is not in the catalog.");
            bool isServed = model?.Retires is not { } day || DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) > AsOf.AddYears(1);
            Assert.True(isServed, $"{file}: {named.Value} retires on {model?.Retires}.");
        }
    }

    [Fact]
    public void The_examples_are_found() => Assert.True(Files.Count > 40 && Files.Sum(file => Named.Count(Text(Path.Combine(Root, file.Data)))) > 60);

    // A page on a mistake makes it first; what the catalog says on a provider's page is no example.
    private static string Text(string path)
    {
        string text = ProviderPages.With(File.ReadAllText(path).ReplaceLineEndings("\n"), static _ => "");
        int right = Path.GetFileName(path).StartsWith("RG", StringComparison.Ordinal) ? text.IndexOf("## Right", StringComparison.Ordinal) : 0;
        return text[Math.Max(right, 0)..];
    }

    private static IEnumerable<string> All() => new[] { Path.Combine(Root, "README.md"), Path.Combine(Root, "tests", "package.sh") }
        .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.*", SearchOption.AllDirectories).Where(path => path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)))
        .Concat(Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)));

    private static string RootOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
