using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>Makes the deployments that tests of selection are about. They are never asked anything.</summary>
internal static class Subjects
{
    private static readonly CallProfile Plain = Call();
    private static int _models;

    public static RouterContext Context(TimeProvider? time = null, Func<string, string?>? variables = null) =>
        new(new RouterOptions { TimeProvider = time ?? new VirtualTime(), Seed = 1, Variables = variables ?? (static _ => null) });

    /// <summary>A deployment; where no model is given it is one that no other has, so that nothing is shared.</summary>
    public static DeploymentDefinition Definition(string name = "one", double weight = 1, int order = 0, int rpm = 0, int tpm = 0, int maxConcurrency = 0, int contextWindow = 0, int inputLimit = 0, string? keyVariable = null, string? model = null, string? limitGroup = null, string? endpointVariable = null) => new()
    {
        Name = name,
        Provider = "provider",
        Model = model ?? $"model-{Interlocked.Increment(ref _models)}",
        Endpoint = "https://provider.example/v1",
        Codec = SilentCodec.Instance,
        KeyVariable = keyVariable,
        EndpointVariable = endpointVariable,
        Weight = weight,
        Order = order,
        Rpm = rpm,
        Tpm = tpm,
        MaxConcurrency = maxConcurrency,
        LimitGroup = limitGroup,
        ModelLimits = new(ContextWindow: contextWindow > 0 ? contextWindow : null, InputLimit: inputLimit > 0 ? inputLimit : null),
    };

    public static Deployment[] Deployments(RouterContext context, params DeploymentDefinition[] definitions) => Deployments(context, null, definitions);

    public static Deployment[] Deployments(RouterContext context, CallQueue? queue, params DeploymentDefinition[] definitions)
    {
        var group = new GroupDefinition { Name = "group", Deployments = definitions };
        return Deployment.Create(context, group, queue);
    }

    /// <summary>A queue in which one call waits, for ever: its looks tell when deployments say that they have changed.</summary>
    public static CallQueue QueueOf(RouterContext context, out FakeWaitingCall onlooker)
    {
        var queue = new CallQueue(context, longest: 1);
        onlooker = new FakeWaitingCall();
        var waiter = new Waiter(onlooker, CircuitBreaker.OnSignal, notBefore: 0, async: true);
        CallQueue.TryJoin([new CallQueue.Place(queue, waiter, 0, onlooker.Wants)]);
        return queue;
    }

    /// <summary>A call that may use so many tokens.</summary>
    public static CallProfile Call(int tokens = 1, CallOptions? routing = null, bool stream = false) =>
        new(new ChatRequest([new ChatMessage(ChatRole.User, "Hello")], options: null, stream), routing ?? CallOptions.None, tokens);

    /// <summary>When a call that may use so many tokens may enter.</summary>
    public static long ReturnsAt(this Deployment deployment, long now, int tokens) => deployment.ReturnsAt(now, Call(tokens));

    /// <summary>Lets a policy choose for a call of which nothing matters.</summary>
    /// <returns>An index into <paramref name="eligible"/>.</returns>
    public static int PickOf(this SelectionPolicy policy, Deployment[] deployments, ReadOnlySpan<int> eligible)
    {
        CallProfile call = Plain;
        return policy.Pick(new SelectionContext(deployments, eligible, call, now: 0));
    }

    /// <summary>How often a policy chooses each deployment, while nothing else happens.</summary>
    public static int[] Picks(this SelectionPolicy policy, Deployment[] deployments, int calls, long now, CallProfile? profile = null)
    {
        int[] picks = new int[deployments.Length];
        int[] eligible = [.. Enumerable.Range(0, deployments.Length)];
        CallProfile call = profile ?? Plain;
        for (int i = 0; i < calls; i++) picks[policy.Pick(new SelectionContext(deployments, eligible, call, now))]++;
        return picks;
    }

    /// <summary>Lets a call in.</summary>
    public static Lease Enter(this Deployment deployment, long now, bool stream = true, int tokens = 1)
    {
        Assert.True(deployment.TryEnter(now, Call(tokens, stream: stream), out Lease lease));
        return lease;
    }

    /// <summary>The deployment answers, as if it had been asked so many milliseconds ago.</summary>
    public static void Answer(this Deployment deployment, double milliseconds, long now, bool stream = true) => deployment.Report(milliseconds, now, stream, new AttemptReport { FirstContentAt = stream ? now : null });

    /// <summary>The deployment fails, as if it had been asked so many milliseconds ago.</summary>
    public static void Fail(this Deployment deployment, FailureKind kind, double milliseconds, long now, bool stream = true) => deployment.Report(milliseconds, now, stream, new AttemptReport { Failure = new AttemptFailure(kind, "failed") });

    public static void Report(this Deployment deployment, double milliseconds, long now, bool stream, AttemptReport report) =>
        deployment.Leave(deployment.Enter(now - TimeSpan.FromMilliseconds(milliseconds).Ticks, stream) with { IsCold = false }, report);

    /// <summary>An answer that used so many tokens.</summary>
    public static AttemptReport Used(long tokens) => new() { Usage = new UsageDetails { TotalTokenCount = tokens } };

    /// <summary>A codec of which nothing but the path and the capabilities is used.</summary>
    public sealed class SilentCodec(ModelCapabilities capabilities = ModelCapabilities.None) : ChatCodec
    {
        public static readonly SilentCodec Instance = new();

        public override string PathFor(bool streaming) => "/chat";

        public override ModelProfile Profile { get; } = new("test", "silent") { Capabilities = capabilities };

        public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => throw new NotSupportedException();

        public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => throw new NotSupportedException();

        public override ChatStreamDecoder StartStream(ChatRequest request) => throw new NotSupportedException();

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => throw new NotSupportedException();
    }
}
