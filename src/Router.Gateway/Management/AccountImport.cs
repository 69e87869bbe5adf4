using System.Buffers;
using System.Globalization;
using System.Text.Json;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>Makes the account of a row of one of LiteLLM's tables, with what it had spent.</summary>
internal static class AccountImport
{
    // What LiteLLM keeps of its own affairs, and what allows more than is there to be allowed: nothing of it limits a request.
    private static readonly HashSet<string> Passed = new(StringComparer.Ordinal)
    {
        "token", "key_name", "spend", "expires", "created_at", "updated_at", "created_by", "updated_by", "permissions", "config", "model_spend", "model_id", "last_active", "last_refreshed_at", "soft_budget_cooldown", "rotation_count", "auto_rotate",
        "rotation_interval", "last_rotation_at", "key_rotation_at", "litellm_budget_table", "litellm_model_table", "litellm_organization_table", "object_permission_id", "object_permission", "admins", "members", "members_with_roles", "team_member_permissions",
        "organization_memberships", "sso_user_id", "password", "key_count", "keys", "team_memberships", "team_info", "user", "team", "team_spend", "budget_limits_reset_at", "allow_team_guardrail_config", "user_id", "team_id", "budget_id", "teams",
        "total_spend", "policies_version", "project_id", "agent_id", "end_user_id", "api_key", "request_route", "parent_otel_span",
    };

    // With a key LiteLLM lists what it found of the accounts above it, which are rows of their own.
    private static readonly string[] Copied = ["team_", "user_", "end_user_", "org_"];

    /// <summary>Returns the account.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isWider">Whether limits that are not served are left out, instead of the account.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ManagementError">A column cannot be taken.</exception>
    public static GatewayAccount Read(ImportRow row, bool isWider, DateTimeOffset now)
    {
        AccountKind kind = row.Kind!.Value;
        JsonElement columns = row.Row;
        var account = new GatewayAccount
        {
            Kind = kind,
            Id = row.Id,
            CreatedAt = Moment(columns, "created_at") ?? now,
            KeyName = kind is AccountKind.Key ? Text(columns, "key_name") ?? $"{VirtualKey.Prefix}...{row.Id[..4]}" : null,
            TeamId = kind is AccountKind.Key or AccountKind.Member ? Text(columns, "team_id") : null,
            UserId = kind is AccountKind.Key or AccountKind.Member ? Text(columns, "user_id") : null,
            OrganizationId = kind is AccountKind.Member && !columns.TryGetProperty("team_id"u8, out _) ? Text(columns, "organization_id") : null,
            BudgetId = kind is AccountKind.Budget ? null : Text(columns, "budget_id"),
            Expires = kind is AccountKind.Key ? Moment(columns, "expires") : null,
        };
        return AccountFields.Apply(account, Limits(kind, columns, isWider), now);
    }

    /// <summary>Returns what an account had spent in its period, in USD.</summary>
    public static decimal SpendOf(JsonElement columns) => columns.TryGetProperty("spend"u8, out JsonElement spend) && spend.ValueKind is JsonValueKind.Number && spend.TryGetDecimal(out decimal cost) && cost > 0 ? cost : 0;

    // What is left is taken or refused as in a request to manage.
    private static JsonElement Limits(AccountKind kind, JsonElement columns, bool isWider)
    {
        var limits = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(limits))
        {
            json.WriteStartObject();
            foreach (JsonProperty column in columns.EnumerateObject())
            {
                if (Passed.Contains(column.Name) || (kind is AccountKind.Key && Copied.Any(prefix => column.Name.StartsWith(prefix, StringComparison.Ordinal))) || (isWider && !AccountFields.IsServed(kind, column))) continue;
                column.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(limits.WrittenSpan);
    }

    private static string? Text(JsonElement columns, string name) => columns.TryGetProperty(name, out JsonElement value) ? AccountFields.Text(name, value) : null;

    // LiteLLM's database has moments in UTC, without saying so.
    private static DateTimeOffset? Moment(JsonElement columns, string name)
    {
        if (Text(columns, name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment) ? moment : throw ManagementError.Invalid(name, "must be a moment, such as 2026-01-31T12:00:00Z.");
    }
}
