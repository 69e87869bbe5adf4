using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>
/// Finding who can take a call, choosing among them, and entering, with every limit on; budget: 40 ns of 2, 200 ns of 16,
/// 4,000 ns of 1,000, and 200 ns for the bookkeeping of a completed call; no allocation.
/// </summary>
public class PickBenchmarks
{
    private static readonly UsageDetails Usage = new() { InputTokenCount = 60, OutputTokenCount = 40, TotalTokenCount = 100 };
    private static readonly AttemptReport NotAsked = new() { NotAsked = true };

    private readonly CallProfile _call = new(new ChatRequest([new ChatMessage(ChatRole.User, "Hello")], options: null, isStreaming: false), CallOptions.None, Tokens: 1);
    private RouterContext _router = null!;
    private DeploymentPicker _picker = null!;
    private SelectionPolicy _policy = null!;
    private Deployment _one = null!;
    private long _now = 1;
    private DeploymentPicker _filtered = null!;
    private PickFilter _choice;
    private PickFilter _sticky;

    /// <summary>The size of the group.</summary>
    [Params(2, 16, 1000)]
    public int Deployments { get; set; }

    /// <summary>How one is chosen.</summary>
    [Params(RoutingStrategy.Adaptive, RoutingStrategy.Weighted, RoutingStrategy.LeastBusy, RoutingStrategy.LowestLatency, RoutingStrategy.LowestUsage, RoutingStrategy.LowestCost)]
    public RoutingStrategy Strategy { get; set; }

    /// <summary>Makes the group: all healthy and measured, with limits that are never reached.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _router = new RouterContext(new RouterOptions { Variables = static _ => "key", Seed = 1 });
        var definition = new GroupDefinition { Name = "group", Deployments = [.. Enumerable.Range(0, Deployments).Select(Define)], LatencyTtl = TimeSpan.FromDays(1) };
        Deployment[] deployments = Deployment.Create(_router, definition);
        _picker = new DeploymentPicker(deployments);
        _policy = Strategies.Create(Strategy, definition, deployments[0].Table, _router.Random, TimeProvider.System, measure: null);
        _one = deployments[0];
        foreach (Deployment deployment in deployments) deployment.LatencyOf(streaming: false).Add((300 + deployment.Index) * TimeSpan.TicksPerMillisecond, 60, _now, inFlight: 1);
        var strict = new GroupDefinition { Name = "strict", Budget = 1_000_000, Deployments = [.. Enumerable.Range(0, Deployments).Select(DefineStrict)] };
        var spend = new BudgetMeter(strict.Budget, strict.BudgetPeriod, TimeProvider.System);
        Deployment[] limited = Deployment.Create(_router, strict, groupSpend: spend);
        _filtered = new DeploymentPicker(limited);
        CallProfile demanding = new(_call.Request, new CallOptions { Tags = ["Paid"], ExcludedTags = ["beta"], Region = "eu", SessionKey = "user-1" }, Tokens: 10);
        _choice = new PickFilter(new Suitability(limited).Unsuitable(demanding), 0);
        _sticky = _choice with { Sticky = StickyKey.Of(demanding, strict) };
    }

    /// <summary>The pick alone.</summary>
    [Benchmark]
    public object Pick()
    {
        if (!_picker.TryPick(_policy, _call, default, ++_now, out Deployment picked, out _, out _)) throw new InvalidOperationException("Nobody can take the call.");
        return picked;
    }

    /// <summary>The pick where each deployment has tags, a region, limits on requests, tokens, concurrency, and a budget.</summary>
    [Benchmark]
    public void PickOfLimited() => Run(_choice);

    /// <summary>The same for a session that keeps to its deployment.</summary>
    [Benchmark]
    public void PickOfLimitedAndSticky() => Run(_sticky);

    private void Run(in PickFilter choice)
    {
        if (!_filtered.TryPick(_policy, _call, choice, now: 1, out Deployment picked, out Lease lease, out _)) throw new InvalidOperationException("Nobody can take the call.");
        picked.Leave(lease, NotAsked); // gives back what it took, or the limits would be reached soon.
    }

    /// <summary>The pick with what belongs to it in a call: the time before it, and leaving with success.</summary>
    [Benchmark]
    public void PickAndLeave()
    {
        if (!_picker.TryPick(_policy, _call, default, _router.Clock.Now, out Deployment picked, out Lease lease, out _)) throw new InvalidOperationException("Nobody can take the call.");
        picked.Leave(lease, new AttemptReport { Usage = Usage });
    }

    /// <summary>Entering and leaving alone: what a completed call adds to the books, with a reading of the clock.</summary>
    [Benchmark]
    public void EnterAndLeave()
    {
        if (!_one.TryEnter(_now += 100, _call, out Lease lease)) throw new InvalidOperationException("It is full.");
        _one.Leave(lease, new AttemptReport { Usage = Usage });
    }

    private static DeploymentDefinition DefineStrict(int index) => new()
    {
        Name = "deployment-" + index,
        Provider = "openai",
        Model = "gpt-4o-mini-" + index, // one model for all would be one endpoint, and one state
        Endpoint = "https://api.openai.com/v1",
        KeyVariable = "OPENAI_API_KEY",
        Codec = Codecs.OpenAI,
        Tags = ["gdpr", "paid"],
        Region = "EU",
        Rpm = 1_000_000,
        Tpm = 100_000_000,
        MaxConcurrency = 1000,
        ModelLimits = new(ContextWindow: index % 2 == 0 ? 128_000 : 200_000),
        Prices = new ModelPrices(0.15m, 0.6m),
        Budget = 1_000_000,
    };

    private static DeploymentDefinition Define(int index) => new()
    {
        Name = "deployment-" + index,
        Provider = "openai",
        Model = "gpt-4o-mini-" + index, // one model for all would be one endpoint, and one state
        Endpoint = "https://api.openai.com/v1",
        KeyVariable = "OPENAI_API_KEY",
        Codec = Codecs.OpenAI,
        Rpm = int.MaxValue,
        Tpm = int.MaxValue,
        MaxConcurrency = int.MaxValue,
        Prices = new ModelPrices(1m + index, 2m + index),
    };
}
