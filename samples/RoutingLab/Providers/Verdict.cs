namespace RoutingLab;

/// <summary>What a provider does with a request.</summary>
internal enum VerdictKind
{
    /// <summary>It answers.</summary>
    Answer,

    /// <summary>It answers with an error status.</summary>
    Refusal,

    /// <summary>It does not accept the connection.</summary>
    Refused,

    /// <summary>Nothing ever comes.</summary>
    Silence,
}

/// <summary>What a provider does with a request, and when, in ticks from its arrival.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="FirstToken">When the first token, or the refusal, comes.</param>
/// <param name="End">When the answer is complete.</param>
/// <param name="Status">A refusal's status.</param>
/// <param name="RetryAfter">A refusal's Retry-After in seconds; 0 is none.</param>
/// <param name="OutputTokens">How long the answer is.</param>
internal readonly record struct Verdict(VerdictKind Kind, long FirstToken, long End = 0, int Status = 0, double RetryAfter = 0, int OutputTokens = 0);
