using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RouterGen.Runtime.Tests.Transport;

/// <summary>The handler that the router makes, and offers for a transport of one's own.</summary>
public sealed class HandlerTests
{
    [Fact]
    public void It_is_safe_for_keys_and_for_streams()
    {
        using SocketsHttpHandler handler = RouterOptions.CreateHandler();
        using SocketsHttpHandler another = RouterOptions.CreateHandler();

        Assert.NotSame(handler, another);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Equal(TimeSpan.FromSeconds(10), handler.ConnectTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), handler.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromMilliseconds(100), handler.ResponseDrainTimeout);
        Assert.True(handler.EnableMultipleHttp2Connections);
        Assert.Equal((HttpKeepAlivePingPolicy.WithActiveRequests, TimeSpan.FromSeconds(30)), (handler.KeepAlivePingPolicy, handler.KeepAlivePingDelay));
        Assert.True(handler.UseProxy); // The system's, unless another is set.
        Assert.Null(handler.Proxy);
    }

    [Fact]
    public void The_usual_version_and_lifetime_are_those_of_HTTP_1_1()
    {
        var options = new RouterOptions();
        Assert.Equal((HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrLower, TimeSpan.FromMinutes(2)), (options.HttpVersion, options.HttpVersionPolicy, options.ConnectionLifetime));
        options.ConnectionLifetime = Timeout.InfiniteTimeSpan;
        options.HttpVersion = new Version(3, 0);
        options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    [Fact]
    public void What_makes_no_sense_is_refused_where_it_is_set()
    {
        var options = new RouterOptions();
        Assert.Throws<ArgumentNullException>(() => options.HttpVersion = null!);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.HttpVersion = new Version(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.HttpVersionPolicy = (HttpVersionPolicy)3);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.HttpVersionPolicy = (HttpVersionPolicy)(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ConnectionLifetime = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ConnectionLifetime = TimeSpan.FromSeconds(-1));
    }

    [Fact]
    public void It_has_the_lifetime_and_the_certificate_that_it_is_made_with()
    {
        using X509Certificate2 certificate = CreateCertificate();
        using SocketsHttpHandler handler = HttpTransport.CreateHandler(TimeSpan.FromSeconds(1), TimeSpan.FromHours(3), certificate);

        Assert.Equal(TimeSpan.FromHours(3), handler.PooledConnectionLifetime);
        Assert.Equal(certificate.Thumbprint, handler.SslOptions.ClientCertificateContext!.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused_where_it_is_set()
    {
        using X509Certificate2 certificate = CreateCertificate();
        using X509Certificate2 withoutKey = X509CertificateLoader.LoadCertificate(certificate.RawData);

        Assert.Throws<ArgumentException>(() => new RouterOptions { ClientCertificate = withoutKey });
        Assert.Same(certificate, new RouterOptions { ClientCertificate = certificate }.ClientCertificate);
    }

    [Theory]
    [InlineData(2, HttpVersionPolicy.RequestVersionOrLower, true, 2)]
    [InlineData(2, HttpVersionPolicy.RequestVersionOrLower, false, 1)]
    [InlineData(2, HttpVersionPolicy.RequestVersionExact, false, 2)]
    [InlineData(1, HttpVersionPolicy.RequestVersionExact, false, 1)]
    public void A_synchronous_request_asks_for_1_1_where_that_will_do(int major, HttpVersionPolicy policy, bool async, int asked)
    {
        using var request = new HttpRequestMessage();
        new HttpProtocol(major == 2 ? HttpVersion.Version20 : HttpVersion.Version11, policy).ApplyTo(request, async);
        Assert.Equal(asked, request.Version.Major);
        Assert.Equal(asked == major ? policy : HttpVersionPolicy.RequestVersionOrLower, request.VersionPolicy);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=a client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(60));
    }
}
