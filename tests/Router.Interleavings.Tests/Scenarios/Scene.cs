using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using RouterGen.Runtime.Tests;

namespace RouterGen.Interleavings.Tests;

/// <summary>A router whose time and provider are strands' own, and the groups of a scenario.</summary>
internal sealed class Scene
{
    public Scene(Interleaving run)
    {
        Time = run.Time;
        Context = new RouterContext(new RouterOptions
        {
            Transport = new HttpMessageInvoker(Provider),
            TimeProvider = run.Time,
            Seed = 1,
            Variables = static _ => "sk-test-0123456789",
            DeploymentChanged = change => Changed(change),
        });
    }

    public StrandTime Time { get; }

    public StrandProvider Provider { get; } = new();

    public RouterContext Context { get; }

    /// <summary>Gets or sets the observer of changes. An exception that it throws is lost: it must note what is wrong.</summary>
    public Action<DeploymentChange> Changed { get; set; } = static _ => { };

    /// <summary>A deployment that is asked at the host of its name.</summary>
    public static DeploymentDefinition Definition(string name, int concurrency = 0, int rpm = 0, int tpm = 0, string? limitGroup = null, decimal? budget = null, string? host = null) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{host ?? name}",
        KeyVariable = "KEY",
        Codec = new PlainCodec(),
        Weight = 1,
        MaxConcurrency = concurrency,
        Rpm = rpm,
        Tpm = tpm,
        LimitGroup = limitGroup,
        Budget = budget,
        Prices = new ModelPrices(1m, 2m),
    };

    public Group Group(params DeploymentDefinition[] deployments) => Group(new GroupDefinition { Name = "group", Deployments = deployments });

    public Group Group(GroupDefinition definition) => new(Context, definition);

    /// <summary>A call that may use so many tokens.</summary>
    public static CallProfile Call(int tokens = 1) =>
        new(new ChatRequest([new ChatMessage(ChatRole.User, "Hello")], options: null, isStreaming: false), CallOptions.None, tokens);

    /// <summary>An attempt that was answered.</summary>
    public static AttemptReport Answered => new() { Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 0, TotalTokenCount = 1 } };

    /// <summary>An attempt that failed.</summary>
    public static AttemptReport Failed(FailureKind kind, TimeSpan? retryAfter = null) =>
        new() { Failure = new AttemptFailure(kind, "failed") { StatusCode = 500, RetryAfter = retryAfter } };

    /// <summary>All that a group's calls have taken is given back, and none of them waits.</summary>
    public static void AssertQuiet(ModelGroup group)
    {
        Assert.Equal(0, group.State.Queue.Length);
        Assert.Equal(0, group.State.Router.QueueGate.Waiting);
        foreach (Deployment deployment in group.State.Deployments) AssertQuiet(deployment);
    }

    public static void AssertQuiet(Deployment deployment)
    {
        Assert.Equal(0, deployment.InFlight);
        Assert.Equal(0, deployment.LatencyOf(streaming: false).Pending.MeanAt(TimeSpan.TicksPerHour));
        Assert.False(deployment.Breakers.IsProbing, "The breaker waits for a probe that has ended.");
    }
}

internal sealed class Group(RouterContext context, GroupDefinition definition) : ChatGroup(context, definition);
