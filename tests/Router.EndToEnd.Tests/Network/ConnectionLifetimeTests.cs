using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>Connections are renewed, so that a router which runs for long follows the names of its endpoints.</summary>
public sealed class ConnectionLifetimeTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_name_that_comes_to_mean_another_server_is_followed()
    {
        await using World old = await World.StartAsync();
        await using FakeProviderServer successor = await FakeProviderServer.StartAsync();
        successor[World.NameOf(Dialect.OpenAIChat)].ReplyWith(new Reply { Text = "new" });
        old.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = "old" });
        int port = old.Providers.BaseAddress.Port; // What the name means.
        SocketsHttpHandler handler = RouterOptions.CreateHandler();
        handler.PooledConnectionLifetime = Short;
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
        await Task.Delay(Short * 2);
        Got got = await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);

        Assert.Equal("new", got.Text);
        Assert.Single(got.Attempts);
    }

    [Theory]
    [InlineData(20, 2)]
    [InlineData(60_000, 1)]
    public async Task Connections_are_used_as_long_as_the_option_says(int milliseconds, int expected)
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
        await using World world = await World.StartAsync(new RouterOptions { ConnectionLifetime = TimeSpan.FromMilliseconds(milliseconds) }, counting);

        await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);
        await Task.Delay(Short * 2);
        await world.Only(Dialect.OpenAIChat).AskAsync(Way.Whole);

        Assert.Equal(expected, connections);
    }
}
