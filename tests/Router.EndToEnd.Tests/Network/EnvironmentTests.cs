using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>
/// What the router's own connections do in a process of their own: the proxies of its environment, and the certificate of the client. Only on
/// Linux can a process be told by a variable to trust an authority.
/// </summary>
public sealed class EnvironmentTests
{
    private const string Answer = "Hello from gpt-6-luna. You said: \"Hi\"";

    [Fact]
    public async Task A_proxy_of_the_environment_makes_the_tunnel_and_sees_no_key()
    {
        SkipElsewhere();
        await using FakeProviderServer server = await StartAsync();
        await using var proxy = new ProxyServer("200 Connection Established");

        string printed = await OneCall.RunAsync(server.BaseAddress, new() { ["HTTPS_PROXY"] = proxy.Address });

        Assert.Equal(Answer, printed);
        string seen = Assert.Single(proxy.Requests);
        Assert.StartsWith($"CONNECT 127.0.0.1:{server.BaseAddress.Port} HTTP/1.1", seen);
        Assert.DoesNotContain(World.OpenAIKey, seen);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_that_refuses_is_the_failure_of_the_call()
    {
        SkipElsewhere();
        await using FakeProviderServer server = await StartAsync();
        await using var proxy = new ProxyServer("403 Forbidden");

        string printed = await OneCall.RunAsync(server.BaseAddress, new() { ["HTTPS_PROXY"] = proxy.Address });

        Assert.Contains("The proxy made no tunnel to the endpoint: it answered 403.", printed);
        Assert.DoesNotContain(ProxyServer.Password, printed);
        Assert.Equal(0, server["openai/gpt-6-luna"].Calls);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("example.com,127.0.0.1")]
    public async Task A_host_that_NO_PROXY_names_is_asked_without_one(string hosts)
    {
        SkipElsewhere();
        await using FakeProviderServer server = await StartAsync();
        await using var proxy = new ProxyServer("200 Connection Established");

        string printed = await OneCall.RunAsync(server.BaseAddress, new() { ["HTTPS_PROXY"] = proxy.Address, ["NO_PROXY"] = hosts });

        Assert.Equal(Answer, printed);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task The_certificate_of_the_options_is_shown_to_a_server_that_demands_one()
    {
        SkipElsewhere();
        X509Certificate2? shown = null;
        await using FakeProviderServer server = await StartAsync(https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) =>
            {
                shown = X509CertificateLoader.LoadCertificate(certificate.RawData);
                return true;
            };
        });

        Assert.Contains("ConnectionFailed", await OneCall.RunAsync(server.BaseAddress));
        Assert.Equal(0, server["openai/gpt-6-luna"].Calls);
        Assert.Equal(Answer, await OneCall.RunAsync(server.BaseAddress, certificate: TestAuthority.Client));
        Assert.Equal(TestAuthority.Client.Thumbprint, shown?.Thumbprint);
    }

    [Fact]
    public async Task A_server_that_demands_none_does_not_see_the_certificate()
    {
        SkipElsewhere();
        bool isSeen = false;
        await using FakeProviderServer server = await StartAsync(https => https.ClientCertificateValidation = (_, _, _) => isSeen = true);

        Assert.Equal(Answer, await OneCall.RunAsync(server.BaseAddress, certificate: TestAuthority.Client));
        Assert.False(isSeen);
    }

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux(), "No variable says what a process trusts.");

    private static Task<FakeProviderServer> StartAsync(Action<HttpsConnectionAdapterOptions>? configure = null) => FakeProviderServer.StartAsync(new FakeProviderOptions
    {
        Listen = listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = TestAuthority.Valid;
            configure?.Invoke(https);
        }),
    });
}
