using System.Text;
using System.Text.Json;

namespace RouterGen.Tool.Import;

/// <summary>
/// What becomes of a proxy's <c>general_settings</c>: a models.json has none of them, and the gateway has most of them as options of its program.
/// See https://docs.litellm.ai/docs/proxy/config_settings. docs/migrating-from-litellm.md has the same table.
/// </summary>
internal static class ProxySettings
{
    private const string SignIn = "people sign in to the gateway's page with OpenID Connect: --oidc-authority and its like; keys of clients are virtual keys";
    private const string OwnPort = "keys are managed on a port of their own, --admin-port; allowed_routes of a key says what it opens";
    private const string Health = "the gateway's /health asks no provider: state comes from the calls themselves";
    private const string Alerts = "deploy/prometheus has alerts over the gateway's metrics";
    private const string InFront = "what stands before the gateway decides by addresses";
    private const string NoStart = "the gateway's groups are its file, which it reads anew when it changes";

    /// <summary>Gets what each setting is at the gateway.</summary>
    public static IReadOnlyDictionary<string, (ImportKind Kind, string Here)> All { get; } = new Dictionary<string, (ImportKind, string)>(StringComparer.Ordinal)
    {
        ["master_key"] = (ImportKind.Changed, "set ROUTERGEN_MASTER_KEY for the gateway: no key is written"),
        ["database_url"] = (ImportKind.Changed, "--database of the gateway keeps keys and spend; POST /import/litellm takes LiteLLM's keys over, with their secrets"),
        ["max_request_size_mb"] = (ImportKind.Changed, "GatewayOptions.MaxRequestBytes, 32 MiB"),
        ["global_max_parallel_requests"] = (ImportKind.Changed, "GatewayOptions.MaxConcurrentRequests, 4,096"),
        ["max_parallel_requests"] = (ImportKind.Changed, "max_parallel_requests of a key, a team or a user"),
        ["allow_requests_on_db_unavailable"] = (ImportKind.Changed, "GatewayKeyOptions.OutageWindow: keys that are known stay good for an hour"),
        ["user_api_key_cache_ttl"] = (ImportKind.Changed, "GatewayKeyOptions.CacheLifetime, a minute"),
        ["proxy_batch_write_at"] = (ImportKind.Changed, "costs are in the store within a second"),
        ["maximum_spend_logs_retention_period"] = (ImportKind.Changed, "GatewayKeyOptions.SpendLogLifetime, 90 days"),
        ["store_prompts_in_spend_logs"] = (ImportKind.Changed, "PageOptions.KeepsContent, in memory alone"),
        ["store_model_in_db"] = (ImportKind.NotTaken, NoStart),
        ["infer_model_from_keys"] = (ImportKind.NotTaken, NoStart),
        ["enable_jwt_auth"] = (ImportKind.NotTaken, SignIn),
        ["litellm_jwtauth"] = (ImportKind.NotTaken, SignIn),
        ["enable_oauth2_auth"] = (ImportKind.NotTaken, SignIn),
        ["custom_sso"] = (ImportKind.NotTaken, SignIn),
        ["ui_access_mode"] = (ImportKind.NotTaken, SignIn),
        ["allowed_routes"] = (ImportKind.NotTaken, OwnPort),
        ["admin_only_routes"] = (ImportKind.NotTaken, OwnPort),
        ["public_routes"] = (ImportKind.NotTaken, OwnPort),
        ["allowed_ips"] = (ImportKind.NotTaken, InFront),
        ["use_x_forwarded_for"] = (ImportKind.NotTaken, InFront),
        ["background_health_checks"] = (ImportKind.NotTaken, Health),
        ["health_check_interval"] = (ImportKind.NotTaken, Health),
        ["alerting"] = (ImportKind.NotTaken, Alerts),
        ["alerting_threshold"] = (ImportKind.NotTaken, Alerts),
        ["alert_types"] = (ImportKind.NotTaken, Alerts),
        ["custom_auth"] = (ImportKind.NotTaken, "the gateway runs no code of its users; put the endpoints on an application of your own (MapRouterGen)"),
        ["pass_through_endpoints"] = (ImportKind.NotTaken, "the gateway connects to deployments alone"),
        ["key_management_system"] = (ImportKind.NotTaken, "providers' keys are variables, or a configuration of the program"),
    };

    /// <summary>Returns what becomes of the settings of a configuration, each at its place.</summary>
    /// <param name="json">The configuration.</param>
    /// <returns>What became of each, what to say, and where its name begins, in characters.</returns>
    public static IEnumerable<(ImportKind Kind, string Message, int At)> Read(string json)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        var found = new List<(ImportKind, string, int)>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        bool isWithin = false;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1) isWithin = reader.ValueTextEquals("general_settings"u8);
                else if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 2 && isWithin) found.Add(NoteOf(reader.GetString()!, Encoding.UTF8.GetCharCount(utf8, 0, (int)reader.TokenStartIndex)));
            }
        }
        catch (JsonException)
        {
            // What is wrong with the file is told by what reads all of it.
        }

        return found;
    }

    private static (ImportKind Kind, string Message, int At) NoteOf(string name, int at) => All.TryGetValue(name, out (ImportKind Kind, string Here) known)
        ? (known.Kind, $"general_settings.{name}: {known.Here}", at)
        : (ImportKind.NotTaken, $"general_settings.{name}: the gateway has nothing of the kind", at);
}
