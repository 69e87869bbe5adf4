namespace RouterGen.Generator.Parsing;

/// <summary>Judges base URLs.</summary>
internal static class Endpoints
{
    /// <summary>The URL as it is to be used, without a slash at its end; null where it cannot be, for the reason given.</summary>
    public static string? Normalize(string endpoint, out string objection)
    {
        objection = "";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri uri) || uri.Scheme is not ("https" or "http"))
        {
            objection = "is not an absolute URL: it must start with https://, or http:// for a loopback address";
        }
        else if (uri.Scheme is "http" && !uri.IsLoopback)
        {
            objection = "would send the key in clear text: use https, http is for loopback addresses only";
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            objection = "must be a base URL: without user name, query and fragment";
        }

        return objection.Length == 0 ? endpoint.Trim().TrimEnd('/') : null;
    }

    /// <summary>Whether a valid base URL stays on this machine.</summary>
    public static bool IsLoopback(string endpoint) => new Uri(endpoint).IsLoopback;
}
