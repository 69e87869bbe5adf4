namespace RouterGen;

/// <summary>
/// A key, team, user, member, budget, customer or organization: who may call, what they may ask for, and how much. All kinds have the same members; what a kind has no use for stays empty.
/// Immutable: a change is a copy, which <see cref="IGatewayStore.ReplaceAsync"/> takes only if nothing else changed meanwhile.
/// </summary>
public sealed record GatewayAccount
{
    /// <summary>Gets what the account is.</summary>
    public required AccountKind Kind { get; init; }

    /// <summary>Gets the account's id, of which each kind has one. That of a key is the SHA-256 of it in lower-case hexadecimal; that of a member is <see cref="MemberId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what the account's costs are counted under: the id that it was made with, which stays when a key is replaced by another.</summary>
    public string SpendId { get => field ?? Id; init; }

    /// <summary>Gets how often the account was changed. The store sets it.</summary>
    public long Version { get; init; }

    /// <summary>Gets the name for people; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets what may be shown of a key, such as <c>sk-...abcd</c>; null for other kinds.</summary>
    public string? KeyName { get; init; }

    /// <summary>Gets the groups that may be asked, by name or with <c>*</c> for any characters; empty for all.</summary>
    public IReadOnlyList<string> Models { get => field ?? []; init; }

    /// <summary>Gets the endpoints that may be asked, without version, such as <c>/chat/completions</c>, or with <c>*</c> for any characters; empty for all.</summary>
    public IReadOnlyList<string> Routes { get => field ?? []; init; }

    /// <summary>Gets the most that may be spent in a period, in USD, 0 or more; null for no limit.</summary>
    public decimal? MaxBudget { get; init; }

    /// <summary>Gets how long a period of the budget is: a number with <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>, <c>w</c> or <c>mo</c>; null for one period that does not end.</summary>
    public string? BudgetDuration { get; init; }

    /// <summary>Gets the most requests a minute, 0 or more; null for no limit.</summary>
    public long? RpmLimit { get; init; }

    /// <summary>Gets the most tokens a minute, input and output, 0 or more; null for no limit.</summary>
    public long? TpmLimit { get; init; }

    /// <summary>Gets the most requests at a time, 0 or more; null for no limit.</summary>
    public long? MaxParallelRequests { get; init; }

    /// <summary>Gets the budget whose limits hold where the account has none of its own; null for none.</summary>
    public string? BudgetId { get; init; }

    /// <summary>Gets the team of a key or a member; null for none.</summary>
    public string? TeamId { get; init; }

    /// <summary>Gets the user of a key or a member; null for none.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the organization of a team, a key, or a member of it; null for none.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Gets the role of a user or a member, which has no effect on what calls may do; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Gets the mail address of a user; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the tags under which costs are counted.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Gets what scripts keep with the account: a JSON object.</summary>
    public string Metadata { get => field ?? "{}"; init; }

    /// <summary>Gets whether no call is answered.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>Gets when a key ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Gets when the account was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the account was changed the last time.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets when costs were last set to zero by hand: no period begins before it.</summary>
    public DateTimeOffset SpendFrom { get; init; }

    /// <summary>Returns the id of an organization's member.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="userId">The user.</param>
    internal static string OrganizationMemberId(string organizationId, string userId) => "organization:" + MemberId(organizationId, userId); // No team's has a letter first.

    /// <summary>Returns the id of a team's member.</summary>
    /// <param name="teamId">The team.</param>
    /// <param name="userId">The user.</param>
    public static string MemberId(string teamId, string userId)
    {
        ArgumentNullException.ThrowIfNull(teamId);
        ArgumentNullException.ThrowIfNull(userId);
        return FormattableString.Invariant($"{teamId.Length}:{teamId}:{userId}"); // No two pairs have the same.
    }
}
