using RouterGen.Infrastructure;

namespace RouterGen.Google;

/// <summary>Why there is no token. Nothing here holds what a file of credentials or a token endpoint keeps secret.</summary>
internal static class TokenFailures
{
    private const string Start = "No token of Google Cloud could be fetched. ";
    private const int LongestText = 300;

    /// <summary>The identity is not there, or is refused: that does not change soon.</summary>
    public static AttemptFailure Refused(string why, string? code = null) => Failed(FailureKind.AuthenticationFailed, why, code);

    /// <summary>It may work the next time.</summary>
    public static AttemptFailure Passing(string why, Exception? exception = null) => Failed(FailureKind.ConnectionFailed, why, null) with { Exception = exception };

    /// <summary>A text from outside, for a message.</summary>
    public static string Shown(string text)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");
    }

    private static AttemptFailure Failed(FailureKind kind, string why, string? code) => new(kind, Start + why) { Scope = FailureScope.Key, ErrorCode = code };
}
