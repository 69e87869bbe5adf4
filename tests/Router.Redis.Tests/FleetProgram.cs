using RouterGen.Testing;

namespace RouterGen.Redis.Tests;

/// <summary>A group with limits and a budget, which a fleet shares.</summary>
[ModelGroup("chat")]
[Deployment("openai/gpt-6-luna", Group = "chat", Rpm = 60_000, Budget = 1000)]
public sealed partial class Models;

/// <summary>A program that calls a fake, as an instance of a fleet whose store is a server.</summary>
internal sealed class FleetProgram : IRouterStore, IAsyncDisposable
{
    private readonly RedisRouterStore _store;
    private readonly Models _models;
    private int _answers;

    public FleetProgram(string address, string id = "one")
    {
        _store = new RedisRouterStore(address);
        Fleet = new RouterFleet(this) { Id = id, Interval = TimeSpan.FromMilliseconds(200) };
        var fakes = new TestRouter { Otherwise = FakeDeployment.Returns("ok").WithUsage(100, 10) };
        _models = new Models(new RouterOptions { ScriptFor = fakes.Options.ScriptFor, Variables = static _ => null, Fleet = Fleet });
    }

    public event Action? Changed
    {
        add => _store.Changed += value;
        remove => _store.Changed -= value;
    }

    public RouterFleet Fleet { get; }

    /// <summary>How often the store has answered.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>What the instances have spent together, as far as this one knows.</summary>
    public decimal Spent => _models.Chat.Deployments[0].Status.Spend.Spent;

    /// <summary>Makes a call, which succeeds whatever the store does.</summary>
    public async Task CallAsync() => Assert.Equal("ok", (await _models.Chat.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);

    /// <summary>Makes calls until something is so.</summary>
    public async Task CallUntilAsync(Func<bool> isSo, string what)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(90));
        while (!isSo())
        {
            await CallAsync();
            Assert.False(late.IsCancellationRequested, $"Waited in vain until {what}. {Fleet.LastError?.Message}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Makes calls until the store has answered again.</summary>
    public Task CallUntilAnsweredAsync()
    {
        int before = Answers;
        return CallUntilAsync(() => Fleet.IsReached && Fleet.LastError is null && Answers > before + 1, "the store answers");
    }

    public async ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        StoreAnswer answer = await _store.ExchangeAsync(report, cancellationToken);
        Interlocked.Increment(ref _answers);
        return answer;
    }

    public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken) => _store.InstancesAsync(fleet, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await _store.DisposeAsync();
    }
}
