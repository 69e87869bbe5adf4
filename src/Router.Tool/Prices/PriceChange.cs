using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Check;

namespace RouterGen.Tool.Prices;

/// <summary>A price of a model in use that changes, in USD per million tokens.</summary>
/// <param name="Model">Provider and model.</param>
/// <param name="Price">Which price.</param>
/// <param name="Old">What it is now; null where none is known.</param>
/// <param name="New">What it becomes; null where none is known.</param>
internal sealed record PriceChange(string Model, string Price, decimal? Old, decimal? New)
{
    private static readonly (string Name, Func<TokenPrices, decimal?> Of)[] Prices =
    [
        ("input", prices => prices.Input), ("output", prices => prices.Output), ("cache read", prices => prices.CacheRead), ("cache write", prices => prices.CacheWrite),
        ("cache write for an hour", prices => prices.LongCacheWrite), ("reasoning", prices => prices.Reasoning),
    ];

    /// <summary>Compares what the deployments of a project cost with one price map and with another.</summary>
    public static PriceChange[] Between(PriceMap before, PriceMap after, ProjectFiles models, CancellationToken cancellationToken)
    {
        Dictionary<string, ModelPrices?> old = PricesOf(before, models, cancellationToken);
        Dictionary<string, ModelPrices?> fresh = PricesOf(after, models, cancellationToken);
        return
        [
            .. from model in fresh.Keys.Order(StringComparer.Ordinal)
               from price in Prices
               let was = old.GetValueOrDefault(model) is { } known ? price.Of(known.Standard) : null
               let becomes = fresh[model] is { } stated ? price.Of(stated.Standard) : null
               where was != becomes
               select new PriceChange(model, price.Name, was, becomes),
            .. from model in fresh.Keys.Order(StringComparer.Ordinal)
               let was = old.GetValueOrDefault(model)
               let becomes = fresh[model]
               where was?.Standard == becomes?.Standard && was != becomes
               select new PriceChange(model, "by length, tier or time", null, null),
        ];
    }

    /// <summary>How many models a project uses.</summary>
    public static int CountModels(ProjectFiles models, CancellationToken cancellationToken) => PricesOf(PriceMap.None, models, cancellationToken).Count;

    private static Dictionary<string, ModelPrices?> PricesOf(PriceMap map, ProjectFiles models, CancellationToken cancellationToken)
    {
        var prices = new Dictionary<string, ModelPrices?>(StringComparer.Ordinal);
        ReadModels read = models.Read(map, asOf: null, cancellationToken);
        foreach (DeploymentSpec deployment in read.Classes.SelectMany(@class => @class.Groups).SelectMany(group => group.Deployments)) prices.TryAdd(deployment.ModelName, deployment.Prices);
        return prices;
    }
}
