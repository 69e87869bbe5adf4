using System.Text.Json;

namespace RouterGen.Google.Accounts;

/// <summary>Reads a file of credentials.</summary>
internal static class AccountFile
{
    private const int DeepestNesting = 4;

    private static readonly Uri UsualTokenEndpoint = new("https://oauth2.googleapis.com/token");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What messages call it.</param>
    public static FoundAccount Read(string path, string what)
    {
        try
        {
            return Parse(File.ReadAllText(path), what);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return FoundAccount.None($"{what} cannot be read: {exception.GetType().Name}.");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    public static FoundAccount Parse(string json, string what)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, what, depth: 0);
        }
        catch (JsonException)
        {
            return FoundAccount.None($"{what} is no JSON.");
        }
    }

    private static FoundAccount Read(JsonElement file, string what, int depth) => file.Text("type") switch
    {
        "service_account" => Complete(ReadServiceAccount(file), what, "client_email, private_key and a token_uri with https"),
        "authorized_user" => Complete(ReadUser(file), what, "client_id, client_secret and refresh_token"),
        "external_account" => ReadExternal(file, what),
        "impersonated_service_account" when depth < DeepestNesting => ReadImpersonated(file, what, depth),
        _ => FoundAccount.None($"{what} is of none of the types service_account, authorized_user, external_account and impersonated_service_account. {Elsewhere}"),
    };

    private const string Elsewhere = "GoogleCredentials.FromTokens takes tokens that a library of Google's fetches.";

    private static FoundAccount Complete(GoogleAccount? account, string what, string members) =>
        account is not null ? new(account) : FoundAccount.None($"{what} lacks what an account of its type needs: {members}.");

    private static ServiceAccount? ReadServiceAccount(JsonElement file) =>
        file.Text("client_email") is { } email && file.Text("private_key") is { } key && TokenEndpoint(file, "token_uri") is { } endpoint
            ? new(email, key, file.Text("private_key_id"), endpoint)
            : null;

    private static AuthorizedUser? ReadUser(JsonElement file) =>
        file.Text("client_id") is { } id && file.Text("client_secret") is { } secret && file.Text("refresh_token") is { } token && TokenEndpoint(file, "token_uri") is { } endpoint
            ? new(id, secret, token, endpoint)
            : null;

    private static FoundAccount ReadExternal(JsonElement file, string what)
    {
        JsonElement source = file.Object("credential_source") ?? default;
        JsonElement? format = source.Object("format");
        string? member = format?.Text("type") is "json" ? format?.Text("subject_token_field_name") ?? "access_token" : null;
        string? path = source.Text("file");
        Uri? address = path is null && Uri.TryCreate(source.Text("url"), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url : null;
        if (path is null && address is null) return FoundAccount.None($"{what} names neither a file nor an address as the source of the other provider's token. {Elsewhere}");
        if (file.Text("audience") is not { } audience || file.Text("subject_token_type") is not { } type || file.Address("token_url") is not { } endpoint)
        {
            return Complete(null, what, "audience, subject_token_type and a token_url with https");
        }

        KeyValuePair<string, string>[] headers = source.Object("headers") is { } stated ? [.. stated.EnumerateObject().Where(header => header.Value.ValueKind is JsonValueKind.String).Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!))] : [];
        var account = new ExternalAccount(audience, type, endpoint, new SubjectToken(path, address, headers, member));
        if (file.Text("service_account_impersonation_url") is null) return new(account);
        return file.Address("service_account_impersonation_url") is { } impersonation ? new(new ImpersonatedAccount(account, impersonation, [])) : Complete(null, what, "a service_account_impersonation_url with https");
    }

    private static FoundAccount ReadImpersonated(JsonElement file, string what, int depth)
    {
        if (file.Object("source_credentials") is not { } source || file.Address("service_account_impersonation_url") is not { } address)
        {
            return Complete(null, what, "source_credentials and a service_account_impersonation_url with https");
        }

        FoundAccount asks = Read(source, what, depth + 1);
        if (asks.Account is not { } account) return asks;
        string[] delegates = file.TryGetProperty("delegates", out JsonElement list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
        return new(new ImpersonatedAccount(account, address, delegates));
    }

    private static Uri? TokenEndpoint(JsonElement file, string member) => file.Text(member) is null ? UsualTokenEndpoint : file.Address(member);
}
