using System.Text.Json;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>A row of one of LiteLLM's tables.</summary>
/// <param name="Kind">What it is here; null where it is nothing that is known.</param>
/// <param name="Id">Its id, and that of the account; empty where it has none.</param>
/// <param name="Row">Its columns.</param>
internal sealed record ImportRow(AccountKind? Kind, string Id, JsonElement Row);

/// <summary>
/// Finds rows of LiteLLM's tables (its <c>schema.prisma</c>) in what it answers to lists, and in exports of its database: values one after the other, each a row, an array of rows, or an object with such arrays.
/// </summary>
internal static class ImportRows
{
    // Where a list's answer has its rows.
    private static readonly string[] Lists = ["keys", "teams", "users", "budgets", "team_memberships", "organizations", "customers"];

    /// <summary>Returns the rows, those first that others refer to.</summary>
    public static List<ImportRow> Read(IReadOnlyList<JsonElement> values)
    {
        var rows = new List<ImportRow>();
        foreach (JsonElement value in values) Add(value);
        return [.. rows.OrderBy(static row => Order(row.Kind))];

        void Add(JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Array)
            {
                foreach (JsonElement item in value.EnumerateArray()) Add(item);
                return;
            }

            bool isList = false;
            if (value.ValueKind is JsonValueKind.Object && !value.TryGetProperty("team_alias"u8, out _) && !value.TryGetProperty("organization_alias"u8, out _))
            {
                foreach (string list in Lists)
                {
                    // A key or a user may have a list of names.
                    if (!value.TryGetProperty(list, out JsonElement items) || items.ValueKind is not JsonValueKind.Array || items.EnumerateArray().Any(static item => item.ValueKind is not JsonValueKind.Object)) continue;
                    if (value.TryGetProperty("user_id"u8, out _) || value.TryGetProperty("token"u8, out _)) continue;
                    isList = true;
                    Add(items);
                }
            }

            if (!isList) rows.Add(Identify(value));
        }
    }

    private static int Order(AccountKind? kind) => kind switch
    {
        AccountKind.Budget => 0,
        AccountKind.Organization => 1,
        AccountKind.Team => 2,
        AccountKind.User => 3,
        AccountKind.Member => 4,
        AccountKind.Key => 5,
        AccountKind.Customer => 6,
        _ => 7,
    };

    // By the columns that only one of the tables has.
    private static ImportRow Identify(JsonElement row)
    {
        if (row.ValueKind is JsonValueKind.String) return new ImportRow(AccountKind.Key, row.GetString()!, row); // a list without return_full_object
        if (row.ValueKind is not JsonValueKind.Object) return new ImportRow(null, "", row);
        if (Text("token") is { } token) return new ImportRow(AccountKind.Key, KeyHash.Parse(token)?.ToString() ?? KeyHash.Of(token)?.ToString() ?? "", row); // Very old rows have the key itself.
        string? team = Text("team_id");
        string? user = Text("user_id");
        string? organization = Text("organization_id");
        if (organization is not null && Has("organization_alias")) return new ImportRow(AccountKind.Organization, organization, row);
        if (user is not null && Has("allowed_model_region")) return new ImportRow(AccountKind.Customer, user, row);
        if (organization is not null && user is not null && Has("user_role") && !Has("user_email")) return new ImportRow(AccountKind.Member, GatewayAccount.OrganizationMemberId(organization, user), row);
        if (team is not null && (Has("team_alias") || Has("members_with_roles"))) return new ImportRow(AccountKind.Team, team, row);
        if (team is not null && user is not null) return new ImportRow(AccountKind.Member, GatewayAccount.MemberId(team, user), row);
        if (user is not null && (Has("user_role") || Has("user_email") || Has("teams"))) return new ImportRow(AccountKind.User, user, row);
        return Text("budget_id") is { } budget && user is null ? new ImportRow(AccountKind.Budget, budget, row) : new ImportRow(null, "", row);

        string? Text(string name) => row.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

        bool Has(string name) => row.TryGetProperty(name, out _);
    }
}
