using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>Finding who can take a call, choosing among them, and entering; budget: 40 ns of 2, 200 ns of 16, no allocation.</summary>
public class PickBenchmarks
{
    private RouterContext _router = null!;
    private readonly CallProfile _call = new(new ChatRequest([new ChatMessage(ChatRole.User, "Hello")], options: null, stream: false), RoutingOptions.None, Tokens: 0);
    private DeploymentPicker _picker = null!;
    private SelectionPolicy _policy = null!;

    /// <summary>The size of the group.</summary>
    [Params(2, 16, 1000)]
    public int Deployments { get; set; }

    /// <summary>Makes the group: all healthy, without limits, of equal weight.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _router = new RouterContext(new RouterOptions { Variables = static _ => "key", Seed = 1 });
        var definition = new GroupDefinition { Name = "group", Deployments = [.. Enumerable.Range(0, Deployments).Select(Define)] };
        Deployment[] deployments = [.. definition.Deployments.Select((deployment, index) => new Deployment(_router, definition, deployment, index))];
        _picker = new DeploymentPicker(deployments);
        _policy = new WeightedPolicy(_router.Random);
    }

    /// <summary>The pick alone.</summary>
    [Benchmark]
    public object Pick()
    {
        if (!_picker.TryPick(_policy, _call, default, now: 1, out Deployment picked, out _, out _)) throw new InvalidOperationException("Nobody can take the call.");
        return picked;
    }

    /// <summary>The pick with what belongs to it in a call: the time before it, and leaving with success.</summary>
    [Benchmark]
    public void PickAndLeave()
    {
        if (!_picker.TryPick(_policy, _call, default, _router.Clock.Now, out Deployment picked, out Lease lease, out _)) throw new InvalidOperationException("Nobody can take the call.");
        picked.Leave(lease, new AttemptReport { Usage = Usage });
    }

    private static readonly UsageDetails Usage = new() { TotalTokenCount = 100 };

    private static DeploymentDefinition Define(int index) => new()
    {
        Name = "deployment-" + index,
        Provider = "openai",
        Model = "gpt-4o-mini",
        Endpoint = "https://api.openai.com/v1",
        KeyVariable = "OPENAI_API_KEY",
        Codec = Codecs.OpenAI,
    };
}
