using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Keys;

/// <summary>What a key is good for: the key, and the team, organization, members and user above it, as the store had them; or a customer by itself.</summary>
internal sealed class KeyGrant
{
    private readonly GatewayAccount _key;
    private readonly IReadOnlyList<string>[] _models;
    private readonly IReadOnlyList<string>[] _routes;
    private readonly string? _whyRefused;

    /// <summary>Makes a grant.</summary>
    /// <param name="key">The key.</param>
    /// <param name="above">The accounts above it.</param>
    /// <param name="levels">What they and the key use, the key first.</param>
    /// <param name="missing">What the key refers to and the store does not have; null for nothing.</param>
    public KeyGrant(GatewayAccount key, IReadOnlyList<GatewayAccount> above, LiveAccount[] levels, string? missing)
    {
        _key = key;
        Levels = levels;
        Charged = new AccountPeriod[levels.Length];
        _models = [.. above.Prepend(key).Select(ModelsOf).Where(static models => models.Count > 0)];
        _routes = [.. above.Prepend(key).Select(static account => account.Routes).Where(static routes => routes.Count > 0)];
        Tags = [.. above.Prepend(key).SelectMany(static account => account.Tags).Distinct(StringComparer.Ordinal)];
        _whyRefused = key.IsBlocked ? $"The {NameOf(key)} is blocked." : missing ?? above.Where(static account => account.IsBlocked).Select(static account => $"The {NameOf(account)} of the key is blocked.").FirstOrDefault();
    }

    /// <summary>Gets the key's id: its hash.</summary>
    public string Id => _key.Id;

    /// <summary>Gets the id that the key was made with, which stays when it is replaced.</summary>
    public string SpendId => _key.SpendId;

    /// <summary>Gets the key's team; null for none.</summary>
    public string? TeamId => _key.TeamId;

    /// <summary>Gets the key's user; null for none.</summary>
    public string? UserId => _key.UserId;

    /// <summary>Gets the key's name for people; null for none.</summary>
    public string? Alias => _key.Alias;

    /// <summary>Gets what may be shown of the key.</summary>
    public string? KeyName => _key.KeyName;

    /// <summary>Gets the tags of the key and what is above it.</summary>
    public string[] Tags { get; }

    /// <summary>Gets the accounts that are charged.</summary>
    public LiveAccount[] Levels { get; }

    /// <summary>Gets or sets the periods that were charged the last time: they are the same for most requests, whose rows then share them.</summary>
    public AccountPeriod[] Charged { get; set; }

    /// <summary>Returns why the key opens nothing now; null where it does.</summary>
    public GatewayError? Check(DateTimeOffset now)
    {
        if (_key.Expires is { } end && now >= end) return new GatewayError(401, ErrorReason.Unauthorized, FormattableString.Invariant($"The key ended at {end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}.")) { Code = "expired_key" };
        return _whyRefused is null ? null : new GatewayError(403, ErrorReason.Forbidden, _whyRefused) { Code = $"{NameOf(_key)}_blocked" };
    }

    /// <summary>Returns whether a group may be asked: all levels must allow it.</summary>
    public bool Allows(string group) => Array.TrueForAll(_models, models => NamePattern.Allow(models, group));

    /// <summary>Returns whether an endpoint may be used: all levels must allow it.</summary>
    public bool AllowsRoute(string route) => Array.TrueForAll(_routes, routes => NamePattern.Allow(routes, route));

    private static string NameOf(GatewayAccount account) => account.Kind.ToString().ToLowerInvariant();

    // LiteLLM's names for all groups, and for those of the team, which are asked for anyway.
    private static IReadOnlyList<string> ModelsOf(GatewayAccount account) => account.Models.Any(static model => model is "all-proxy-models" or "all-team-models") ? [] : account.Models;
}
