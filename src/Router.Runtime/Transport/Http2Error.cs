namespace RouterGen;

/// <summary>The codes with which a server ends an HTTP/2 stream or connection (RFC 9113 §7).</summary>
internal static class Http2Error
{
    private const long EnhanceYourCalm = 0xb;
    private const long Http11Required = 0xd;

    private static readonly string[] Names =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    /// <summary>Finds the code behind an exception of the transport.</summary>
    public static bool TryFind(Exception exception, out long code)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is not HttpProtocolException protocol) continue;
            code = protocol.ErrorCode;
            return true;
        }

        code = 0;
        return false;
    }

    /// <summary>Returns the code's name, which is that of HTTP/2; a number for any other, such as one of HTTP/3.</summary>
    public static string NameOf(long code) => code >= 0 && code < Names.Length ? Names[code] : $"0x{code:x}";

    /// <summary>Returns what the code means for the call: a server that wants fewer requests is overloaded, and with any other code the connection failed.</summary>
    public static FailureKind KindOf(long code) => code is EnhanceYourCalm ? FailureKind.Overloaded : FailureKind.ConnectionFailed;

    /// <summary>Returns what happened, and what to do where something can be done.</summary>
    public static string Describe(long code) =>
        $"The server ended the HTTP/2 stream or its connection with {NameOf(code)}." + (code is Http11Required ? " Set RouterOptions.HttpVersion to 1.1." : "");
}
