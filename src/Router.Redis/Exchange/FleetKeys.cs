using System.Globalization;
using StackExchange.Redis;

namespace RouterGen.Redis.Exchange;

/// <summary>
/// The keys of a fleet. They begin with <c>{routergen:FLEET}</c>, by which a cluster has them all on one node (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags); the fleet's
/// name is percent-encoded, so that no name is the beginning of another one's keys.
/// </summary>
/// <param name="fleet">The fleet's name.</param>
internal readonly struct FleetKeys(string fleet)
{
    private static readonly DateTimeOffset Year2025 = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _name = Uri.EscapeDataString(fleet);

    /// <summary>Gets the channel of hints.</summary>
    public RedisChannel Hints => RedisChannel.Literal("routergen:" + _name);

    /// <summary>Gets the ids of the instances, by when they are lost.</summary>
    public RedisKey Instances => Key("instances");

    /// <summary>Returns when an instance has reported last, and what it says of itself.</summary>
    public RedisKey Instance(string id) => Key("instance:" + id);

    /// <summary>Returns the keys that the script takes for a report, in its order.</summary>
    public RedisKey[] Of(StoreReport report)
    {
        var keys = new RedisKey[6 + report.Rates.Count + report.Amounts.Count];
        (keys[0], keys[1], keys[2]) = (Instances, Instance(report.Instance), Key("reply:" + report.Instance));
        (keys[3], keys[4], keys[5]) = (Key("cooldowns"), Key("controls"), Key("changes"));
        int next = 6;
        foreach (RateWish wish in report.Rates) keys[next++] = Key("limit:" + wish.Scope);
        foreach (AmountWish wish in report.Amounts) keys[next++] = Key("amount:" + wish.Scope);
        return keys;
    }

    /// <summary>Reads what the script writes of an instance: microseconds since 2025, a space, and what it says of itself.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">What was written.</param>
    public static FleetInstance Read(string id, string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        double microseconds = double.Parse(text.AsSpan(0, space), NumberStyles.Float, CultureInfo.InvariantCulture);
        return new FleetInstance(id, Year2025.AddMicroseconds(microseconds), space + 1 < text.Length ? text[(space + 1)..] : null);
    }

    private RedisKey Key(string name) => $"{{routergen:{_name}}}:{name}";
}
