using System.Text.Json;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>Users, who own keys: https://docs.litellm.ai/docs/proxy/users.</summary>
/// <param name="accounts">Changes accounts.</param>
/// <param name="keys">Makes keys.</param>
/// <param name="teams">Makes members of teams.</param>
internal sealed class UserEndpoints(AccountService accounts, KeyEndpoints keys, TeamEndpoints teams)
{
    private const string What = "such user";
    private const int MostUsers = 500;

    /// <summary>Makes a user, and a key unless <c>auto_create_key</c> is false.</summary>
    public async Task<Action<Utf8JsonWriter>> NewAsync(ManagementRequest request)
    {
        DateTimeOffset now = accounts.Now;
        bool hasBody = request.Body.ValueKind is JsonValueKind.Object;
        string id = hasBody && request.Body.TryGetProperty("user_id"u8, out JsonElement wanted) ? AccountFields.Text("user_id", wanted) ?? accounts.NewId() : accounts.NewId();
        string? team = request.Text("team_id");
        string[] all = [.. request.Texts("teams").Append(team).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string one in all) await accounts.GetAsync(AccountKind.Team, one, $"team '{one}'").ConfigureAwait(false);
        GatewayAccount user = await accounts.AddAsync(AccountFields.Apply(new GatewayAccount { Kind = AccountKind.User, Id = id, CreatedAt = now }, request.Body, now), $"a user '{id}'").ConfigureAwait(false);
        foreach (string one in all) await teams.AddMemberAsync(one, id, "user", default).ConfigureAwait(false);
        if (hasBody && request.Body.TryGetProperty("auto_create_key"u8, out JsonElement auto) && auto.ValueKind is JsonValueKind.False) return await WriteUserAsync(user).ConfigureAwait(false);

        // The limits are the user's, and hold for all of its keys.
        DateTimeOffset? expires = request.Text("duration") is { } duration ? (BudgetDuration.Parse(duration) ?? throw ManagementError.Invalid("duration", "must be a number with s, m, h, d, w or mo, such as 30d.")).After(now) : null;
        (string key, AccountView view) = await keys.MakeAsync(null, account => account with { UserId = id, TeamId = team, Alias = request.Text("key_alias"), Expires = expires, UpdatedAt = now }).ConfigureAwait(false);
        return await WriteUserAsync(user, json =>
        {
            json.WriteString("key"u8, key);
            json.WriteString("token"u8, view.Account.Id);
            json.WriteString("key_name"u8, view.Account.KeyName);
            json.WriteString("key_alias"u8, view.Account.Alias);
            json.WriteString("team_id"u8, team);
            AccountWriter.WriteDate(json, "expires"u8, view.Account.Expires);
        }).ConfigureAwait(false);
    }

    /// <summary>Returns a user, its keys and its teams.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request)
    {
        string id = request.RequiredQuery("user_id");
        GatewayAccount user = await accounts.GetAsync(AccountKind.User, id, What).ConfigureAwait(false);
        Action<Utf8JsonWriter> write = await WriteUserAsync(user).ConfigureAwait(false);
        AccountView[] own = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Key, userId: id).ConfigureAwait(false)).ConfigureAwait(false);
        var teamsOf = new List<GatewayAccount>();
        foreach (GatewayAccount member in await accounts.ListAsync(AccountKind.Member, userId: id).ConfigureAwait(false))
        {
            if (member.TeamId is { } teamId && await accounts.FindAsync(AccountKind.Team, teamId).ConfigureAwait(false) is { } team) teamsOf.Add(team);
        }

        AccountView[] views = await accounts.ViewAsync(teamsOf).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("user_id"u8, id);
            json.WritePropertyName("user_info"u8);
            write(json);
            TeamEndpoints.WriteKeys(json, own);
            json.WriteStartArray("teams"u8);
            foreach (AccountView view in views)
            {
                json.WriteStartObject();
                AccountWriter.WriteTeam(json, view, []);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        };
    }

    /// <summary>Changes a user.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request)
    {
        string id = request.Required("user_id");
        Action<Utf8JsonWriter> write = await WriteUserAsync(await accounts.ChangeAsync(AccountKind.User, id, What, user => AccountFields.Apply(user, request.Body, accounts.Now)).ConfigureAwait(false)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("user_id"u8, id);
            json.WritePropertyName("data"u8);
            write(json);
            json.WriteEndObject();
        };
    }

    /// <summary>Lists users, in pages.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request)
    {
        int page = request.Number("page", 1, 1_000_000);
        int size = request.Number("page_size", 25, MostUsers);
        AccountPage found = await accounts.Store.ListAsync(new AccountQuery { Kind = AccountKind.User, Offset = (page - 1) * size, Limit = size }, CancellationToken.None).ConfigureAwait(false);
        AccountView[] views = await accounts.ViewAsync(found.Accounts).ConfigureAwait(false);
        ILookup<string?, GatewayAccount> members = (await accounts.ListAsync(AccountKind.Member).ConfigureAwait(false)).ToLookup(static member => member.UserId);
        return json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("users"u8);
            foreach (AccountView view in views)
            {
                json.WriteStartObject();
                AccountWriter.WriteUser(json, view, members[view.Account.Id].Select(static member => member.TeamId).OfType<string>());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("total"u8, found.Total);
            json.WriteNumber("page"u8, page);
            json.WriteNumber("page_size"u8, size);
            json.WriteNumber("total_pages"u8, (found.Total + size - 1) / size);
            json.WriteEndObject();
        };
    }

    /// <summary>Deletes users, with their keys. The answer is their number, as LiteLLM's is.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string[] ids = request.Texts("user_ids");
        if (ids.Length == 0) throw ManagementError.Invalid("user_ids", "must be an array of users.");
        foreach (string id in ids) await accounts.DeleteWholeAsync(AccountKind.User, id, $"user '{id}'").ConfigureAwait(false);
        return json => json.WriteNumberValue(ids.Length);
    }

    private async Task<Action<Utf8JsonWriter>> WriteUserAsync(GatewayAccount user, Action<Utf8JsonWriter>? before = null)
    {
        AccountView view = await accounts.ViewAsync(user).ConfigureAwait(false);
        List<GatewayAccount> members = await accounts.ListAsync(AccountKind.Member, userId: user.Id).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            before?.Invoke(json);
            AccountWriter.WriteUser(json, view, members.Select(static member => member.TeamId).OfType<string>());
            json.WriteEndObject();
        };
    }
}
