using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>Connections are renewed, so that a router which runs for long follows the names of its endpoints.</summary>
public sealed class ConnectionLifetimeTests
{
    // A connection is too old for another request as soon as the machine's clock has ticked once.
    private static readonly TimeSpan Shortest = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_name_that_comes_to_mean_another_server_is_followed()
    {
        await using World old = await World.StartAsync();
        await using FakeProviderServer successor = await FakeProviderServer.StartAsync();
        successor[World.NameOf(Dialect.OpenAIChat)].ReplyWith(new Reply { Text = "new" });
        old.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = "old" });
        int port = old.Providers.BaseAddress.Port; // What the name means.
        SocketsHttpHandler handler = RouterOptions.CreateHandler();
        handler.PooledConnectionLifetime = Shortest;
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", Volatile.Read(ref port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
        await using World world = await World.StartAsync(
            new RouterOptions { Transport = new HttpMessageInvoker(handler) }, new FakeProviderOptions(), (World.AddressOf(Dialect.OpenAIChat), "http://localhost:1/openai/v1"));

        Assert.Equal("old", (await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole)).Text);
        Volatile.Write(ref port, successor.BaseAddress.Port);
        AwaitTick();
        Got got = await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);

        Assert.Equal("new", got.Text);
        Assert.Single(got.Attempts);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(TimeSpan.TicksPerHour, 1)]
    public async Task Connections_are_used_as_long_as_the_option_says(long ticks, int expected)
    {
        int connections = 0;
        var counting = new FakeProviderOptions
        {
            Listen = listen => listen.Use(next => connection =>
            {
                Interlocked.Increment(ref connections);
                return next(connection);
            }),
        };
        await using World world = await World.StartAsync(new RouterOptions { ConnectionLifetime = TimeSpan.FromTicks(ticks) }, counting);

        await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);
        AwaitTick();
        await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);

        Assert.Equal(expected, connections);
    }

    // The handler goes by this clock, which ticks each millisecond or so.
    private static void AwaitTick()
    {
        long now = Environment.TickCount64;
        SpinWait.SpinUntil(() => Environment.TickCount64 > now);
    }
}
