using System.Diagnostics;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>A provider that accepts connections and never answers, on a real socket: one caller waits for it, and no other.</summary>
public sealed class HangingPrimaryTests : IAsyncLifetime
{
    // A tenth of what a call waits for the provider that hangs, twice over for slow machines.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task One_caller_waits_for_it_and_it_returns_when_it_works(Way way)
    {
        _world.Script(Dialect.OpenAIChat).Always(Fault.BlackHole);
        ChatGroup group = _world.Fleet.Hanging;
        Got first = await group.AskAsync(way);
        Assert.Equal(2, first.Attempts.Count);

        var watch = Stopwatch.StartNew();
        int late = 0;
        while (watch.Elapsed < Watched)
        {
            TimeSpan before = watch.Elapsed;
            Assert.Equal(World.NameOf(Dialect.AnthropicMessages), (await group.AskAsync(way)).Deployment);
            if (watch.Elapsed - before > AtOnce) late++;
        }

        Assert.Equal(0, late);
        Assert.InRange(_world.Script(Dialect.OpenAIChat).Calls, 2, 4); // The first, and a request of the router's own in two seconds or more.

        _world.Script(Dialect.OpenAIChat).Recover();
        string answered = "";
        for (watch.Restart(); answered != World.NameOf(Dialect.OpenAIChat) && watch.Elapsed < TimeSpan.FromSeconds(20);) answered = (await group.AskAsync(way)).Deployment;
        Assert.Equal(World.NameOf(Dialect.OpenAIChat), answered);
    }
}
