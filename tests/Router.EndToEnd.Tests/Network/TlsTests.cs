using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>Servers with which no secure connection can be made: each is a failure of its deployment, and the next one answers.</summary>
public sealed class TlsTests
{
    public static TheoryData<Way> Ways => new(Enum.GetValues<Way>());

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_certificate_that_the_machine_does_not_trust(Way way)
    {
        Attempt failed = await FailoverAsync(way, TestAuthority.Valid, new RouterOptions());
        Assert.Contains("issuer of the server's certificate is not trusted", failed.Message);
        Assert.Contains("SslOptions", failed.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_certificate_of_another_host(Way way)
    {
        Attempt failed = await FailoverAsync(way, TestAuthority.Elsewhere, Trusting());
        Assert.Contains("for another host name", failed.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_certificate_that_has_expired(Way way)
    {
        Attempt failed = await FailoverAsync(way, TestAuthority.Expired, Trusting());
        Assert.Contains("not valid at this time", failed.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_server_without_TLS(Way way)
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        Attempt failed = await FailoverAsync(way, $"https://127.0.0.1:{server.BaseAddress.Port}", Trusting());
        Assert.Contains("No secure connection", failed.Message);
        Assert.Contains("speaks https", failed.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_server_that_demands_a_certificate_of_the_client(Way way)
    {
        await using FakeProviderServer server = await DemandingAsync();
        Attempt failed = await FailoverAsync(way, server.BaseAddress.ToString(), Trusting());
        Assert.Contains("onnection", failed.Message);
        Assert.Equal(0, server[World.NameOf(Dialect.OpenAIChat)].Calls);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_certificate_of_the_client_goes_with_a_handler_of_the_callers_own(Way way)
    {
        await using FakeProviderServer server = await DemandingAsync();
        SocketsHttpHandler handler = TestAuthority.TrustingHandler();
        handler.SslOptions.ClientCertificates = [TestAuthority.Client];
        handler.SslOptions.LocalCertificateSelectionCallback = static (_, _, certificates, _, _) => certificates[0];
        await using World world = await World.StartAsync(
            new RouterOptions { Transport = new HttpMessageInvoker(handler) }, new FakeProviderOptions(), (World.AddressOf(Dialect.OpenAIChat), new Uri(server.BaseAddress, "openai/v1").ToString()));

        Assert.Single((await world.Only(Dialect.OpenAIChat).AskAsync(way)).Attempts);
        Assert.Equal(1, server[World.NameOf(Dialect.OpenAIChat)].Calls);
    }

    private static RouterOptions Trusting() => new() { Transport = new HttpMessageInvoker(TestAuthority.TrustingHandler()) };

    private static Task<FakeProviderServer> DemandingAsync() => FakeProviderServer.StartAsync(new FakeProviderOptions
    {
        Listen = static listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = TestAuthority.Valid;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = static (_, _, _) => true;
        }),
    });

    private static async Task<Attempt> FailoverAsync(Way way, X509Certificate2 certificate, RouterOptions options)
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync(new FakeProviderOptions { Listen = listen => listen.UseHttps(certificate) });
        Attempt failed = await FailoverAsync(way, server.BaseAddress.ToString(), options);
        Assert.Equal(0, server[World.NameOf(Dialect.OpenAIChat)].Calls);
        return failed;
    }

    private static async Task<Attempt> FailoverAsync(Way way, string address, RouterOptions options)
    {
        await using World world = await World.StartAsync(options, new FakeProviderOptions(), (World.AddressOf(Dialect.OpenAIChat), new Uri(new Uri(address), "openai/v1").ToString()));
        ChatGroup group = world.Pair(Dialect.OpenAIChat);

        Got got = await group.AskAsync(way);

        Assert.Equal(World.RescuerOf(Dialect.OpenAIChat), got.Deployment);
        Assert.Equal([FailureKind.ConnectionFailed, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Null(got.Attempts[0].StatusCode);
        Assert.DoesNotContain(World.OpenAIKey, got.Attempts[0].Message);
        Assert.Equal((DeploymentHealth.CoolingDown, 1), (group.Status[0].Health, group.Status[0].FailuresInARow));
        return got.Attempts[0];
    }
}
