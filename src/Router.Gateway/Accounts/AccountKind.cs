namespace RouterGen;

/// <summary>The kinds of accounts that a gateway's calls are charged to, and what they refer to.</summary>
public enum AccountKind
{
    /// <summary>A virtual key; its id is the SHA-256 of the key in lower-case hexadecimal, so that the key itself is nowhere.</summary>
    Key,

    /// <summary>A team, to which keys belong.</summary>
    Team,

    /// <summary>A user, to whom keys belong.</summary>
    User,

    /// <summary>A user within a team: what this user may spend of the team's budget.</summary>
    Member,

    /// <summary>Limits that accounts of other kinds refer to. Nothing is charged to it.</summary>
    Budget,

    /// <summary>A customer of a client, whom requests name as their end user: what it may spend, whatever the key.</summary>
    Customer,

    /// <summary>An organization, to which teams and keys belong.</summary>
    Organization,
}
