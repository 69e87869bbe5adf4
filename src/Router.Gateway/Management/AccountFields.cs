using System.Globalization;
using System.Text.Json;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>
/// Puts the members of a request into an account, under LiteLLM's names. What is absent stays, and null empties. A member that is not known is refused unless it is empty: it may be a limit that
/// would not hold.
/// </summary>
internal static class AccountFields
{
    private const int LongestText = 256;
    private const int LongestMetadata = 64 * 1024;
    private const int MostItems = 1000;

    // What LiteLLM's clients send along, and what limits nothing.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "soft_budget", "send_invite_email", "auto_create_key", "created_by", "updated_by", "created_at", "updated_at", "token", "token_id", "key_name", "user_alias", "sso_user_id", "budget_reset_at", "updated_fields", "litellm_budget_table",
    };

    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "models", "allowed_routes", "max_budget", "budget_duration", "rpm_limit", "tpm_limit", "max_parallel_requests", "budget_id", "metadata", "tags", "blocked",
    };

    // What a kind of account has beside what all have.
    private static readonly Dictionary<AccountKind, string[]> Own = new()
    {
        [AccountKind.Key] = ["key", "key_alias", "team_id", "user_id", "organization_id", "duration", "key_type", "new_key"],
        [AccountKind.Team] = ["team_id", "team_alias", "organization_id", "members_with_roles"],
        [AccountKind.User] = ["user_id", "user_email", "user_role", "team_id", "teams", "key_alias", "duration", "key_type"],
        [AccountKind.Member] = ["team_id", "organization_id", "user_id", "user_email", "member", "max_budget_in_team", "max_budget_in_organization", "role", "user_role"],
        [AccountKind.Budget] = ["budget_id"],
        [AccountKind.Customer] = ["user_id", "alias"],
        [AccountKind.Organization] = ["organization_id", "organization_alias"],
    };

    /// <summary>Returns an account as a request wants it.</summary>
    /// <param name="account">The account as it was.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ManagementError">A member cannot be taken.</exception>
    public static GatewayAccount Apply(GatewayAccount account, JsonElement body, DateTimeOffset now)
    {
        account = account with { UpdatedAt = now };
        if (body.ValueKind is not JsonValueKind.Object) return account;
        foreach (JsonProperty member in body.EnumerateObject())
        {
            string name = member.Name;
            JsonElement value = member.Value;
            account = name switch
            {
                "models" => account with { Models = Texts(name, value) },
                "allowed_routes" when account.Kind is not AccountKind.Customer => account with { Routes = [.. Texts(name, value).Select(RouteOf)] },
                "max_budget" => account with { MaxBudget = Money(name, value) },
                "max_budget_in_team" or "max_budget_in_organization" when account.Kind is AccountKind.Member => account with { MaxBudget = Money(name, value) },
                "budget_duration" => account with { BudgetDuration = DurationOf(name, value) },
                "rpm_limit" => account with { RpmLimit = Count(name, value) },
                "tpm_limit" => account with { TpmLimit = Count(name, value) },
                "max_parallel_requests" => account with { MaxParallelRequests = Count(name, value) },
                "budget_id" when account.Kind is not AccountKind.Budget => account with { BudgetId = Text(name, value) },
                "metadata" => WithMetadata(account, name, value),
                "tags" => account with { Tags = Texts(name, value) },
                "blocked" => account with { IsBlocked = Flag(name, value) },
                "key_alias" when account.Kind is AccountKind.Key => account with { Alias = Text(name, value) },
                "team_alias" when account.Kind is AccountKind.Team => account with { Alias = Text(name, value) },
                "alias" when account.Kind is AccountKind.Customer => account with { Alias = Text(name, value) },
                "organization_alias" when account.Kind is AccountKind.Organization => account with { Alias = Text(name, value) },
                "organization_id" when account.Kind is AccountKind.Key or AccountKind.Team => account with { OrganizationId = Text(name, value) },
                "user_email" when account.Kind is AccountKind.User => account with { Email = Text(name, value) },
                "user_role" when account.Kind is AccountKind.User => account with { Role = Text(name, value) },
                "role" when account.Kind is AccountKind.Member => account with { Role = Text(name, value) },
                "team_id" when account.Kind is AccountKind.Key => account with { TeamId = Text(name, value) },
                "user_id" when account.Kind is AccountKind.Key => account with { UserId = Text(name, value) },
                "duration" when account.Kind is AccountKind.Key => account with { Expires = ExpiryOf(name, value, now) },
                "key_type" when Text(name, value) is not (null or "default" or "llm_api") => throw ManagementError.Invalid(name, "keys are for models here ('default' or 'llm_api'); only the master key manages."),
                _ => CheckKnown(account, name, value),
            };
        }

        return account;
    }

    /// <summary>Returns whether a kind of account has a member, or it limits nothing.</summary>
    public static bool IsServed(AccountKind kind, JsonProperty member) => Shared.Contains(member.Name) || Own[kind].Contains(member.Name) || Ignored.Contains(member.Name) || IsEmpty(member.Value);

    /// <summary>Returns a text of at most 256 characters without control characters; null for none.</summary>
    public static string? Text(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null) return null;
        if (value.ValueKind is not JsonValueKind.String) throw ManagementError.Invalid(name, "must be a text.");
        string text = value.GetString()!;
        return CheckText(name, text).Length == 0 ? null : text;
    }

    private static GatewayAccount CheckKnown(GatewayAccount account, string name, JsonElement value) =>
        Own[account.Kind].Contains(name) || Ignored.Contains(name) || IsEmpty(value) ? account : throw ManagementError.Invalid(name, "is not served here, so that what it limits would not hold. Leave it out.");

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Number => value.TryGetDecimal(out decimal number) && number == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        _ => false,
    };

    // LiteLLM keeps tags there, too.
    private static GatewayAccount WithMetadata(GatewayAccount account, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null) return account with { Metadata = "{}" };
        if (value.ValueKind is not JsonValueKind.Object) throw ManagementError.Invalid(name, "must be an object.");
        string text = value.GetRawText();
        if (text.Length > LongestMetadata) throw ManagementError.Invalid(name, $"must be at most {LongestMetadata} characters.");
        return value.TryGetProperty("tags"u8, out JsonElement tags) && tags.ValueKind is JsonValueKind.Array
            ? account with { Metadata = text, Tags = [.. Texts("metadata.tags", tags)] }
            : account with { Metadata = text };
    }

    private static string[] Texts(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null) return [];
        if (value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(static item => item.ValueKind is not JsonValueKind.String)) throw ManagementError.Invalid(name, "must be an array of texts.");
        if (value.GetArrayLength() > MostItems) throw ManagementError.Invalid(name, $"must have at most {MostItems} texts.");
        return [.. value.EnumerateArray().Select(item => CheckText(name, item.GetString()!)).Where(static item => item.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string CheckText(string name, string text)
    {
        if (text.Length > LongestText) throw ManagementError.Invalid(name, $"must be at most {LongestText} characters.");
        return text.Any(char.IsControl) ? throw ManagementError.Invalid(name, "must have no control characters.") : text;
    }

    private static decimal? Money(string name, JsonElement value) => Number(name, value) is not { } number ? null : number >= 0 ? number : throw ManagementError.Invalid(name, "must be USD from 0.");

    private static long? Count(string name, JsonElement value) => Number(name, value) is not { } number ? null : number is >= 0 and <= long.MaxValue && number == decimal.Truncate(number) ? (long)number : throw ManagementError.Invalid(name, "must be a whole number from 0.");

    private static decimal? Number(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetDecimal(out decimal number) => number,
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => throw ManagementError.Invalid(name, "must be a number."),
    };

    private static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw ManagementError.Invalid(name, "must be true or false."),
    };

    private static string? DurationOf(string name, JsonElement value)
    {
        string? text = Text(name, value);
        if (text is not null && BudgetDuration.Parse(text) is null) throw ManagementError.Invalid(name, "must be a number with s, m, h, d, w or mo, such as 30d.");
        return text;
    }

    private static DateTimeOffset? ExpiryOf(string name, JsonElement value, DateTimeOffset now) => DurationOf(name, value) is { } text ? BudgetDuration.Parse(text)!.Value.After(now) : null;

    // LiteLLM's routes may have the version, and a name for all that are for models.
    private static string RouteOf(string route) => route is "llm_api_routes" ? "*" : route.StartsWith("/v1/", StringComparison.Ordinal) ? route[3..] : route;
}
