using System.Globalization;
using System.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tests;

using CallKind = Declarations.Model.CallKind;
using Dialect = Declarations.Model.Dialect;
using ModelCapabilities = Declarations.Model.ModelCapabilities;
using ModelParameters = Declarations.Model.ModelParameters;
using TokenPrices = Declarations.Model.TokenPrices;
using UnitPrices = Declarations.Model.UnitPrices;

/// <summary>What the catalog knows of a provider, as tables of its page.</summary>
/// <param name="pageOf">Returns the page of a provider.</param>
internal sealed class ProviderTables(Func<string, string> pageOf)
{
    private const string Unknown = "";

    /// <summary>Returns the tables of a provider.</summary>
    public string Of(ProviderRow provider)
    {
        var text = new StringBuilder("| | |\n|---|---|\n");
        foreach ((string name, string value) in Facts(provider)) text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        (ModelRow Model, Dialect[] Dialects)[] models = [.. OwnModels(provider)];
        if (models.Length == 0) return text.ToString();

        string[] sources = [.. models.Select(pair => pair.Model.Source!).Distinct()];
        string usual = models.CountBy(pair => Codes(pair.Dialects)).MaxBy(pair => pair.Value).Key;
        text.Append("\n| model | window | output | USD in | out | cache | takes | retires | as of |\n|---|---:|---:|---:|---:|---:|---|---|---|\n");
        foreach ((ModelRow model, Dialect[] dialects) in models) text.Append(Line(model, Codes(dialects) == usual ? "" : $"; in {Codes(dialects)}", LabelOf(model.Source!)));
        if (models.Any(pair => Codes(pair.Dialects) != usual)) text.Append(CultureInfo.InvariantCulture, $"\nModels are served in {usual}, unless said otherwise.\n");
        if (models.Any(pair => DependsOnMore(pair.Model))) text.Append("\n\\* Prices that [depend on more](../prices.md#what-prices-depend-on): the length of the prompt, the service tier, the day, the hour or the region.\n");
        text.Append('\n');
        foreach (string source in sources) text.Append(CultureInfo.InvariantCulture, $"[{LabelOf(source)}]: {source}\n");
        return text.ToString();

        string LabelOf(string source) => $"{provider.Name}-{Array.IndexOf(sources, source) + 1}";
    }

    private IEnumerable<(string Name, string Value)> Facts(ProviderRow provider)
    {
        yield return ("before the slash", Codes(provider.Aliases.Prepend(provider.Name)));
        yield return (provider.FurtherDialects.Length == 0 ? "wire format" : "wire formats", Codes(provider.Dialects));
        yield return ("base URL", Code(provider.Endpoint!));
        foreach (FurtherDialect further in provider.FurtherDialects.Where(further => further.Row.Endpoint != provider.Endpoint)) yield return ($"base URL, {Code(further.Dialect.ToString())}", Code(further.Row.Endpoint!));
        if (provider.EndpointVariable is { } variable) yield return ("base URL from", Code(variable) + (provider.EndpointSuffix is { } suffix ? $", with or without {Code(suffix)}" : ""));
        foreach (KeyValuePair<string, string[]> part in provider.EndpointParts) yield return ($"{Code("{" + part.Key + "}")}", PartOf(part.Key, part.Value));
        if (provider.KeyVariable is { } key) yield return ("key from", Codes(provider.OtherKeyVariables.Prepend(key)));
        else yield return ("key", provider.Platform is null ? "none" : "none, but an identity");
        if (provider.Platform?.Package is { } package) yield return ("identities", Code(package));
        foreach (IGrouping<string, ProviderRow> rows in RowsOf(provider).Where(row => row.ModelsOf is not null).GroupBy(row => row.ModelsOf!)) yield return ("models", $"those of [{rows.Key}]({pageOf(rows.Key)}), in {Codes(rows.Select(row => row.Dialect))}");
        yield return ("other models", provider.ServesUnlisted ? "served: " + Takes((provider.UnlistedTraits ?? provider.Conventions.UnlistedTraits).Capabilities & provider.Conventions.Carries, ModelParameters.None) : "a warning, [RG0102](../diagnostics/RG0102.md)");
    }

    private static string PartOf(string name, string[] variables)
    {
        string property = Code(char.ToUpperInvariant(name[0]) + name[1..]);
        string[] set = [.. variables.Where(variable => !variable.StartsWith('='))];
        string usual = variables.FirstOrDefault(variable => variable.StartsWith('=')) is { } value ? $", else {Code(value[1..])}" : "";
        return $"{property}, else {Codes(set)}{usual}";
    }

