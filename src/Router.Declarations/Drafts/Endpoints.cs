using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Drafts;

/// <summary>Judges base URLs.</summary>
internal static class Endpoints
{
    /// <summary>The URL as it is to be used, without a slash at its end; null where it cannot be, for the reason given.</summary>
    public static string? Normalize(string endpoint, out string objection)
    {
        objection = "";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http"))
        {
            objection = "is not an absolute URL: it must start with https://, or with http:// for a loopback address or a server that takes no key";
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            objection = "must be a base URL: without user name, query and fragment";
        }

        return objection.Length == 0 ? endpoint.Trim().TrimEnd('/') : null;
    }

    /// <summary>Returns a URL as a message may show it: without what may be a password or a key.</summary>
    public static string Show(string endpoint)
    {
        int start = endpoint.IndexOf("://", StringComparison.Ordinal) is >= 0 and int scheme ? scheme + 3 : 0;
        int path = endpoint.IndexOfAny(['/', '?', '#'], start) is >= 0 and int slash ? slash : endpoint.Length;
        int user = path > start ? endpoint.LastIndexOf('@', path - 1, path - start) : -1;
        string shown = user < 0 ? endpoint : endpoint.Substring(0, start) + Secrets.Redacted + endpoint.Substring(user);
        int query = shown.IndexOfAny(['?', '#']);
        return query < 0 ? shown : shown.Substring(0, query + 1) + Secrets.Redacted;
    }

    /// <summary>Whether what is sent to a valid base URL can be read on its way.</summary>
    public static bool IsClearText(string endpoint) => UriOf(endpoint) is { Scheme: "http", IsLoopback: false };

    /// <summary>Whether a valid base URL stays on this machine.</summary>
    public static bool IsLoopback(string endpoint) => UriOf(endpoint).IsLoopback;

    /// <summary>The host and port of a valid base URL, with the parts that variables hold as they are stated.</summary>
    public static string Authority(string endpoint)
    {
        int start = endpoint.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = endpoint.IndexOf('/', start);
        return end < 0 ? endpoint.Substring(start) : endpoint.Substring(start, end - start);
    }

    // Parts in braces are filled in while the program runs.
    private static Uri UriOf(string endpoint)
    {
        int start;
        while ((start = endpoint.IndexOf('{')) >= 0 && endpoint.IndexOf('}', start) is > 0 and var end) endpoint = endpoint.Substring(0, start) + "part" + endpoint.Substring(end + 1);
        return new Uri(endpoint);
    }
}
