using System.Text.Json;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>Virtual keys: https://docs.litellm.ai/docs/proxy/virtual_keys.</summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class KeyEndpoints(AccountService accounts)
{
    private const int ShortestKey = 16;
    private const int MostKeys = 100;

    /// <summary>Makes a key. Its text is in this answer and nowhere else.</summary>
    public async Task<Action<Utf8JsonWriter>> GenerateAsync(ManagementRequest request)
    {
        (string key, AccountView view) = await MakeAsync(request.Text("key"), account => AccountFields.Apply(account, request.Body, accounts.Now)).ConfigureAwait(false);
        return json => WriteKey(json, view, key, request.Body);
    }

    /// <summary>Makes a key.</summary>
    /// <param name="text">The key; null for a new one.</param>
    /// <param name="fill">Returns the key with all that it is good for.</param>
    public async ValueTask<(string Key, AccountView View)> MakeAsync(string? text, Func<GatewayAccount, GatewayAccount> fill)
    {
        string key = text is null ? accounts.NewKey() : CheckKey("key", text);
        GatewayAccount account = fill(new GatewayAccount { Kind = AccountKind.Key, Id = HashOf(key), KeyName = VirtualKey.NameOf(key), CreatedAt = accounts.Now });
        if (account.Alias is { } alias) await CheckAliasAsync(alias, account.Id).ConfigureAwait(false);
        return (key, await accounts.ViewAsync(await accounts.AddAsync(account, "such a key").ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>Returns what a key is good for, and what it spent. A virtual key may ask for itself.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request)
    {
        string? asked = request.Query("key");
        string? own = request.Caller.Grant?.Id;
        string id = asked is null ? own ?? throw ManagementError.Invalid("key", "the parameter is missing in the address.") : IdOf(asked);
        if (own is not null && id != own) throw new ManagementError(new(403, Errors.ErrorReason.Forbidden, "A key may ask for itself alone."));
        AccountView view = await accounts.ViewAsync(await accounts.GetAsync(AccountKind.Key, id, "such key").ConfigureAwait(false)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("key"u8, asked is null || asked.StartsWith(VirtualKey.Prefix, StringComparison.Ordinal) ? view.Account.KeyName : id);
            json.WriteStartObject("info"u8);
            AccountWriter.WriteKey(json, view);
            json.WriteEndObject();
            json.WriteEndObject();
        };
    }

    /// <summary>Changes what a key is good for.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request)
    {
        string id = IdOf(request.Required("key"));
        if (request.Text("key_alias") is { } alias) await CheckAliasAsync(alias, id).ConfigureAwait(false);
        return WriteObject(await ChangeAsync(id, account => AccountFields.Apply(account, request.Body, accounts.Now)).ConfigureAwait(false));
    }

    /// <summary>Blocks a key.</summary>
    public Task<Action<Utf8JsonWriter>> BlockAsync(ManagementRequest request) => BlockAsync(request, true);

    /// <summary>Lets a key be used again.</summary>
    public Task<Action<Utf8JsonWriter>> UnblockAsync(ManagementRequest request) => BlockAsync(request, false);

    /// <summary>Deletes keys.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string[] keys = request.Texts("keys");
        string[] aliases = request.Texts("key_aliases");
        if (keys.Length + aliases.Length == 0) throw ManagementError.Invalid("keys", "must be an array of keys, or key_aliases one of their names.");
        var deleted = new List<string>();
        foreach (string key in keys)
        {
            string id = IdOf(key);
            if (!await accounts.DeleteAsync(AccountKind.Key, id).ConfigureAwait(false)) throw ManagementError.NotFound(key.StartsWith(VirtualKey.Prefix, StringComparison.Ordinal) ? $"key '{VirtualKey.NameOf(key)}'" : "such key");
            deleted.Add(id);
        }

        foreach (string alias in aliases)
        {
            AccountPage found = await accounts.Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, Alias = alias }, CancellationToken.None).ConfigureAwait(false);
            if (found.Total == 0) throw ManagementError.NotFound($"key with the alias '{alias}'");
            foreach (GatewayAccount account in found.Accounts)
            {
                if (await accounts.DeleteAsync(AccountKind.Key, account.Id).ConfigureAwait(false)) deleted.Add(account.Id);
            }
        }

        return json =>
        {
            json.WriteStartObject();
            AccountWriter.WriteTexts(json, "deleted_keys"u8, deleted);
            json.WriteEndObject();
        };
    }

    /// <summary>Lists keys, in pages.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request)
    {
        int page = request.Number("page", 1, 1_000_000);
        int size = request.Number("size", 10, MostKeys);
        var query = new AccountQuery { Kind = AccountKind.Key, TeamId = request.Query("team_id"), UserId = request.Query("user_id"), Alias = request.Query("key_alias"), Offset = (page - 1) * size, Limit = size };
        AccountPage found = request.Query("key_hash") is { } hash
            ? await accounts.FindAsync(AccountKind.Key, hash).ConfigureAwait(false) is { } one ? new AccountPage([one], 1) : new AccountPage([], 0)
            : await accounts.Store.ListAsync(query, CancellationToken.None).ConfigureAwait(false);
        AccountView[]? views = request.Flag("return_full_object") ? await accounts.ViewAsync(found.Accounts).ConfigureAwait(false) : null;
        return json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("keys"u8);
            for (int i = 0; i < found.Accounts.Count; i++)
            {
                if (views is null) json.WriteStringValue(found.Accounts[i].Id);
                else WriteObject(views[i])(json);
            }

            json.WriteEndArray();
            json.WriteNumber("total_count"u8, found.Total);
            json.WriteNumber("current_page"u8, page);
            json.WriteNumber("total_pages"u8, (found.Total + size - 1) / size);
            json.WriteEndObject();
        };
    }

    /// <summary>Replaces a key by a new one that is good for the same, and has spent the same. The old one is of no use from then on.</summary>
    public async Task<Action<Utf8JsonWriter>> RegenerateAsync(ManagementRequest request)
    {
        string id = IdOf(request.Text("key") ?? throw ManagementError.Invalid("key", "must be the key that is replaced, or its hash."));
        return await RegenerateAsync(request, id).ConfigureAwait(false);
    }

    /// <summary>The same for a key that the path names.</summary>
    public Task<Action<Utf8JsonWriter>> RegenerateOfPathAsync(ManagementRequest request) => RegenerateAsync(request, IdOf(request.Route("key")));

    /// <summary>Sets what a key has spent in this period to zero.</summary>
    public async Task<Action<Utf8JsonWriter>> ResetSpendAsync(ManagementRequest request)
    {
        string id = IdOf(request.Route("key"));
        if (request.Body.ValueKind is JsonValueKind.Object && request.Body.TryGetProperty("reset_to"u8, out JsonElement value) && !(value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out decimal number) && number == 0)) throw ManagementError.Invalid("reset_to", "must be 0.");
        AccountView before = await accounts.ViewAsync(await accounts.GetAsync(AccountKind.Key, id, "such key").ConfigureAwait(false)).ConfigureAwait(false);
        AccountView view = await ChangeAsync(id, account => account with { SpendFrom = accounts.Now, UpdatedAt = accounts.Now }).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("key_hash"u8, id);
            json.WriteNumber("previous_spend"u8, before.Spend);
            AccountWriter.WriteKey(json, view);
            json.WriteEndObject();
        };
    }

    /// <summary>Returns the id of a key that a request names by itself or by its hash.</summary>
    /// <exception cref="ManagementError">It is neither.</exception>
    public static string IdOf(string key) => key.StartsWith(VirtualKey.Prefix, StringComparison.Ordinal) ? HashOf(key) : KeyHash.Parse(key)?.ToString() ?? throw ManagementError.NotFound("such key");

    private static string HashOf(string key) => KeyHash.Of(key)?.ToString() ?? throw ManagementError.Invalid("key", $"must be at most {KeyHash.LongestKey} characters.");

    private static string CheckKey(string member, string key) => key.StartsWith(VirtualKey.Prefix, StringComparison.Ordinal) && key.Length >= ShortestKey && key.All(static character => character is > ' ' and <= '~')
        ? key
        : throw ManagementError.Invalid(member, $"must begin with {VirtualKey.Prefix} and have at least {ShortestKey} characters, of ASCII and without spaces. Leave it out for one that cannot be guessed.");

    private static Action<Utf8JsonWriter> WriteObject(AccountView view) => json =>
    {
        json.WriteStartObject();
        if (view.Account.Kind is AccountKind.Key) json.WriteString("key"u8, view.Account.KeyName);
        AccountWriter.WriteKey(json, view);
        json.WriteEndObject();
    };

    private static void WriteKey(Utf8JsonWriter json, AccountView view, string key, JsonElement body)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteString("duration"u8, body.ValueKind is JsonValueKind.Object && body.TryGetProperty("duration"u8, out JsonElement duration) && duration.ValueKind is JsonValueKind.String ? duration.GetString() : null);
        AccountWriter.WriteKey(json, view);
        json.WriteEndObject();
    }

    private async Task<Action<Utf8JsonWriter>> RegenerateAsync(ManagementRequest request, string id)
    {
        string key = request.Text("new_key") is { } wanted ? CheckKey("new_key", wanted) : accounts.NewKey();
        AccountView view = await ChangeAsync(id, account => AccountFields.Apply(account, request.Body, accounts.Now) with { Id = HashOf(key), SpendId = account.SpendId, KeyName = VirtualKey.NameOf(key) }).ConfigureAwait(false);
        return json => WriteKey(json, view, key, request.Body);
    }

    private async Task<Action<Utf8JsonWriter>> BlockAsync(ManagementRequest request, bool isBlocked) =>
        WriteObject(await ChangeAsync(IdOf(request.Required("key")), account => account with { IsBlocked = isBlocked, UpdatedAt = accounts.Now }).ConfigureAwait(false));

    private async ValueTask<AccountView> ChangeAsync(string id, Func<GatewayAccount, GatewayAccount> change) =>
        await accounts.ViewAsync(await accounts.ChangeAsync(AccountKind.Key, id, "such key", change).ConfigureAwait(false)).ConfigureAwait(false);

    private async ValueTask CheckAliasAsync(string alias, string id)
    {
        AccountPage found = await accounts.Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, Alias = alias, Limit = 2 }, CancellationToken.None).ConfigureAwait(false);
        if (found.Accounts.Any(account => account.Id != id)) throw ManagementError.Invalid("key_alias", $"there is a key with the alias '{alias}' already.");
    }
}
