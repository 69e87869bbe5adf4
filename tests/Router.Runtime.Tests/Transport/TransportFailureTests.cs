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
        AssertIs(FailureKind.ConnectionFailed, "made: refused (127.0.0.1:1)", new HttpRequestException(HttpRequestError.ConnectionError, "refused (127.0.0.1:1)", new SocketException((int)SocketError.ConnectionRefused)));
        AssertIs(FailureKind.ConnectionFailed, "in the middle of the answer", new HttpIOException(HttpRequestError.ResponseEnded));
        AssertIs(FailureKind.ConnectionFailed, "in the middle of the answer", new HttpRequestException(HttpRequestError.ResponseEnded));
        AssertIs(FailureKind.ConnectionFailed, "reset", new IOException("reset"));
        AssertIs(FailureKind.ConnectionFailed, "stream", new ObjectDisposedException("stream"));
        AssertIs(FailureKind.ConnectionFailed, "TLS", new AuthenticationException("TLS"));
    }

    [Theory]
    [InlineData("RemoteCertificateNameMismatch, RemoteCertificateChainErrors", "another host name", "CertificateNameMismatch")]
    [InlineData("NotTimeValid", "not valid at this time", "CertificateExpired")]
    [InlineData("UntrustedRoot", "not trusted", "CertificateUntrusted")]
    [InlineData("PartialChain", "not trusted", "CertificateUntrusted")]
    [InlineData("Revoked", "revoked", "CertificateRevoked")]
    [InlineData("Cannot determine the frame size", "speaks https", "SecureConnectionError")]
    public void What_is_wrong_with_a_certificate_is_told_and_what_to_do(string words, string expected, string detail)
    {
        var exception = new HttpRequestException(HttpRequestError.SecureConnectionError, "see inner", new AuthenticationException($"invalid: {words}"));
        AssertIs(FailureKind.ConnectionFailed, expected, exception);
        Assert.Equal(detail, TransportFailure.From(exception, CancelCause.None).Detail);
        AssertIs(FailureKind.Timeout, "(TimeoutSeconds)", exception, CancelCause.Deadline);
    }

    [Theory]
    [InlineData(0, "NO_ERROR", FailureKind.ConnectionFailed)]
    [InlineData(7, "REFUSED_STREAM", FailureKind.ConnectionFailed)]
    [InlineData(11, "ENHANCE_YOUR_CALM", FailureKind.Overloaded)]
    [InlineData(13, "HTTP_1_1_REQUIRED. Set RouterOptions.HttpVersion", FailureKind.ConnectionFailed)]
    [InlineData(0x10c, "0x10c", FailureKind.ConnectionFailed)]
    public void A_code_of_HTTP2_is_named_wherever_it_is(long code, string name, FailureKind kind)
    {
        var protocol = new HttpProtocolException(code, "what the framework says", null);
        AssertIs(kind, name, protocol);
        AssertIs(kind, name, new HttpRequestException(HttpRequestError.HttpProtocolError, "outer", protocol));
        AssertIs(kind, name, new HttpRequestException("outer", new IOException("middle", protocol)));
        Assert.Equal(name.Split('.')[0], TransportFailure.From(protocol, CancelCause.None).Detail);
        AssertIs(FailureKind.Timeout, "(TimeoutSeconds)", protocol, CancelCause.Deadline);
    }

    [Theory]
    [InlineData("The proxy tunnel request to proxy 'http://user:secret@proxy/' failed with status code '407'.", "it answered 407. Check the user", "ProxyTunnelError407")]
    [InlineData("The proxy tunnel request to proxy 'http://user:secret@proxy/' failed with status code '502'.\"", "it answered 502. Check the proxy", "ProxyTunnelError502")]
    [InlineData("anything that ends with secret", "endpoint. Check the proxy", "ProxyTunnelError")]
    [InlineData("secret'40'.", "endpoint. Check the proxy", "ProxyTunnelError")]
    [InlineData("", "endpoint. Check the proxy", "ProxyTunnelError")]
    public void Of_what_a_proxy_refused_only_its_status_is_kept(string told, string expected, string detail)
    {
        Infrastructure.AttemptFailure failure = TransportFailure.From(new HttpRequestException(HttpRequestError.ProxyTunnelError, told), CancelCause.None);
        Assert.Equal((FailureKind.ConnectionFailed, detail), (failure.Kind, failure.Detail));
        Assert.Contains(expected, failure.Message);
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Fact]
    public void A_version_that_the_server_does_not_speak_is_named_by_its_option() =>
        AssertIs(FailureKind.ConnectionFailed, "RouterOptions.HttpVersion", new HttpRequestException(HttpRequestError.VersionNegotiationError, "no"));

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
