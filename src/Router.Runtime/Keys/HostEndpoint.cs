using System.Net;
using System.Net.Sockets;

namespace RouterGen;

/// <summary>
/// What a variable with an endpoint means where the endpoint that it overrides is on this machine. Variables of local servers, such as
/// <c>OLLAMA_HOST</c>, hold what the server listens to: a host and a port, without a scheme, and perhaps all addresses of the machine, which
/// nothing can be sent to.
/// </summary>
internal static class HostEndpoint
{
    private const string SchemeEnd = "://", ThisMachine = "localhost";

    /// <summary>Returns the endpoint, with the scheme and the port of the declared one where the value has neither; the value itself where it is none of that.</summary>
    /// <param name="value">What the variable holds.</param>
    /// <param name="declared">The endpoint that it overrides.</param>
    public static string Of(string value, string declared)
    {
        if (!Uri.TryCreate(declared, UriKind.Absolute, out Uri? usual) || !usual.IsLoopback) return value;
        bool hasScheme = value.Contains(SchemeEnd, StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? value : usual.Scheme + SchemeEnd + Complete(value, usual.Port), UriKind.Absolute, out Uri? meant)) return value;
        bool isAnyAddress = IPAddress.TryParse(meant.Host.Trim('[', ']'), out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        if (hasScheme && !isAnyAddress) return value;
        return new UriBuilder(meant) { Host = isAnyAddress ? ThisMachine : meant.Host }.Uri.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>Returns a host and a port with what follows them; the value may lack either of the two.</summary>
    private static string Complete(string value, int usualPort)
    {
        int end = value.IndexOf('/', StringComparison.Ordinal);
        string host = end < 0 ? value : value[..end], path = end < 0 ? "" : value[end..];
        if (IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily is AddressFamily.InterNetworkV6 && host[0] != '[') host = $"[{host}]";
        if (host.LastIndexOf(':') <= host.LastIndexOf(']')) host += ":" + usualPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return host[0] == ':' ? ThisMachine + host + path : host + path;
    }
}
