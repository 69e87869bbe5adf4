using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Management;

/// <summary>Teams and their members: https://docs.litellm.ai/docs/proxy/team_budgets.</summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class TeamEndpoints(AccountService accounts)
{
    private const string What = "such team";

    /// <summary>Makes a team.</summary>
    public async Task<Action<Utf8JsonWriter>> NewAsync(ManagementRequest request)
    {
        DateTimeOffset now = accounts.Now;
        string id = request.Body.ValueKind is JsonValueKind.Object && request.Text("team_id") is { } wanted ? AccountFields.Text("team_id", request.Body.GetProperty("team_id"u8)) ?? wanted : accounts.NewId();
        GatewayAccount team = await accounts.AddAsync(AccountFields.Apply(new GatewayAccount { Kind = AccountKind.Team, Id = id, CreatedAt = now }, request.Body, now), $"a team '{id}'").ConfigureAwait(false);
        foreach (JsonElement member in request.Body.Items("members_with_roles"u8)) await AddMemberAsync(id, MemberFields.Read(member), default).ConfigureAwait(false);
        return await WriteAsync(team).ConfigureAwait(false);
    }

    /// <summary>Changes a team.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request)
    {
        string id = request.Required("team_id");
        Action<Utf8JsonWriter> write = await WriteAsync(await accounts.ChangeAsync(AccountKind.Team, id, What, team => AccountFields.Apply(team, request.Body, accounts.Now)).ConfigureAwait(false)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("team_id"u8, id);
            json.WritePropertyName("data"u8);
            write(json);
            json.WriteEndObject();
        };
    }

    /// <summary>Returns a team, its keys and its members.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request)
    {
        string id = request.RequiredQuery("team_id");
        Action<Utf8JsonWriter> write = await WriteAsync(await accounts.GetAsync(AccountKind.Team, id, What).ConfigureAwait(false)).ConfigureAwait(false);
        AccountView[] keys = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Key, teamId: id).ConfigureAwait(false)).ConfigureAwait(false);
        AccountView[] members = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Member, teamId: id).ConfigureAwait(false)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("team_id"u8, id);
            json.WritePropertyName("team_info"u8);
            write(json);
            WriteKeys(json, keys);
            AccountWriter.WriteMemberships(json, "team_memberships"u8, members);
            json.WriteEndObject();
        };
    }

    /// <summary>Lists teams; those of a user where the address names one.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request)
    {
        List<GatewayAccount> teams = await accounts.ListAsync(AccountKind.Team).ConfigureAwait(false);
        List<GatewayAccount> members = await accounts.ListAsync(AccountKind.Member, userId: request.Query("user_id")).ConfigureAwait(false);
        ILookup<string?, GatewayAccount> byTeam = members.ToLookup(static member => member.TeamId);
        if (request.Query("user_id") is not null) teams.RemoveAll(team => !byTeam.Contains(team.Id));
        AccountView[] views = await accounts.ViewAsync(teams).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (AccountView view in views)
            {
                json.WriteStartObject();
                AccountWriter.WriteTeam(json, view, [.. byTeam[view.Account.Id]]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    /// <summary>Deletes teams, with their keys.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string[] ids = request.Texts("team_ids");
        if (ids.Length == 0) throw ManagementError.Invalid("team_ids", "must be an array of teams.");
        foreach (string id in ids) await accounts.DeleteWholeAsync(AccountKind.Team, id, $"team '{id}'").ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            AccountWriter.WriteTexts(json, "deleted_teams"u8, ids);
            json.WriteEndObject();
        };
    }

    /// <summary>Blocks a team: none of its keys opens anything.</summary>
    public Task<Action<Utf8JsonWriter>> BlockAsync(ManagementRequest request) => BlockAsync(request, true);

    /// <summary>Lets a team's keys be used again.</summary>
    public Task<Action<Utf8JsonWriter>> UnblockAsync(ManagementRequest request) => BlockAsync(request, false);

    /// <summary>Adds a member, or several, with what each may spend within the team.</summary>
    public async Task<Action<Utf8JsonWriter>> AddMembersAsync(ManagementRequest request)
    {
        string id = request.Required("team_id");
        GatewayAccount team = await accounts.GetAsync(AccountKind.Team, id, What).ConfigureAwait(false);
        var added = new List<GatewayAccount>();
        foreach (MemberFields one in MemberFields.Of(request.Body)) added.Add(await AddMemberAsync(id, one, request.Body).ConfigureAwait(false));
        AccountView view = await accounts.ViewAsync(team).ConfigureAwait(false);
        AccountView[] memberships = await accounts.ViewAsync(added).ConfigureAwait(false);
        List<GatewayAccount> all = await accounts.ListAsync(AccountKind.Member, teamId: id).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            AccountWriter.WriteTeam(json, view, all);
            json.WriteStartArray("updated_users"u8);
            foreach (GatewayAccount one in added)
            {
                json.WriteStartObject();
                json.WriteString("user_id"u8, one.UserId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            AccountWriter.WriteMemberships(json, "updated_team_memberships"u8, memberships);
            json.WriteEndObject();
        };
    }

    /// <summary>Changes what a member may spend within the team.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateMemberAsync(ManagementRequest request)
    {
        string id = request.Required("team_id");
        string user = request.Required("user_id");
        await accounts.ChangeAsync(AccountKind.Member, GatewayAccount.MemberId(id, user), "such member", member => AccountFields.Apply(member, request.Body, accounts.Now)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("team_id"u8, id);
            json.WriteString("user_id"u8, user);
            json.WriteEndObject();
        };
    }

    /// <summary>Takes a member out of a team. Keys stay.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteMemberAsync(ManagementRequest request)
    {
        string id = request.Required("team_id");
        GatewayAccount team = await accounts.GetAsync(AccountKind.Team, id, What).ConfigureAwait(false);
        if (!await accounts.DeleteAsync(AccountKind.Member, GatewayAccount.MemberId(id, request.Required("user_id"))).ConfigureAwait(false)) throw ManagementError.NotFound("such member");
        return await WriteAsync(team).ConfigureAwait(false);
    }

    /// <summary>Adds a user to a team, or changes the member that it is.</summary>
    /// <param name="teamId">The team.</param>
    /// <param name="member">The user and the role.</param>
    /// <param name="limits">What the member may spend; the default for no limit.</param>
    public async ValueTask<GatewayAccount> AddMemberAsync(string teamId, MemberFields member, JsonElement limits) =>
        await AddMemberAsync(teamId, member.UserId, member.Role ?? "user", limits).ConfigureAwait(false);

    /// <summary>The same for a user by its id.</summary>
    public async ValueTask<GatewayAccount> AddMemberAsync(string teamId, string userId, string role, JsonElement limits)
    {
        string id = GatewayAccount.MemberId(teamId, userId);
        GatewayAccount account = AccountFields.Apply(new GatewayAccount { Kind = AccountKind.Member, Id = id, TeamId = teamId, UserId = userId, Role = role, CreatedAt = accounts.Now }, limits, accounts.Now);
        return await accounts.FindAsync(AccountKind.Member, id).ConfigureAwait(false) is null
            ? await accounts.AddAsync(account, "such a member").ConfigureAwait(false)
            : await accounts.ChangeAsync(AccountKind.Member, id, "such member", one => AccountFields.Apply(one with { Role = role }, limits, accounts.Now)).ConfigureAwait(false);
    }

    /// <summary>Writes keys.</summary>
    public static void WriteKeys(Utf8JsonWriter json, IEnumerable<AccountView> keys)
    {
        json.WriteStartArray("keys"u8);
        foreach (AccountView key in keys)
        {
            json.WriteStartObject();
            AccountWriter.WriteKey(json, key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private async Task<Action<Utf8JsonWriter>> BlockAsync(ManagementRequest request, bool isBlocked) =>
        await WriteAsync(await accounts.ChangeAsync(AccountKind.Team, request.Required("team_id"), What, team => team with { IsBlocked = isBlocked, UpdatedAt = accounts.Now }).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<Action<Utf8JsonWriter>> WriteAsync(GatewayAccount team)
    {
        AccountView view = await accounts.ViewAsync(team).ConfigureAwait(false);
        List<GatewayAccount> members = await accounts.ListAsync(AccountKind.Member, teamId: team.Id).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            AccountWriter.WriteTeam(json, view, members);
            json.WriteEndObject();
        };
    }
}
