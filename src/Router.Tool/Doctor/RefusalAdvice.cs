extern alias Runtime;

using System.Globalization;
using System.Text.Json;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;
using Runtime::RouterGen;

namespace RouterGen.Tool.Doctor;

/// <summary>What a refusal means, and what to do about it: a row for each kind of failure.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="What">What it means; <c>{0}</c> is the model, <c>{1}</c> the key or the identity.</param>
/// <param name="Advice">What to do; <c>{2}</c> is where the key or the identity comes from.</param>
internal sealed record RefusalAdvice(FailureKind Kind, string What, string Advice)
{
    private const int LongestMessage = 300;

    private const string AtAddress = "look at the model's name and at the endpoint";

    private static readonly RefusalAdvice[] All =
    [
        new(FailureKind.AuthenticationFailed, "{1} is not accepted", "{2}, and look at what it is allowed"),
        new(FailureKind.PermissionDenied, "{1} may not ask for {0}", "{2}, and look at what it is allowed"),
        new(FailureKind.ModelNotFound, "{0} is not served", "look at the model's name, and whether {1} may use it"),
        new(FailureKind.QuotaExhausted, "no credit is left", "add credit at the provider"),
        new(FailureKind.RateLimited, "the rate limit or the quota is used up", "wait, or raise the limit at the provider; state rpm and tpm so that the router stays below") { Level = FindingLevel.Warning },
        new(FailureKind.Overloaded, "the provider is overloaded", "try again; if it stays so, look at the provider's status page"),
        new(FailureKind.ServerError, "the provider has a fault", "look at the provider's status page"),
        new(FailureKind.Redirected, "the endpoint redirects", "state the address to which it leads as the endpoint"),
        new(FailureKind.ConnectionFailed, "there is no connection", "look at the endpoint, and at the DNS, firewalls and proxy of this machine"),
        new(FailureKind.InvalidResponse, "the answer has a form that is not known", "look at the endpoint: it may be another service's"),
        new(FailureKind.ContentFiltered, "a filter withholds the answer to one word", "look at the filters of the deployment at the provider"),
        new(FailureKind.NotConfigured, "it is not configured", "set what is missing"),
        new(FailureKind.InvalidRequest, "the request is not taken", AtAddress),
        new(FailureKind.Unsupported, "the request is not taken", AtAddress),
        new(FailureKind.ContextWindowExceeded, "the request is not taken", AtAddress),
    ];

    public FindingLevel Level { get; init; } = FindingLevel.Error;

    /// <summary>What a call that failed means.</summary>
    /// <param name="failed">The failure.</param>
    /// <param name="deployment">The deployment that was asked.</param>
    /// <param name="address">With what it was authorised.</param>
    /// <param name="limit">How long the call could take.</param>
    public static Finding Of(RoutingException failed, DeploymentSpec deployment, ProviderAddress address, TimeSpan limit)
    {
        if (failed.Kind is FailureKind.Timeout && failed.StatusCode is null)
        {
            (string failure, string advice) = TooLate(limit);
            return new(FindingLevel.Error, "call", failure, advice);
        }

        string said = failed.Attempts is [.., { Message: { } message }] ? message : failed.ProviderMessage ?? failed.Message;

        // No token was issued: it is the identity that there is no connection for.
        bool isOfIdentity = failed.Scope is FailureScope.Key && failed.StatusCode is null;
        RefusalAdvice row = Find(isOfIdentity && failed.Kind is FailureKind.ConnectionFailed ? FailureKind.AuthenticationFailed : failed.Kind);
        return row.With(row.Kind is FailureKind.AuthenticationFailed or FailureKind.PermissionDenied ? "key" : "call", failed.StatusCode, said, deployment.Model, address);
    }

    /// <summary>What an answer of a list of models means that is no success.</summary>
    public static Finding Of(AddressProbe probe, ProviderAddress address)
    {
        if (probe.Failure is { } failure) return new(FindingLevel.Error, "connection", failure, probe.Advice);
        FailureKind kind = probe.Status switch
        {
            401 or 403 => FailureKind.AuthenticationFailed,
            402 => FailureKind.QuotaExhausted,
            429 => FailureKind.RateLimited,
            >= 500 => FailureKind.ServerError,
            >= 300 and < 400 => FailureKind.Redirected,
            _ => FailureKind.InvalidRequest,
        };
        return Find(kind).With("key", probe.Status, MessageIn(probe.Body) ?? "", "the list of models", address);
    }

    /// <summary>What it means that there was no answer.</summary>
    public static (string Failure, string Advice) TooLate(TimeSpan limit) =>
        (string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0} s"), "look at the provider's status page, at firewalls and at the proxy");

    private static RefusalAdvice Find(FailureKind kind) => Array.Find(All, row => row.Kind == kind) ?? new(kind, "it does not answer", AtAddress);

    private Finding With(string check, int? status, string said, string model, ProviderAddress address)
    {
        string shown = OneLine(said, address.Key);
        string reason = status is { } code ? string.Create(CultureInfo.InvariantCulture, $", {code}{(shown.Length > 0 ? ": " + shown : "")}") : shown.Length > 0 ? ": " + shown : "";
        (string what, string advice) = address switch
        {
            { Identity: { } package } => ($"the identity that {package} found", $"look at the variables and files in which {package} looks"),
            { KeyVariable: { } variable } => ("the key", $"put a valid key into {variable}"),
            _ => ("a request without a key", "name the key's variable with apiKeyEnv"),
        };
        return new(Level, check, string.Format(CultureInfo.InvariantCulture, What, model, what) + reason, string.Format(CultureInfo.InvariantCulture, Advice, model, what, advice));
    }

    // In one line and without a key.
    private static string OneLine(string said, string? key)
    {
        string text = key is { Length: > 0 } ? said.Replace(key, Secrets.Redacted, StringComparison.Ordinal) : said;
        text = Secrets.Redact(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return text.Length > LongestMessage ? text[..LongestMessage] + "…" : text;
    }

    private static string? MessageIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return MessageIn(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? MessageIn(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.String) return element.GetString();
        if (element.ValueKind is JsonValueKind.Array) return element.EnumerateArray().Select(MessageIn).FirstOrDefault(found => found is not null);
        if (element.ValueKind is not JsonValueKind.Object) return null;
        foreach (string name in (ReadOnlySpan<string>)["error", "message", "detail"])
        {
            if (element.TryGetProperty(name, out JsonElement inner) && MessageIn(inner) is { } found) return found;
        }

        return null;
    }
}
