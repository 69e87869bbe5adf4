using Microsoft.AspNetCore.Hosting;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>A proxy between the router and a provider that is asked over TLS.</summary>
public sealed class ProxyTests
{
    public static TheoryData<Way> Ways => new(Enum.GetValues<Way>());

    public static MatrixTheoryData<Way, string> WaysAndStatuses => new(Enum.GetValues<Way>(), ["407 Proxy Authentication Required", "502 Bad Gateway", "403 Forbidden"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_tunnel_carries_the_call_and_the_proxy_sees_no_key(Way way)
    {
        await using var proxy = new ProxyServer("200 Connection Established");
        await using World world = await StartAsync(proxy);

        Assert.Single((await world.Only(Dialect.OpenAIChat).AskAsync(way)).Attempts);

        string seen = Assert.Single(proxy.Requests);
        Assert.StartsWith("CONNECT 127.0.0.1:", seen);
        Assert.DoesNotContain(World.OpenAIKey, seen);
    }

    [Theory]
    [MemberData(nameof(WaysAndStatuses))]
    public async Task A_proxy_that_makes_no_tunnel_is_named_by_its_status_and_its_password_is_nowhere(Way way, string status)
    {
        await using var proxy = new ProxyServer(status);
        await using World world = await StartAsync(proxy);

        RoutingException failure = await world.Once(Dialect.OpenAIChat).FailAsync(way);

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains($"The proxy made no tunnel to the endpoint: it answered {status[..3]}.", failure.Message);
        Assert.Contains(status.StartsWith("407", StringComparison.Ordinal) ? "password for the proxy" : "HTTPS_PROXY", failure.Message);
        Assert.DoesNotContain(ProxyServer.Password, failure.ToString());
        Assert.All(world.Log.Entries, entry => Assert.DoesNotContain(ProxyServer.Password, entry.ToString()));
        Assert.Equal(1, world.Once(Dialect.OpenAIChat).Status[0].FailuresInARow);
        Assert.Equal(0, world.Script(Dialect.OpenAIChat).Calls);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_proxy_that_says_nothing_is_left_in_time(Way way)
    {
        await using var proxy = new ProxyServer(status: null);
        await using World world = await StartAsync(proxy, connectTimeout: TimeSpan.FromSeconds(0.3));

        RoutingException failure = await world.Once(Dialect.OpenAIChat).FailAsync(way);

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Contains("ConnectTimeout", failure.Message);
        Assert.DoesNotContain(ProxyServer.Password, failure.ToString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_proxy_that_is_not_there(Way way)
    {
        var proxy = new ProxyServer(status: null);
        await using World world = await StartAsync(proxy);
        await proxy.DisposeAsync();

        RoutingException failure = await world.Once(Dialect.OpenAIChat).FailAsync(way);

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains("refused", failure.Message);
        Assert.DoesNotContain(ProxyServer.Password, failure.ToString());
    }

    private static Task<World> StartAsync(ProxyServer proxy, TimeSpan? connectTimeout = null)
    {
        SocketsHttpHandler handler = TestAuthority.TrustingHandler();
        handler.Proxy = proxy;
        handler.ConnectTimeout = connectTimeout ?? handler.ConnectTimeout;
        return World.StartAsync(
            new RouterOptions { Transport = new HttpMessageInvoker(handler) },
            new FakeProviderOptions { Listen = static listen => listen.UseHttps(TestAuthority.Valid) });
    }
}
