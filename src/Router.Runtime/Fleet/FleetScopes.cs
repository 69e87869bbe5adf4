using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RouterGen;

/// <summary>The names by which instances of a fleet share things.</summary>
internal static class FleetScopes
{
    /// <summary>A deployment of a group: both names, with a slash between them.</summary>
    public static string Of(string group, string deployment) => Escape(group) + "/" + Escape(deployment);

    /// <summary>Limits that several deployments share.</summary>
    public static string OfLimits(string name) => "limits//" + Escape(name);

    /// <summary>What a group spends.</summary>
    public static string OfGroup(string group) => Escape(group) + "//budget";

    /// <summary>An endpoint, key and model: the first 128 bits of a SHA-256, since the key must not be readable in the store.</summary>
    public static string OfEndpoint(Uri address, string? key, string model, ServiceTier? tier)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{address}\n{key}\n{model}\n{tier}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static string Escape(string name) => name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
