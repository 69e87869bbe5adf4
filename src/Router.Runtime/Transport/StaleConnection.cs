using System.Net.Sockets;

namespace RouterGen;

/// <summary>
/// Tells when a request failed only because its server had closed the pooled connection that it was sent on. Such a request is
/// sent once more.
/// </summary>
/// <remarks>
/// A transport does not say whether a connection was reused, so the rule is what can be known: the endpoint has answered before,
/// so that there may be a pooled connection; the connection was closed or reset before the head of an answer; and that took no
/// longer than a round trip does, since the server had closed before the request came. A server that fails while it works on a
/// request takes longer. SocketsHttpHandler repeats by itself only what was closed before the body was sent, and over HTTP/2 what the
/// server says that it has not looked at (REFUSED_STREAM, a GOAWAY with a lower last stream). Nothing of an answer
/// was received, so a repeated request can cost the input twice, but no answer is lost or given twice.
/// </remarks>
internal static class StaleConnection
{
    /// <summary>The longest time from sending to the failure, in ticks.</summary>
    public const long Longest = TimeSpan.TicksPerSecond;

    /// <summary>Whether an exception says that the connection was closed before the head of an answer.</summary>
    public static bool IsClosed(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown } => exception.GetBaseException() is SocketException socket && IsReset(socket),
        _ => false,
    };

    private static bool IsReset(SocketException socket) =>
        socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;
}
