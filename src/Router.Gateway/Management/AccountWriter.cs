using System.Globalization;
using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>Writes accounts as LiteLLM does (its <c>_types.py</c>): what scripts look for is there, empty where there is nothing of the kind.</summary>
internal static class AccountWriter
{
    /// <summary>Writes the members of a key, without the key.</summary>
    public static void WriteKey(Utf8JsonWriter json, AccountView view)
    {
        GatewayAccount key = view.Account;
        json.WriteString("token"u8, key.Id);
        json.WriteString("token_id"u8, key.Id);
        json.WriteString("key_name"u8, key.KeyName);
        json.WriteString("key_alias"u8, key.Alias);
        json.WriteString("team_id"u8, key.TeamId);
        json.WriteString("user_id"u8, key.UserId);
        json.WriteString("organization_id"u8, key.OrganizationId);
        WriteDate(json, "expires"u8, key.Expires);
        WriteTexts(json, "allowed_routes"u8, key.Routes);
        WriteEmpty(json, "aliases"u8);
        WriteEmpty(json, "config"u8);
        WriteEmpty(json, "permissions"u8);
        WriteEmpty(json, "model_max_budget"u8);
        WriteShared(json, view);
    }

    /// <summary>Writes the members of a team.</summary>
    public static void WriteTeam(Utf8JsonWriter json, AccountView view, IReadOnlyList<GatewayAccount> members)
    {
        json.WriteString("team_id"u8, view.Account.Id);
        json.WriteString("team_alias"u8, view.Account.Alias);
        json.WriteString("organization_id"u8, view.Account.OrganizationId);
        json.WriteStartArray("admins"u8);
        json.WriteEndArray();
        WriteTexts(json, "members"u8, []);
        json.WriteStartArray("members_with_roles"u8);
        foreach (GatewayAccount member in members)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, member.Role ?? "user");
            json.WriteString("user_id"u8, member.UserId);
            json.WriteNull("user_email"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteShared(json, view);
    }