    private static IEnumerable<ProviderRow> RowsOf(ProviderRow provider) => provider.FurtherDialects.Select(further => further.Row).Prepend(provider);

    // What is served of another provider's models is on that provider's page.
    private static IEnumerable<(ModelRow Model, Dialect[] Dialects)> OwnModels(ProviderRow provider) =>
        from served in RowsOf(provider).SelectMany(row => row.Models.Where(model => !IsLent(row, model)).Select(model => (Row: row, Model: model)))
        group served by served.Model.Name into one
        select (one.First().Model, one.Select(served => served.Row.Dialect).ToArray());

    private static bool IsLent(ProviderRow row, ModelRow model) => row.ModelsOf is { } lender && ModelCatalog.Default.Find(lender)!.In(row.Dialect, "")!.Models.Any(lent => lent.Name == model.Name);

    private static string Line(ModelRow model, string formats, string source)
    {
        TokenPrices? prices = model.Prices?.Standard;
        bool writes = model.Kind is not (CallKind.Embeddings or CallKind.Rerank or CallKind.Moderation);
        bool isByPiece = model.Kind is not CallKind.Chat && prices is { Input: 0, Units: not null };
        string[] cells =
        [
            Codes(model.Aliases.Prepend(model.Name)),
            model.InputLimit > 0 ? $"{Count(model.ContextWindow)}, input {Count(model.InputLimit)}" : Count(model.ContextWindow),
            Count(model.OutputLimit),
            isByPiece ? Unknown : Price(prices?.Input) + (DependsOnMore(model) ? "\\*" : ""),
            writes ? Price(prices?.Output) : Unknown,
            !writes || prices?.CacheRead == prices?.Input ? Unknown : Price(prices?.CacheRead),
            UseOf(model) + formats,
            (model.Retires ?? Unknown) + (model.Successor is { } successor ? " → " + Code(successor) : ""),
            $"[{model.Checked}][{source}]",
        ];
        return "| " + string.Join(" | ", cells) + " |\n";
    }

    private static string UseOf(ModelRow model) => model.Kind switch
    {
        CallKind.Embeddings => $"embeddings, {Count(model.Dimensions)} numbers" + ((model.Traits.Parameters & ModelParameters.Dimensions) != 0 ? " or fewer" : ""),
        CallKind.Rerank => "rankings" + (model.Prices?.Standard.Units?.Search is { } search ? $", {Price(search * 1000)} USD for 1,000 units of search" : ""),
        CallKind.Images => ImagesOf(model),
        CallKind.Moderation => (model.Traits.Capabilities & ModelCapabilities.Vision) != 0 ? "moderation of texts and images" : "moderation of texts",
        _ => Takes(model.Traits.Capabilities, model.Traits.Parameters),
    };

    private static string ImagesOf(ModelRow model)
    {
        UnitPrices? units = model.Prices?.Standard.Units;
        string price = units?.ImageMade is { } made ? $", {Price(made)} each" : units?.MegapixelMade is { } pixels ? $", {Price(pixels)} a megapixel" : $", {Price(model.Prices?.Standard.ImageOutput)} a million tokens of them";
        return "images" + ((model.Traits.Parameters & ModelParameters.ImageEdits) != 0 ? ", changes them" : "") + price;
    }

    private static bool DependsOnMore(ModelRow model) => model.Prices is { Variants.Count: > 0 } || model.RegionalPrices is not null;

    private static string Takes(ModelCapabilities capabilities, ModelParameters parameters)
    {
        IEnumerable<string> names = CapabilityNames.Of(capabilities);
        if ((parameters & ModelParameters.Reasoning) != 0) names = names.Append("efforts");
        string all = string.Join(", ", names);
        return all.Length == 0 ? "text" : all;
    }

    private static string Count(int tokens) => tokens == 0 ? Unknown : tokens.ToString("N0", CultureInfo.InvariantCulture);

    private static string Price(decimal? price) => price is { } known ? known.ToString("0.######", CultureInfo.InvariantCulture) : Unknown;

    private static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    private static string Codes(IEnumerable<Dialect> dialects) => Codes(dialects.Select(dialect => dialect.ToString()));

    private static string Code(string text) => "`" + text + "`";
}
