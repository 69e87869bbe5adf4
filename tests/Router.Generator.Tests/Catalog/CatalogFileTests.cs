using System.Globalization;
using System.Runtime.CompilerServices;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Catalog.Files;

namespace RouterGen.Generator.Tests;

/// <summary>The files of the catalog: that each is read, says where its rows come from, and has grown no older than the others.</summary>
public class CatalogFileTests
{
    private const string Head = """{ "provider": "p", "dialect": "OpenAIChat", "sources": { "s": "https://s.example" }, "traits": { "t": { "takes": ["tools"] } }, """;

    private static readonly string Folder = FolderOf();

    public static TheoryData<string> Providers { get; } = new(ModelCatalog.Default.Providers.Select(provider => provider.Name));

    /// <summary>The day of the catalog: the last on which a row was compared with its source.</summary>
    private static string AsOf { get; } = ModelCatalog.Default.Providers.SelectMany(provider => provider.Models).Max(model => model.Checked!)!;

    [Fact]
    public void Each_file_is_a_provider_and_each_provider_a_file() => Assert.Equal(
        ModelCatalog.Default.Providers.Select(provider => provider.Name).Append("providers").Order(),
        Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Theory]
    [MemberData(nameof(Providers))]
    public void Each_row_has_a_source_and_the_day_on_which_it_was_compared(string provider) => Assert.All(Models(provider), model =>
    {
        Assert.StartsWith("https://", model.Source);
        Assert.True(DateOnly.TryParseExact(model.Checked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"{model.Name} was checked on {model.Checked}.");
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_model_that_has_retired_names_what_to_use_in_its_place(string provider) => Assert.All(Models(provider).Where(model => model.Kind is not Declarations.Model.CallKind.Completion), model => // The last of those have no successor of their kind.
        Assert.True(model.Retires is null || model.Successor is not null || string.CompareOrdinal(model.Retires, AsOf) > 0, $"{model.Name} retired on {model.Retires}."));

    [Theory]
    [MemberData(nameof(Providers))]
    public void Each_model_is_one_line(string provider)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(Folder, provider + ".json")).Where(line => line.Contains("\"model\":"))];

        // Those that it takes over from another provider are in that one's file.
        ProviderRow row = ModelCatalog.Default.Find(provider)!;
        if (row.ModelsOf is null) Assert.Equal(row.Models.Length, lines.Length);
        else Assert.All(lines, line => Assert.Contains(row.ModelNames, name => line.StartsWith($"    {{ \"model\": \"{name}\"", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.True(line.StartsWith("    { \"model\": \"", StringComparison.Ordinal) && line.EndsWith(" },", StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData("\"families\": [{ \"names\": \"a\", \"newest\": \"m\" }], \"colour\": 1 }", "unknown property 'colour'")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"traits\": \"unheard-of\" }] }", "no traits 'unheard-of'")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"traits\": { \"takes\": [\"flight\"] } }] }", "'flight' is neither")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"traits\": { \"quirks\": [\"effort\"] } }] }", "'effort' is no quirk of OpenAIChat")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"efforts\": [\"some\"] }] }", "'some' is no effort")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"prices\": { \"input\": \"2\" } }] }", "expected a number")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"source\": \"elsewhere\" }] }", "no source 'elsewhere'")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"prices\": { \"input\": 2 }, \"rules\": [{ \"tier\": \"slow\" }] }] }", "'slow' is no service tier")]
    [InlineData("\"models\": [{ \"model\": \"m\", \"prices\": { \"input\": 2 }, \"rules\": [{ \"hours\": \"1-4\" }] }] }", "hours as")]
    [InlineData("\"models\": [{ \"model\": \"m\" \"mode\": 1 }] }", "expected ','")]
    public void What_is_wrong_in_a_file_is_thrown_with_its_line(string rest, string message)
    {
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => ProviderFile.Read(() => CatalogReader.Of("p.json", "\n" + Head + rest), "p", []).Models.Length);

        Assert.Contains(message, thrown.Message);
        Assert.StartsWith("p.json, line 2: ", thrown.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() => Assert.Throws<InvalidDataException>(() => CatalogReader.Open("unheard-of"));

    [Fact]
    public void Rules_for_different_things_hold_together()
    {
        ModelRow model = Read("""
            "priceRules": { "r": [{ "tier": "flex", "times": 0.5 }, { "tier": "priority", "times": 2, "alone": true }, { "above": 100, "times": { "input": 2, "output": 1.5 } }, { "from": "2027-01-01", "times": 3 }] },
            "models": [{ "model": "m", "prices": { "input": 2, "output": 10, "cacheRead": 0.2, "cacheWrite": 2.5 }, "rules": "r" }] }
            """);

        Assert.Equal(
            [
                "flex 1/5/0.1/1.25",
                "priority 4/20/0.4/5",
                ">100 4/15/0.4/5",
                ">100 flex 2/7.5/0.2/2.5",
                "2027 6/30/0.6/7.5",
                "2027 flex 3/15/0.3/3.75",
                "2027 >100 12/45/1.2/15",
                "2027 >100 flex 6/22.5/0.6/7.5",
            ],
            model.Prices!.Variants.Select(Show));
    }

    [Fact]
    public void Rules_for_the_same_thing_do_not()
    {
        ModelRow model = Read("""
            "models": [{ "model": "m", "prices": { "input": 1, "output": 2 }, "rules": [{ "above": 100, "prices": { "input": 3, "output": 4 } }, { "above": 200, "prices": { "input": 5, "output": 6 } }, { "tier": "batch", "times": 0.5 }] }] }
            """);

        Assert.Equal([">100 3/4/3/3", ">200 5/6/5/5", "batch 0.5/1/0.5/0.5", ">100 batch 1.5/2/1.5/1.5", ">200 batch 2.5/3/2.5/2.5"], model.Prices!.Variants.Select(Show));
    }

    private static string Show(Declarations.Model.PriceVariant variant) => string.Join(" ", new[]
    {
        variant.From?.Year.ToString(CultureInfo.InvariantCulture),
        variant.AbovePromptTokens > 0 ? ">" + variant.AbovePromptTokens : null,
        variant.Tier?.ToString().ToLowerInvariant(),
        string.Create(CultureInfo.InvariantCulture, $"{variant.Prices.Input}/{variant.Prices.Output}/{variant.Prices.CacheRead}/{variant.Prices.CacheWrite}"),
    }.OfType<string>());

    private static ModelRow Read(string rest) => Provider(rest).Models.Single();

    private static ProviderRow Provider(string rest) => ProviderFile.Read(() => CatalogReader.Of("p.json", Head + rest), "p", []);

    private static ModelRow[] Models(string provider) => ModelCatalog.Default.Find(provider)!.Models;

    private static string FolderOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Router.Declarations/Catalog/Providers"));
}
