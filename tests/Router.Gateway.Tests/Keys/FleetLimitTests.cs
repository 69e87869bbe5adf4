using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>Limits of keys that several gateways keep together.</summary>
public sealed class FleetLimitTests
{
    private readonly VirtualTime _time = new();
    private readonly MemoryGatewayStore _keys = new();
    private readonly MemoryRouterStore _store;

    public FleetLimitTests() => _store = new MemoryRouterStore(_time);

    [Fact]
    public async Task Requests_a_minute_hold_for_all_gateways_together()
    {
        await using KeyWorld one = await StartAsync("one");
        await using KeyWorld two = await StartAsync("two");
        string key = await one.KeyAsync("""{"rpm_limit":10}""");
        Assert.InRange(await AskAsync(key, 40, one, two), 10, 11);
        Got refused = await two.ChatAsync(key);
        Assert.Equal(429, refused.Status);
        Assert.Contains("is 10 requests a minute, and it is reached", refused.Body);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(await AskAsync(key, 40, one, two), 10, 11);
    }

    [Fact]
    public async Task One_gateway_may_use_up_what_the_other_does_not_need()
    {
        await using KeyWorld one = await StartAsync("one");
        await using KeyWorld two = await StartAsync("two");
        string key = await one.KeyAsync("""{"rpm_limit":10}""");
        Assert.Equal(10, await AskAsync(key, 20, one));
    }

    [Fact]
    public async Task Tokens_a_minute_hold_for_all_gateways_together()
    {
        await using KeyWorld one = await StartAsync("one");
        await using KeyWorld two = await StartAsync("two");
        foreach (KeyWorld world in (KeyWorld[])[one, two]) (world.Upstream.InputTokens, world.Upstream.OutputTokens) = (60, 40);
        string key = await one.KeyAsync("""{"tpm_limit":1000}""");
        Assert.InRange(await AskAsync(key, 40, one, two), 9, 12);
    }

    [Fact]
    public async Task Requests_at_a_time_hold_for_all_gateways_together()
    {
        await using KeyWorld one = await StartAsync("one");
        await using KeyWorld two = await StartAsync("two");
        string key = await one.KeyAsync("""{"max_parallel_requests":4}""");
        await AskAsync(key, 2, one, two);
        (one.Upstream.IsHeld, two.Upstream.IsHeld) = (true, true);
        var asked = new List<(KeyWorld World, Task<Got> Answer)>();
        for (int i = 0; i < 12; i++)
        {
            KeyWorld world = i % 2 == 0 ? one : two;
            int before = world.Upstream.Calls;
            Task<Got> answer = world.ChatAsync(key);
            await Task.WhenAny(answer, world.Upstream.WaitForAsync(before + 1));
            asked.Add((world, answer));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (KeyWorld World, Task<Got> Answer)[] held = [.. asked.Where(static one => !one.Answer.IsCompleted)];
        Assert.InRange(held.Length, 4, 5);
        Assert.All(asked.Except(held), static one => Assert.Equal(429, one.Answer.Result.Status));
        foreach ((KeyWorld world, _) in held) world.Upstream.LetOne();
        Assert.All(await Task.WhenAll(held.Select(static one => one.Answer)), static got => Assert.Equal(200, got.Status));
    }

    private async Task<int> AskAsync(string key, int times, params KeyWorld[] worlds)
    {
        int answered = 0;
        for (int i = 0; i < times; i++)
        {
            if ((await worlds[i % worlds.Length].ChatAsync(key)).Status == 200) answered++;
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        return answered;
    }

    private Task<KeyWorld> StartAsync(string id) => KeyWorld.StartAsync(_keys, options => options.Fleet = new RouterFleet(_store) { Id = id, ExpectedInstances = 2 }, _time);
}
