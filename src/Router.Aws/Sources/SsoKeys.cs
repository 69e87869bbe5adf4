using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RouterGen.Aws;

/// <summary>The keys of a role in IAM Identity Center, with the token that <c>aws sso login</c> has left in a file.</summary>
internal static class SsoKeys
{
    private const string TokenHeader = "x-amz-sso_bearer_token";

    /// <summary>Fetches them.</summary>
    public static async ValueTask<AwsKeys> FetchAsync(AwsEnvironment environment, SharedFiles files, string name, Dictionary<string, string> profile, CancellationToken cancellationToken)
    {
        string? session = profile.GetValueOrDefault("sso_session");
        Dictionary<string, string> settings = session is null ? profile : files.Session(session) ?? throw new KeySourceException($"The profile '{name}' names the sso_session '{session}', which is not in the shared files.");
        string? region = settings.GetValueOrDefault("sso_region"), place = session ?? settings.GetValueOrDefault("sso_start_url"), role = profile.GetValueOrDefault("sso_role_name");
        if (region is null || place is null || role is null) throw new KeySourceException($"The profile '{name}' lacks sso_region, sso_start_url or sso_role_name.");
        string token = await TokenAsync(environment, name, place, cancellationToken).ConfigureAwait(false);
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"https://portal.sso.{region}.amazonaws.com/federation/credentials?role_name={Uri.EscapeDataString(role)}&account_id={Uri.EscapeDataString(profile["sso_account_id"])}");
        request.Headers.TryAddWithoutValidation(TokenHeader, token);
        (int status, string body) = await environment.SendAsync(request, nearby: false, cancellationToken).ConfigureAwait(false);
        return status is 200 && Read(body) is { } keys ? keys
            : status is 401 ? throw Expired(name)
            : throw new KeySourceException($"IAM Identity Center answered {status}.", status is >= 400 and < 500 ? FailureKind.AuthenticationFailed : FailureKind.ConnectionFailed);
    }

    private static async ValueTask<string> TokenAsync(AwsEnvironment environment, string name, string place, CancellationToken cancellationToken)
    {
        string file = environment.PathOf("sso", "cache", Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(place))) + ".json");
        if (await AwsEnvironment.ReadAsync(file, cancellationToken).ConfigureAwait(false) is not { } json) throw Expired(name);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (KeyJson.Text(document.RootElement, "accessToken") is { } token && KeyJson.TimeOf(KeyJson.Text(document.RootElement, "expiresAt")) > environment.Time.GetUtcNow()) return token;
        }
        catch (JsonException)
        {
            // The command writes it anew.
        }

        throw Expired(name);
    }

    private static AwsKeys? Read(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("roleCredentials", out JsonElement keys)) return null;
            if (KeyJson.Text(keys, "accessKeyId") is not { } id || KeyJson.Text(keys, "secretAccessKey") is not { } secret) return null;
            DateTimeOffset expires = keys.TryGetProperty("expiration", out JsonElement stated) && stated.TryGetInt64(out long milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MaxValue;
            return new AwsKeys(id, secret, KeyJson.Text(keys, "sessionToken"), expires);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static KeySourceException Expired(string name) => new($"The SSO session of the profile '{name}' has expired: run 'aws sso login --profile {name}'.");
}
