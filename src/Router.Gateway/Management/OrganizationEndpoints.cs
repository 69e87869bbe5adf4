using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>Organizations, which teams and keys belong to: https://docs.litellm.ai/docs/proxy/multi_tenant_architecture.</summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class OrganizationEndpoints(AccountService accounts)
{
    private const string What = "such organization";

    /// <summary>Makes an organization.</summary>
    public async Task<Action<Utf8JsonWriter>> NewAsync(ManagementRequest request)
    {
        request.Required("organization_alias");
        string id = request.Text("organization_id") ?? accounts.NewId();
        var account = new GatewayAccount { Kind = AccountKind.Organization, Id = id, CreatedAt = accounts.Now };
        return Write(await accounts.ViewAsync(await accounts.AddAsync(AccountFields.Apply(account, request.Body, accounts.Now), $"an organization '{id}'").ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>Changes an organization.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request) =>
        Write(await accounts.ViewAsync(await accounts.ChangeAsync(AccountKind.Organization, request.Required("organization_id"), What, organization => AccountFields.Apply(organization, request.Body, accounts.Now)).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Returns an organization, its teams and its members.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request) =>
        await WholeAsync(await accounts.GetAsync(AccountKind.Organization, request.RequiredQuery("organization_id"), What).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Lists all organizations.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request)
    {
        AccountView[] organizations = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Organization).ConfigureAwait(false)).ConfigureAwait(false);
        AccountView[] teams = await accounts.ViewAsync((await accounts.ListAsync(AccountKind.Team).ConfigureAwait(false)).FindAll(static team => team.OrganizationId is not null)).ConfigureAwait(false);
        AccountView[] members = await accounts.ViewAsync((await accounts.ListAsync(AccountKind.Member).ConfigureAwait(false)).FindAll(static member => member.OrganizationId is not null)).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (AccountView organization in organizations) WriteWhole(json, organization, Of(teams, organization), Of(members, organization));
            json.WriteEndArray();
        };

        static AccountView[] Of(AccountView[] all, AccountView organization) => [.. all.Where(one => one.Account.OrganizationId == organization.Account.Id)];
    }

    /// <summary>Deletes organizations, with their teams, keys and members.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string[] ids = request.Texts("organization_ids");
        if (ids.Length == 0) throw ManagementError.Invalid("organization_ids", "must be an array of organizations.");
        var deleted = new List<AccountView>();
        foreach (string id in ids) deleted.Add(await accounts.ViewAsync(await accounts.GetAsync(AccountKind.Organization, id, $"organization '{id}'").ConfigureAwait(false)).ConfigureAwait(false));
        foreach (string id in ids) await accounts.DeleteWholeAsync(AccountKind.Organization, id, $"organization '{id}'").ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (AccountView organization in deleted) Write(organization)(json);
            json.WriteEndArray();
        };
    }

    /// <summary>Adds a member, or several, with what each may spend within the organization.</summary>
    public async Task<Action<Utf8JsonWriter>> AddMembersAsync(ManagementRequest request)
    {
        string id = request.Required("organization_id");
        await accounts.GetAsync(AccountKind.Organization, id, What).ConfigureAwait(false);
        var added = new List<GatewayAccount>();
        foreach (MemberFields one in MemberFields.Of(request.Body)) added.Add(await AddMemberAsync(id, one, request.Body).ConfigureAwait(false));
        AccountView[] views = await accounts.ViewAsync(added).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteString("organization_id"u8, id);
            json.WriteStartArray("updated_users"u8);
            foreach (AccountView view in views)
            {
                json.WriteStartObject();
                json.WriteString("user_id"u8, view.Account.UserId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            AccountWriter.WriteOrganizationMembers(json, "updated_organization_memberships"u8, views);
            json.WriteEndObject();
        };
    }

    /// <summary>Changes what a member may spend within the organization.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateMemberAsync(ManagementRequest request)
    {
        string? role = request.Text("role") ?? request.Text("user_role");
        GatewayAccount changed = await accounts.ChangeAsync(AccountKind.Member, MemberOf(request), "such member", member => AccountFields.Apply(member, request.Body, accounts.Now) with { Role = role ?? member.Role }).ConfigureAwait(false);
        AccountView view = await accounts.ViewAsync(changed).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            AccountWriter.WriteOrganizationMembers(json, "updated_organization_memberships"u8, [view]);
            json.WriteEndObject();
        };
    }

    /// <summary>Takes a member out of an organization. Keys stay.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteMemberAsync(ManagementRequest request)
    {
        if (!await accounts.DeleteAsync(AccountKind.Member, MemberOf(request)).ConfigureAwait(false)) throw ManagementError.NotFound("such member");
        return await WholeAsync(await accounts.GetAsync(AccountKind.Organization, request.Required("organization_id"), What).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string MemberOf(ManagementRequest request) => GatewayAccount.OrganizationMemberId(request.Required("organization_id"), request.Required("user_id"));

    private async ValueTask<GatewayAccount> AddMemberAsync(string organization, MemberFields member, JsonElement limits)
    {
        string role = member.Role ?? "internal_user";
        string id = GatewayAccount.OrganizationMemberId(organization, member.UserId);
        var account = new GatewayAccount { Kind = AccountKind.Member, Id = id, OrganizationId = organization, UserId = member.UserId, CreatedAt = accounts.Now };
        return await accounts.FindAsync(AccountKind.Member, id).ConfigureAwait(false) is null
            ? await accounts.AddAsync(AccountFields.Apply(account, limits, accounts.Now) with { Role = role }, "such a member").ConfigureAwait(false)
            : await accounts.ChangeAsync(AccountKind.Member, id, "such member", one => AccountFields.Apply(one, limits, accounts.Now) with { Role = role }).ConfigureAwait(false);
    }

    private async ValueTask<Action<Utf8JsonWriter>> WholeAsync(GatewayAccount organization)
    {
        AccountView view = await accounts.ViewAsync(organization).ConfigureAwait(false);
        AccountView[] teams = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Team, organizationId: organization.Id).ConfigureAwait(false)).ConfigureAwait(false);
        AccountView[] members = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Member, organizationId: organization.Id).ConfigureAwait(false)).ConfigureAwait(false);
        return json => WriteWhole(json, view, teams, members);
    }

    private static Action<Utf8JsonWriter> Write(AccountView organization) => json =>
    {
        json.WriteStartObject();
        AccountWriter.WriteOrganization(json, organization);
        json.WriteEndObject();
    };

    private static void WriteWhole(Utf8JsonWriter json, AccountView organization, AccountView[] teams, AccountView[] members)
    {
        json.WriteStartObject();
        AccountWriter.WriteOrganization(json, organization);
        json.WriteStartArray("teams"u8);
        foreach (AccountView team in teams)
        {
            json.WriteStartObject();
            AccountWriter.WriteTeam(json, team, []);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        AccountWriter.WriteOrganizationMembers(json, "members"u8, members);
        json.WriteEndObject();
    }
}
