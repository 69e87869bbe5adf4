using RouterGen.Redis.Exchange;

namespace RouterGen.Redis.Tests;

/// <summary>Keys: no two fleets have one in common, whatever they and their scopes are named.</summary>
public sealed class FleetKeyTests
{
    private static readonly string[] Names = ["a", "b", "a}", "a}:limit:x", "{a}", "a:limit", "", "%7D", "}", "x}:limit:y"];

    [Fact]
    public void No_name_reaches_the_keys_of_another_fleet()
    {
        string[] keys = [.. from fleet in Names.Where(static name => name.Length > 0) from scope in Names from key in Own(fleet, scope) select key];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void All_keys_of_a_fleet_have_its_hash_tag()
    {
        foreach (string fleet in Names)
        {
            string[] tags = [.. Names.SelectMany(scope => All(fleet, scope)).Select(static key => key[(key.IndexOf('{') + 1)..key.IndexOf('}')]).Distinct()];
            Assert.Equal("routergen:" + Uri.EscapeDataString(fleet), Assert.Single(tags));
        }
    }

    // Those that each scope has of its own.
    private static string[] Own(string fleet, string scope) => [.. All(fleet, scope)[6..], All(fleet, scope)[1], All(fleet, scope)[2]];

    private static string[] All(string fleet, string scope) => [.. new FleetKeys(fleet).Of(new StoreReport
    {
        Fleet = fleet,
        Instance = scope,
        Sequence = 1,
        Lifetime = TimeSpan.FromSeconds(5),
        Rates = [new RateWish(scope, 1, 0, 0, 0, 0)],
        Amounts = [new AmountWish(scope, 1, null, 0, 0, 0, 0)],
    }).Select(static key => key.ToString())];
}
