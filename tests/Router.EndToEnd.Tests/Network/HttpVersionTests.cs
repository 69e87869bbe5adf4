using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>The version of HTTP that a router asks for, at servers that speak one, the other, or both.</summary>
public sealed class HttpVersionTests
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();

    public static MatrixTheoryData<Dialect, Way> DialectsAndAsyncWays => new(Dialects, [Way.Whole, Way.Streamed]);

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Dialects, Enum.GetValues<Way>());

    public static MatrixTheoryData<Dialect, FaultKind> Faults => new(Dialects, [FaultKind.Cut, FaultKind.EndEarly, FaultKind.StreamError, FaultKind.ResetAfterHeaders, FaultKind.TruncatedJson, FaultKind.Empty]);

    [Theory]
    [MemberData(nameof(DialectsAndAsyncWays))]
    public async Task Version_2_is_spoken_with_a_server_that_speaks_nothing_else(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync(TestAuthority.Trusting(HttpVersion.Version20), Over(HttpProtocols.Http2));
        world.Script(dialect).ReplyWith(new Reply { Text = "one two three" });

        Got got = await world.Only(dialect).AskAsync(way);

        Assert.Equal("one two three", got.Text);
        Assert.Single(got.Attempts);
        Assert.NotNull(got.Usage);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task Version_2_falls_back_where_the_server_speaks_1_1_alone(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync(TestAuthority.Trusting(HttpVersion.Version20), Over(HttpProtocols.Http1));
        Assert.Single((await world.Only(dialect).AskAsync(way)).Attempts);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task The_usual_version_is_1_1(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync(new RouterOptions { Transport = new HttpMessageInvoker(TestAuthority.TrustingHandler()) }, Over(HttpProtocols.Http1AndHttp2));
        await using World other = await World.StartAsync(new RouterOptions { Transport = new HttpMessageInvoker(TestAuthority.TrustingHandler()) }, Over(HttpProtocols.Http2));

        Assert.Single((await world.Only(dialect).AskAsync(way)).Attempts);
        Assert.Equal(FailureKind.ConnectionFailed, (await other.Once(dialect).FailAsync(way)).Kind);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    public async Task A_synchronous_call_is_made_in_1_1_where_the_policy_allows_it(Dialect dialect)
    {
        await using World world = await World.StartAsync(TestAuthority.Trusting(HttpVersion.Version20), Over(HttpProtocols.Http1AndHttp2));
        Assert.Single((await world.Only(dialect).AskAsync(Way.Synchronous)).Attempts);
    }

    [Fact]
    public async Task A_synchronous_call_that_must_not_be_made_in_1_1_is_not_made()
    {
        RouterOptions options = TestAuthority.Trusting(HttpVersion.Version20);
        options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await using World world = await World.StartAsync(options, Over(HttpProtocols.Http1AndHttp2));

        await Assert.ThrowsAsync<NotSupportedException>(() => world.Only(Dialect.OpenAIChat).AskAsync(Way.Synchronous));
        Assert.Equal(0, world.Script(Dialect.OpenAIChat).Calls);
        Assert.Single((await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole)).Attempts);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_server_that_does_not_speak_what_is_demanded_has_failed(Way way)
    {
        RouterOptions options = TestAuthority.Trusting(HttpVersion.Version20);
        options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await using World world = await World.StartAsync(options, Over(HttpProtocols.Http1));

        RoutingException failure = await world.Once(Dialect.OpenAIChat).FailAsync(way);

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains("version of HTTP", failure.Message);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_client_of_the_callers_own_is_asked_for_the_version_too(Way way)
    {
        var options = new RouterOptions { Transport = new HttpClient(TestAuthority.TrustingHandler()) { Timeout = Timeout.InfiniteTimeSpan }, HttpVersion = HttpVersion.Version20 };
        await using World world = await World.StartAsync(options, Over(HttpProtocols.Http2));
        Assert.Single((await world.Only(Dialect.OpenAIChat).AskAsync(way)).Attempts);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_fails_over_in_1_1_fails_over_in_2(Dialect dialect, FaultKind fault)
    {
        await using World world = await World.StartAsync(TestAuthority.Trusting(HttpVersion.Version20), Over(HttpProtocols.Http2));
        world.Script(dialect).Always(Fault.Of(fault));

        Got got = await world.Pair(dialect).AskAsync(Way.Streamed);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.Equal(2, got.Attempts.Count);
        Assert.Equal(1, world.Pair(dialect).Status[0].Failures);
    }

    private static FakeProviderOptions Over(HttpProtocols protocols) => new()
    {
        Listen = listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(TestAuthority.Valid);
        },
    };
}
