using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Operations;

/// <summary>A gateway with too much to do refuses what is beyond, and stays one that answers.</summary>
public sealed class LimitTests
{
    private const string Hello = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/embeddings")]
    public async Task What_is_beyond_the_queue_is_refused_at_once(string path)
    {
        var options = new GatewayOptions { MaxConcurrentRequests = 2, MaxQueuedRequests = 1 };
        await using World world = await World.StartAsync(options);
        DeploymentScript deployment = world.Providers!["openai/gpt-4o-mini"];
        deployment.Always(Fault.BlackHole);
        using var leaving = new CancellationTokenSource();
        Task[] calls = [.. Enumerable.Range(0, 3).Select(_ => PostAsync(world, leaving.Token))];
        await Wait.UntilAsync(() => options.Limits is { Running: 2, Queued: 1 });

        Got refused = await world.PostAsync(path, Hello);
        Refusals.Check(path, refused, 429);
        Assert.Equal(("1", "1000"), (refused.Headers["Retry-After"], refused.Headers["retry-after-ms"]));
        Assert.Equal(1, options.Limits.RefusedForQueue);

        // What tells how the gateway is goes on.
        Assert.Equal((200, 200, 200), ((await world.GetAsync("/health/liveness")).Status, (await world.GetAsync("/metrics")).Status, (await world.GetAsync("/v1/models")).Status));
        await leaving.CancelAsync();
        foreach (Task call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Wait.UntilAsync(() => options.Limits is { Running: 0, Queued: 0, Held: 0 });
        deployment.Recover();
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", Hello)).Status);
    }

    [Fact]
    public async Task A_request_that_waits_is_answered_in_its_turn()
    {
        var options = new GatewayOptions { MaxConcurrentRequests = 1, MaxQueuedRequests = 10 };
        await using World world = await World.StartAsync(options);
        Got[] all = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => world.PostAsync("/v1/chat/completions", Hello)));
        Assert.All(all, static got => Assert.Equal(200, got.Status));
        await Wait.UntilAsync(() => options.Limits is { Running: 0, Queued: 0, Held: 0 });
    }

    [Fact]
    public async Task A_request_waits_no_longer_than_it_may()
    {
        var time = new VirtualTime();
        var options = new GatewayOptions { MaxConcurrentRequests = 1, MaxQueueTime = TimeSpan.FromSeconds(10), TimeProvider = time };
        await using World world = await World.StartAsync(options);
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.BlackHole);
        using var leaving = new CancellationTokenSource();
        Task first = PostAsync(world, leaving.Token);
        await Wait.UntilAsync(() => options.Limits.Running == 1);
        Task<Got> second = world.PostAsync("/v1/messages", Hello);
        await Wait.UntilAsync(() => options.Limits.Queued == 1 && time.ActiveTimers > 0);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Refusals.Check("/v1/messages", await second, 429);
        Assert.Equal((0, 1), (options.Limits.Queued, options.Limits.RefusedForTime));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Bodies_have_a_limit_together()
    {
        var options = new GatewayOptions { MaxBufferedBytes = 1000, MaxRequestBytes = 1000 };
        await using World world = await World.StartAsync(options);
        using RawClient holding = await RawClient.ConnectAsync(world);
        await holding.SendAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{new string(' ', 950)}");
        await Wait.UntilAsync(() => options.Limits.Held == 950);

        foreach (string path in (string[])["/v1/chat/completions", "/v1/messages", "/v1/rerank"]) Refusals.Check(path, await world.PostAsync(path, Hello), 429);
        Assert.Equal(3, options.Limits.RefusedForBodies);
        Assert.Equal(950, options.Limits.Held);
        holding.Dispose();
        await Wait.UntilAsync(() => options.Limits is { Held: 0, Running: 0 });
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", Hello)).Status);
    }

    private static async Task PostAsync(World world, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await world.Http.PostAsync("/v1/chat/completions", new StringContent(Hello, null, "application/json"), cancellationToken);
    }
}
