using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>Servers that end HTTP/2 streams and connections, in order and out of order.</summary>
public sealed class Http2FaultTests
{
    private static readonly Way[] Ways = [Way.Whole, Way.Streamed];
    private static readonly Http2Code[] Codes = [Http2Code.NO_ERROR, Http2Code.INTERNAL_ERROR, Http2Code.CANCEL, Http2Code.ENHANCE_YOUR_CALM, Http2Code.PROTOCOL_ERROR];

    public static MatrixTheoryData<Way, Http2Code, bool> Resets => new(Ways, Codes, [true, false]);

    public static TheoryData<Http2Code> AnyCode => new(Codes);

    [Theory]
    [MemberData(nameof(Resets))]
    public async Task A_reset_before_the_first_content_fails_over(Way way, Http2Code code, bool afterHead)
    {
        await using var server = new Http2Server(async exchange =>
        {
            if (afterHead) await exchange.SendHeadAsync();
            await exchange.ResetAsync(code);
        });
        await using World world = await StartAsync(server);

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(way);

        AssertFailedOver(world, got, code is Http2Code.ENHANCE_YOUR_CALM ? FailureKind.Overloaded : FailureKind.ConnectionFailed, code.ToString());
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [MemberData(nameof(AnyCode))]
    public async Task A_reset_in_the_middle_of_a_whole_answer_fails_over(Http2Code code)
    {
        await using var server = new Http2Server(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ResetAsync(code);
        });
        await using World world = await StartAsync(server);

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(Way.Whole);

        AssertFailedOver(world, got, code is Http2Code.ENHANCE_YOUR_CALM ? FailureKind.Overloaded : FailureKind.ConnectionFailed, code.ToString());
    }

