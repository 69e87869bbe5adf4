using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>
/// Finds the session of a request: that of Claude Code, which is the end of <c>metadata.user_id</c> (<c>user_…_account_…_session_{id}</c>, or a member
/// <c>session_id</c> where it is JSON), or a header.
/// </summary>
internal static class AnthropicSession
{
    private const string Mark = "_session_";

    private static readonly string[] Headers = ["x-claude-code-session-id", "x-session-id"];

    /// <summary>Returns the session; null where the request says none.</summary>
    public static string? Of(RelayedRequest request, IHeaderDictionary headers)
    {
        foreach (string name in Headers)
        {
            if (headers.TryGetValue(name, out StringValues session) && session.ToString() is { Length: > 0 } said) return said;
        }

        return OfUser(UserOf(request));
    }

    /// <summary>Returns who the request is for, without its session; null where it says none.</summary>
    public static string? EndUserOf(RelayedRequest request)
    {
        if (UserOf(request) is not { } user || user.StartsWith('{')) return null;
        int mark = user.LastIndexOf(Mark, StringComparison.Ordinal);
        return mark < 0 ? user : user[..mark];
    }

    private static string? UserOf(RelayedRequest request)
    {
        ReadOnlySpan<byte> metadata = request.Find("metadata"u8);
        return metadata.IsEmpty ? null : RequestJson.Parse(metadata).Text("user_id"u8);
    }

    private static string? OfUser(string? user)
    {
        if (user is null) return null;
        int mark = user.LastIndexOf(Mark, StringComparison.Ordinal);
        if (mark >= 0) return user[(mark + Mark.Length)..] is { Length: > 0 } session ? session : null;
        return user.StartsWith('{') ? RequestJson.ParseWithin(user).Text("session_id"u8) : null;
    }
}
