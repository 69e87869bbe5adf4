using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Management;

/// <summary>
/// Takes keys, teams, users, members and budgets over from LiteLLM. Its keys are known by the SHA-256 of the whole key (<c>hash_token</c> of its <c>_types.py</c>), as here, so that they go on working. What is there already stays as it
/// is, so that an import may be repeated.
/// </summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class ImportEndpoint(AccountService accounts)
{
    private const string PageTeam = "litellm-dashboard";

    /// <summary>Imports rows, and reports what became of them.</summary>
    public async Task<Action<Utf8JsonWriter>> ImportAsync(ManagementRequest request)
    {
        bool isDry = request.Flag("dry_run");
        var run = new ImportRun(accounts, isDry, request.Flag("drop_unserved_limits"));
        foreach (ImportRow row in ImportRows.Read(request.Values)) await run.TakeAsync(row).ConfigureAwait(false);
        await run.TakeMembersAsync().ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("dry_run"u8, isDry);
            WriteCounts(json, "imported"u8, run.Imported);
            WriteCounts(json, "unchanged"u8, run.Unchanged);
            json.WriteStartArray("left_out"u8);
            foreach ((AccountKind? kind, string name, string reason) in run.LeftOut)
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, kind is { } known ? NameOf(known) : null);
                json.WriteString("name"u8, name);
                json.WriteString("reason"u8, reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        };
    }

    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, Dictionary<AccountKind, int> counts)
    {
        json.WriteStartObject(name);
        foreach (AccountKind kind in Enum.GetValues<AccountKind>())
        {
            if (counts.TryGetValue(kind, out int count)) json.WriteNumber(NameOf(kind) + "s", count);
        }

        json.WriteEndObject();
    }

    private static string NameOf(AccountKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>One import.</summary>
    private sealed class ImportRun(AccountService accounts, bool isDry, bool isWider)
    {
        private readonly HashSet<(AccountKind, string)> _seen = [];
        private readonly HashSet<(AccountKind, string)> _present = []; // here already, or taken
        private readonly Dictionary<(string Team, string User), string> _roles = [];

        public Dictionary<AccountKind, int> Imported { get; } = [];

        public Dictionary<AccountKind, int> Unchanged { get; } = [];

        public List<(AccountKind? Kind, string Name, string Reason)> LeftOut { get; } = [];

        public async ValueTask TakeAsync(ImportRow row)
        {
            string name = NameOf(row);
            try
            {
                if (row.Kind is not { } kind) throw ManagementError.Refused("It is no row of a key, a team, a user, a member, a budget, a customer or an organization.");
                if (row.Row.ValueKind is JsonValueKind.String) throw ManagementError.Refused("It is the hash of a key alone: list keys with return_full_object=true.");
                if (row.Row.Text("team_id"u8) is PageTeam) throw ManagementError.Refused("It is a session of LiteLLM's page.");
                if (row.Id.Length == 0) throw ManagementError.Refused("It has no id.");
                if (row.Row.Get("litellm_budget_table"u8) is { ValueKind: JsonValueKind.Object } budget && budget.Text("budget_id"u8) is { Length: > 0 } id && !_seen.Contains((AccountKind.Budget, id))) await TakeAsync(new ImportRow(AccountKind.Budget, id, budget)).ConfigureAwait(false);
                GatewayAccount account = AccountImport.Read(row, isWider, accounts.Now);
                if (kind is AccountKind.Member) account = account with { Role = account.TeamId is { } team ? _roles.GetValueOrDefault((team, account.UserId!), "user") : row.Row.Text("user_role"u8) };
                await AddAsync(account, AccountImport.SpendOf(row.Row)).ConfigureAwait(false);
                if (kind is AccountKind.Team) NoteMembers(row);
            }
            catch (ManagementError error)
            {
                LeftOut.Add((row.Kind, name, error.Message));
            }
        }

        /// <summary>Takes members of which there is no row, because nothing limits what they may spend: a team has all of its members in a column.</summary>
        public async ValueTask TakeMembersAsync()
        {
            foreach (((string team, string user), string role) in _roles)
            {
                if (_seen.Contains((AccountKind.Member, GatewayAccount.MemberId(team, user)))) continue;
                await AddAsync(new GatewayAccount { Kind = AccountKind.Member, Id = GatewayAccount.MemberId(team, user), TeamId = team, UserId = user, Role = role, CreatedAt = accounts.Now, UpdatedAt = accounts.Now }, 0).ConfigureAwait(false);
            }
        }

        private void NoteMembers(ImportRow team)
        {
            foreach (JsonElement member in team.Row.Items("members_with_roles"u8))
            {
                if (member.Text("user_id"u8) is { Length: > 0 } user) _roles[(team.Id, user)] = member.Text("role"u8) ?? "user";
            }
        }

        private async ValueTask AddAsync(GatewayAccount account, decimal spend)
        {
            if (!_seen.Add((account.Kind, account.Id))) return;
            if (await accounts.FindAsync(account.Kind, account.Id).ConfigureAwait(false) is not null)
            {
                Count(Unchanged, account.Kind);
                _present.Add((account.Kind, account.Id));
                return;
            }

            await CheckAsync(account).ConfigureAwait(false);
            if (!isDry)
            {
                // First what it spent: what ends half way must not leave an account whose budget is untouched.
                await accounts.CarryOverAsync(account, spend).ConfigureAwait(false);
                await accounts.AddAsync(account, "such an account").ConfigureAwait(false);
            }

            Count(Imported, account.Kind);
            _present.Add((account.Kind, account.Id));
        }

        private async ValueTask CheckAsync(GatewayAccount account)
        {
            if (account.TeamId is { } team) await CheckAsync(AccountKind.Team, team, "team").ConfigureAwait(false);
            if (account.OrganizationId is { } organization) await CheckAsync(AccountKind.Organization, organization, "organization").ConfigureAwait(false);
            if (account.BudgetId is { } budget) await CheckAsync(AccountKind.Budget, budget, "budget").ConfigureAwait(false);
        }

        private async ValueTask CheckAsync(AccountKind kind, string id, string what)
        {
            if (!_present.Contains((kind, id)) && await accounts.FindAsync(kind, id).ConfigureAwait(false) is null) throw ManagementError.Refused($"Its {what} '{id}' is neither in the import nor here: without it the limits above it would be lost.");
        }

        private static void Count(Dictionary<AccountKind, int> counts, AccountKind kind) => counts[kind] = counts.GetValueOrDefault(kind) + 1;

        private static string NameOf(ImportRow row) => row.Row.ValueKind is JsonValueKind.Object ? row.Row.Text("key_alias"u8) ?? row.Row.Text("team_alias"u8) ?? row.Row.Text("key_name"u8) ?? row.Id : row.Id;
    }
}