    [Theory]
    [MemberData(nameof(AnyCode))]
    public async Task A_reset_in_the_middle_of_a_stream_is_told_to_the_caller_who_keeps_what_had_arrived(Http2Code code)
    {
        var hasContent = new TaskCompletionSource();
        await using var server = new Http2Server(async exchange =>
        {
            await exchange.BeginAsync();
            await hasContent.Task; // A reset may overtake what came before it.
            await exchange.ResetAsync(code);
        });
        await using World world = await StartAsync(server);

        RoutingException failure = await FailInStreamAsync(world, hasContent);

        Assert.Equal(code is Http2Code.ENHANCE_YOUR_CALM ? FailureKind.Overloaded : FailureKind.ConnectionFailed, failure.Kind);
        Assert.Contains(code.ToString(), failure.Message);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task What_the_server_refused_unseen_is_sent_again_and_is_no_failure(Way way)
    {
        await using var server = new Http2Server(exchange => exchange.Number == 1 ? exchange.ResetAsync(Http2Code.REFUSED_STREAM) : exchange.AnswerAsync());
        await using World world = await StartAsync(server);

        await AssertAnswersAsync(world, way);

        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_server_that_refuses_each_stream_is_left(Way way)
    {
        await using var server = new Http2Server(exchange => exchange.ResetAsync(Http2Code.REFUSED_STREAM));
        await using World world = await StartAsync(server);

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(way);

        AssertFailedOver(world, got, FailureKind.ConnectionFailed, "REFUSED_STREAM");
        Assert.InRange(server.Requests, 2, 4);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task What_a_GOAWAY_leaves_out_is_sent_again_on_a_new_connection_and_is_no_failure(Way way)
    {
        await using var server = new Http2Server(async exchange =>
        {
            if (exchange.Number > 1)
            {
                await exchange.AnswerAsync();
                return;
            }

            await exchange.GoAwayAsync(Http2Code.NO_ERROR, includesThis: false);
            exchange.Connection.Close();
        });
        await using World world = await StartAsync(server);

        await AssertAnswersAsync(world, way);

        Assert.Equal((2, 2), (server.Requests, server.Connections));
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_GOAWAY_in_the_middle_of_an_answer_lets_it_end_and_the_next_call_has_a_new_connection(Way way)
    {
        await using var server = new Http2Server(async exchange =>
        {
            if (exchange.Number == 1) await exchange.GoAwayAsync(Http2Code.NO_ERROR, includesThis: true);
            await exchange.AnswerAsync();
        });
        await using World world = await StartAsync(server);

        await AssertAnswersAsync(world, way);
        await AssertAnswersAsync(world, way);

        Assert.Equal((2, 2), (server.Requests, server.Connections));
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_connection_that_ends_after_its_GOAWAY_fails_a_request_that_was_included(Way way)
    {
        await using var server = new Http2Server(async exchange =>
        {
            await exchange.GoAwayAsync(Http2Code.NO_ERROR, includesThis: true);
            exchange.Connection.Close();
        });
        await using World world = await StartAsync(server);

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(way);

        AssertFailedOver(world, got, FailureKind.ConnectionFailed, "connection");
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_in_the_middle_of_a_stream_is_told_to_the_caller(bool resets)
    {
        var hasContent = new TaskCompletionSource();
        await using var server = new Http2Server(async exchange =>
        {
            await exchange.BeginAsync();
            await hasContent.Task;
            if (!resets) await exchange.GoAwayAsync(Http2Code.NO_ERROR, includesThis: true);
            exchange.Connection.Close(resets);
        });
        await using World world = await StartAsync(server);

        RoutingException failure = await FailInStreamAsync(world, hasContent);

        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
    }

    [Theory]
    [InlineData(Way.Whole, false)]
    [InlineData(Way.Whole, true)]
    [InlineData(Way.Streamed, false)]
    [InlineData(Way.Streamed, true)]
    public async Task A_pooled_connection_that_the_server_ends_with_the_next_request_costs_no_attempt(Way way, bool resets)
    {
        await using var server = new Http2Server(exchange =>
        {
            if (exchange.Number != 2) return exchange.AnswerAsync();
            exchange.Connection.Close(resets);
            return Task.CompletedTask;
        });
        await using World world = await StartAsync(server);

        await AssertAnswersAsync(world, way);
        await AssertAnswersAsync(world, way);

        Assert.Equal((3, 2), (server.Requests, server.Connections));
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_server_that_closes_idle_connections_costs_no_attempt(Way way)
    {
        await using var server = new Http2Server(async exchange =>
        {
            await exchange.AnswerAsync();
            await exchange.GoAwayAsync(Http2Code.NO_ERROR, includesThis: true);
            exchange.Connection.Close();
        });
        await using World world = await StartAsync(server);

        for (int call = 0; call < 4; call++) await AssertAnswersAsync(world, way);

        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_reset_and_its_connection_goes_on()
    {
        var left = new TaskCompletionSource<Http2Code>();
        await using var server = new Http2Server(async exchange =>
        {
            if (exchange.Number > 1)
            {
                await exchange.AnswerAsync();
                return;
            }

            await exchange.BeginAsync();
            left.SetResult(await exchange.WasReset.Task.WaitAsync(exchange.Connection.Stopping));
        });
        await using World world = await StartAsync(server);

        await foreach (ChatResponseUpdate update in world.Only(Dialect.OpenAIChat).StreamAsync("Hi"))
        {
            if (update.Text.Length > 0) break;
        }

        Assert.Equal(Http2Code.CANCEL, await left.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        await AssertAnswersAsync(world, Way.Streamed);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_reset_and_its_connection_goes_on()
    {
        var left = new TaskCompletionSource<Http2Code>();
        await using var server = new Http2Server(async exchange =>
        {
            if (exchange.Number > 1)
            {
                await exchange.AnswerAsync();
                return;
            }

            await exchange.BeginAsync();
            left.SetResult(await exchange.WasReset.Task.WaitAsync(exchange.Connection.Stopping));
        });
        await using World world = await StartAsync(server);

        RoutingException failure = await world.Restless(Dialect.OpenAIChat).FailAsync(Way.Streamed);

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Equal("one ", failure.PartialResponse!.Text);
        Assert.Equal(Http2Code.CANCEL, await left.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        await AssertAnswersAsync(world, Way.Streamed);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task More_calls_than_a_connection_takes_get_further_connections()
    {
        const int Calls = 6;
        var all = new TaskCompletionSource();
        await using var server = new Http2Server(
            async exchange =>
            {
                if (exchange.Number == Calls + 1) all.SetResult();
                if (exchange.Number > 1) await all.Task.WaitAsync(exchange.Connection.Stopping); // None is answered before each has arrived.
                await exchange.AnswerAsync();
            },
            maxStreams: 2);
        await using World world = await StartAsync(server);
        await AssertAnswersAsync(world, Way.Whole); // Now the client knows how much the connection takes.

        Got[] got = await Task.WhenAll(Enumerable.Range(0, Calls).Select(call => world.Only(Dialect.OpenAIChat).AskAsync(call % 2 == 0 ? Way.Whole : Way.Streamed)));

        Assert.All(got, one => Assert.True(one is { Text: "hello", Attempts.Count: 1 }, string.Join("\n", one.Attempts)));
        Assert.True(server.Connections > 1);
    }

    private static Task<World> StartAsync(Http2Server server) =>
        World.StartAsync(TestAuthority.Trusting(HttpVersion.Version20), new FakeProviderOptions(), (World.AddressOf(Dialect.OpenAIChat), server.Address));

    private static async Task AssertAnswersAsync(World world, Way way)
    {
        Got got = await world.Only(Dialect.OpenAIChat).AskAsync(way);
        Assert.Equal("hello", got.Text);
        Assert.Equal(FailureKind.None, Assert.Single(got.Attempts).Outcome);
        Assert.Equal(DeploymentHealth.Healthy, world.Only(Dialect.OpenAIChat).Status[0].Health);
    }

    private static void AssertFailedOver(World world, Got got, FailureKind kind, string words)
    {
        Assert.Equal(World.RescuerOf(Dialect.OpenAIChat), got.Deployment);
        Assert.True(got.Attempts.Select(attempt => attempt.Outcome).SequenceEqual([kind, FailureKind.None]), string.Join("\n", got.Attempts));
        Assert.Contains(words, got.Attempts[0].Message);
        DeploymentStatus status = world.Pair(Dialect.OpenAIChat).Status[0];
        Assert.Equal((DeploymentHealth.CoolingDown, 1), (status.Health, status.FailuresInARow));
    }

    private static async Task<RoutingException> FailInStreamAsync(World world, TaskCompletionSource hasContent)
    {
        var text = new StringBuilder();
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in world.Pair(Dialect.OpenAIChat).StreamAsync("Hi"))
            {
                text.Append(update.Text);
                if (text.Length > 0) hasContent.TrySetResult();
            }
        });
        Assert.Equal("one ", text.ToString());
        Assert.Equal("one ", failure.PartialResponse!.Text);
        Assert.Single(failure.Attempts);
        Assert.Equal(1, world.Pair(Dialect.OpenAIChat).Status[0].FailuresInARow);
        return failure;
    }
}