    /// <summary>Writes what members of a team may spend of its budget.</summary>
    public static void WriteMemberships(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<AccountView> members)
    {
        json.WriteStartArray(name);
        foreach (AccountView view in members)
        {
            json.WriteStartObject();
            json.WriteString("team_id"u8, view.Account.TeamId);
            json.WriteString("user_id"u8, view.Account.UserId);
            json.WriteString("budget_id"u8, view.Account.BudgetId);
            json.WriteNumber("spend"u8, view.Spend);
            json.WriteStartObject("litellm_budget_table"u8);
            WriteLimits(json, view.Account);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a customer, whose own limits stand where its budget's would.</summary>
    public static void WriteCustomer(Utf8JsonWriter json, AccountView view)
    {
        json.WriteStartObject();
        json.WriteString("user_id"u8, view.Account.Id);
        json.WriteString("alias"u8, view.Account.Alias);
        json.WriteNumber("spend"u8, view.Spend);
        json.WriteNull("allowed_model_region"u8);
        json.WriteNull("default_model"u8);
        json.WriteString("budget_id"u8, view.Account.BudgetId);
        WriteOwnBudget(json, view);
        json.WriteBoolean("blocked"u8, view.Account.IsBlocked);
        WriteDate(json, "created_at"u8, view.Account.CreatedAt);
        WriteDate(json, "updated_at"u8, view.Account.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of an organization, whose own limits stand where its budget's would.</summary>
    public static void WriteOrganization(Utf8JsonWriter json, AccountView view)
    {
        json.WriteString("organization_id"u8, view.Account.Id);
        json.WriteString("organization_alias"u8, view.Account.Alias);
        json.WriteString("budget_id"u8, view.Account.BudgetId);
        json.WriteNumber("spend"u8, view.Spend);
        WriteTexts(json, "models"u8, view.Account.Models);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(view.Account.Metadata);
        json.WriteBoolean("blocked"u8, view.Account.IsBlocked);
        WriteOwnBudget(json, view);
        WriteDate(json, "created_at"u8, view.Account.CreatedAt);
        WriteDate(json, "updated_at"u8, view.Account.UpdatedAt);
    }

    /// <summary>Writes who belongs to an organization, and what each may spend of its budget.</summary>
    public static void WriteOrganizationMembers(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<AccountView> members)
    {
        json.WriteStartArray(name);
        foreach (AccountView view in members)
        {
            json.WriteStartObject();
            json.WriteString("user_id"u8, view.Account.UserId);
            json.WriteString("organization_id"u8, view.Account.OrganizationId);
            json.WriteString("user_role"u8, view.Account.Role);
            json.WriteNumber("spend"u8, view.Spend);
            json.WriteString("budget_id"u8, view.Account.BudgetId);
            WriteOwnBudget(json, view);
            WriteDate(json, "created_at"u8, view.Account.CreatedAt);
            WriteDate(json, "updated_at"u8, view.Account.UpdatedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the members of a user.</summary>
    public static void WriteUser(Utf8JsonWriter json, AccountView view, IEnumerable<string> teams)
    {
        json.WriteString("user_id"u8, view.Account.Id);
        json.WriteString("user_email"u8, view.Account.Email);
        json.WriteString("user_role"u8, view.Account.Role);
        json.WriteString("user_alias"u8, view.Account.Alias);
        WriteTexts(json, "teams"u8, teams);
        WriteShared(json, view);
    }

    /// <summary>Writes a budget.</summary>
    public static void WriteBudget(Utf8JsonWriter json, GatewayAccount budget)
    {
        json.WriteStartObject();
        json.WriteString("budget_id"u8, budget.Id);
        json.WriteNull("soft_budget"u8);
        WriteLimits(json, budget);
        WriteEmpty(json, "model_max_budget"u8);
        WriteDate(json, "created_at"u8, budget.CreatedAt);
        WriteDate(json, "updated_at"u8, budget.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>Writes a moment, or null.</summary>
    public static void WriteDate(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? date) =>
        json.WriteString(name, date?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));

    /// <summary>Writes an array of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteShared(Utf8JsonWriter json, AccountView view)
    {
        GatewayAccount account = view.Account;
        json.WriteNumber("spend"u8, view.Spend);
        WriteTexts(json, "models"u8, account.Models);
        WriteLimits(json, account);
        WriteDate(json, "budget_reset_at"u8, view.ResetAt);
        json.WriteString("budget_id"u8, account.BudgetId);
        if (view.Budget is { } budget)
        {
            json.WritePropertyName("litellm_budget_table"u8);
            WriteBudget(json, budget);
        }
        else
        {
            json.WriteNull("litellm_budget_table"u8);
        }

        WriteTexts(json, "tags"u8, account.Tags);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(account.Metadata);
        json.WriteBoolean("blocked"u8, account.IsBlocked);
        WriteDate(json, "created_at"u8, account.CreatedAt);
        WriteDate(json, "updated_at"u8, account.UpdatedAt);
    }

    private static void WriteOwnBudget(Utf8JsonWriter json, AccountView view)
    {
        GatewayAccount account = view.Account;
        GatewayAccount? budget = view.Budget;
        json.WriteStartObject("litellm_budget_table"u8);
        json.WriteString("budget_id"u8, account.BudgetId);
        WriteLimits(json, account with
        {
            MaxBudget = account.MaxBudget ?? budget?.MaxBudget,
            BudgetDuration = account.BudgetDuration ?? budget?.BudgetDuration,
            TpmLimit = account.TpmLimit ?? budget?.TpmLimit,
            RpmLimit = account.RpmLimit ?? budget?.RpmLimit,
            MaxParallelRequests = account.MaxParallelRequests ?? budget?.MaxParallelRequests,
        });
        WriteDate(json, "budget_reset_at"u8, view.ResetAt);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, GatewayAccount account)
    {
        WriteNumber(json, "max_budget"u8, account.MaxBudget);
        json.WriteString("budget_duration"u8, account.BudgetDuration);
        WriteNumber(json, "tpm_limit"u8, account.TpmLimit);
        WriteNumber(json, "rpm_limit"u8, account.RpmLimit);
        WriteNumber(json, "max_parallel_requests"u8, account.MaxParallelRequests);
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void WriteEmpty(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }
}
