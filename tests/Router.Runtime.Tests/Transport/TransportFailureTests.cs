using System.Net.Sockets;
using System.Security.Authentication;

namespace RouterGen.Runtime.Tests;

public class TransportFailureTests
{
    [Fact]
    public void A_limit_that_ended_is_named_whatever_was_thrown()
    {
        AssertIs(FailureKind.Timeout, "(TimeoutSeconds)", new IOException("closed"), CancelCause.Deadline);
        AssertIs(FailureKind.Timeout, "(AttemptTimeoutSeconds)", new OperationCanceledException(), CancelCause.AttemptTimeout);
        AssertIs(FailureKind.Timeout, "(FirstTokenTimeoutSeconds)", new ObjectDisposedException("stream"), CancelCause.FirstTokenTimeout);
        AssertIs(FailureKind.Timeout, "(StreamIdleTimeoutSeconds)", new HttpRequestException("closed"), CancelCause.StreamIdleTimeout);
    }

    [Fact]
    public void A_transport_that_gives_up_by_itself_is_a_timeout()
    {
        AssertIs(FailureKind.Timeout, "gave up waiting.", new TaskCanceledException());
        AssertIs(FailureKind.Timeout, "100 seconds", new TaskCanceledException("cancelled", new TimeoutException("100 seconds elapsed")));
    }

    [Fact]
    public void Connections_that_fail_are_connections_that_fail()
    {
        AssertIs(FailureKind.ConnectionFailed, "host name", new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"));
        AssertIs(FailureKind.ConnectionFailed, "secure connection could be made: bad certificate", new HttpRequestException(HttpRequestError.SecureConnectionError, "SSL", new AuthenticationException("bad certificate")));
        AssertIs(FailureKind.ConnectionFailed, "refused", new HttpRequestException(HttpRequestError.ConnectionError, "outer", new SocketException((int)SocketError.ConnectionRefused)));
        AssertIs(FailureKind.ConnectionFailed, "in the middle of the answer", new HttpIOException(HttpRequestError.ResponseEnded));
        AssertIs(FailureKind.ConnectionFailed, "in the middle of the answer", new HttpRequestException(HttpRequestError.ResponseEnded));
        AssertIs(FailureKind.ConnectionFailed, "reset", new IOException("reset"));
        AssertIs(FailureKind.ConnectionFailed, "stream", new ObjectDisposedException("stream"));
        AssertIs(FailureKind.ConnectionFailed, "TLS", new AuthenticationException("TLS"));
    }

    [Fact]
    public void Answers_that_are_none_are_invalid()
    {
        AssertIs(FailureKind.InvalidResponse, "not valid HTTP", new HttpRequestException(HttpRequestError.InvalidResponse, "bad header"));
        AssertIs(FailureKind.InvalidResponse, "not valid HTTP", new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "too long"));
        AssertIs(FailureKind.InvalidResponse, "16 MB", new InvalidDataException("larger than 16 MB"));
        AssertIs(FailureKind.InvalidResponse, "FormatException: what", new FormatException("what"));
    }

    private static void AssertIs(FailureKind kind, string words, Exception exception, CancelCause cause = CancelCause.None)
    {
        Infrastructure.AttemptFailure failure = TransportFailure.From(exception, cause);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Same(exception, failure.Exception);
    }
}
