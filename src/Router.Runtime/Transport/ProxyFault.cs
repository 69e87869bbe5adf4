using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A proxy that made no tunnel. The framework's message quotes the proxy's address, which may hold a password: none of it is kept.</summary>
internal static class ProxyFault
{
    /// <summary>Names the failure.</summary>
    public static AttemptFailure From(Exception exception)
    {
        string status = StatusOf(exception.Message);
        string advice = status is "407" ? "Check the user and the password for the proxy." : "Check the proxy (HTTPS_PROXY, NO_PROXY, or that of the transport), and whether it may reach the endpoint.";
        string message = $"The proxy made no tunnel to the endpoint{(status.Length > 0 ? $": it answered {status}" : "")}. {advice}";
        return new AttemptFailure(FailureKind.ConnectionFailed, message)
        {
            Exception = new HttpRequestException(HttpRequestError.ProxyTunnelError, message),
            Detail = "ProxyTunnelError" + status,
        };
    }

    /// <summary>The status with which the message ends; the framework tells it nowhere else. Empty where there is none.</summary>
    private static string StatusOf(string message)
    {
        ReadOnlySpan<char> end = message.AsSpan().TrimEnd("'.\"");
        if (end.Length < 4 || end[^4] != '\'') return "";
        ReadOnlySpan<char> status = end[^3..];
        return char.IsAsciiDigit(status[0]) && char.IsAsciiDigit(status[1]) && char.IsAsciiDigit(status[2]) ? status.ToString() : "";
    }
}
