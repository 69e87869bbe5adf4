using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>A router on virtual time with a fake transport, and the groups that a test declares.</summary>
internal sealed class TestRouter
{
    public TestRouter(
        Dictionary<string, string>? variables = null, ILoggerFactory? logs = null, IConfiguration? configuration = null, bool logMessages = false, bool keysFromConfiguration = false,
        Func<ChatClientContext, IChatClient?>? clientFor = null, Func<Exception, AttemptFailure?>? classify = null, IRouterObserver[]? observers = null, bool? captureContent = null,
        RouterFleet? fleet = null, VirtualTime? time = null)
    {
        Time = time ?? new VirtualTime();
        var options = new RouterOptions
        {
            Fleet = fleet,
            Configuration = configuration,
            ClientFor = clientFor,
            ClassifyException = classify,
            LogProviderMessages = logMessages,
            DeploymentChanged = change => Changed?.Invoke(change),
            Transport = new HttpMessageInvoker(Transport),
            TimeProvider = Time,
            Seed = 1,
            LoggerFactory = logs,
            CaptureMessageContent = captureContent,
        };
        foreach (IRouterObserver observer in observers ?? []) options.Observers.Add(observer);
        if (!keysFromConfiguration) options.Variables = name => variables is null ? "sk-test" : variables.GetValueOrDefault(name);
        Context = new RouterContext(options);
    }

    /// <summary>What is told of changes of deployments; may be set at any time.</summary>
    public Action<DeploymentChange>? Changed { get; set; }

    public VirtualTime Time { get; }

    public FakeTransport Transport { get; } = new();

    public RouterContext Context { get; }

    /// <summary>A group whose deployments are called, and reached at the hosts, a, b, c …</summary>
    public TestGroup Group(int deployments = 2) =>
        Group([.. Enumerable.Range(0, deployments).Select(i => Deployment(((char)('a' + i)).ToString()))]);

    public TestGroup Group(params DeploymentDefinition[] deployments) => Group(new GroupDefinition { Name = "test", Deployments = deployments });

    public TestGroup Group(GroupDefinition definition) => new(Context, definition);

    public static DeploymentDefinition Deployment(
        string name, double weight = 1, int order = 0, int window = 0, int rpm = 0, int concurrency = 0, int tpm = 0, string? key = "KEY", string? endpoint = null, string provider = "plain",
        Platform? platform = null, PlainCodec? codec = null, decimal? budget = null) => new()
    {
        Name = name,
        Provider = provider,
        Model = name,
        Endpoint = endpoint ?? $"https://{name}",
        KeyVariable = key,
        Codec = codec ?? new PlainCodec(),
        Platform = platform ?? KeyHeaderPlatform.Bearer,
        Weight = weight,
        Order = order,
        ModelLimits = new(ContextWindow: window > 0 ? window : null),
        Rpm = rpm,
        Tpm = tpm,
        MaxConcurrency = concurrency,
        Budget = budget,
        BudgetPeriod = BudgetPeriod.Hour,
        Prices = new ModelPrices(1m, 2m),
    };

    /// <summary>
    /// Runs a call to its end: what is due happens, and whenever it waits for a deployment to return, time passes up to the
    /// next timer.
    /// </summary>
    public async Task<T> RunAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            if (Time.NextDue is { } due && (due == TimeSpan.Zero || Context.QueueGate.Waiting > 0)) Time.Advance(due);
            await Task.Yield();
        }

        return await call;
    }
}

internal sealed class TestGroup(RouterContext context, GroupDefinition definition) : ChatGroup(context, definition)
{
    /// <summary>Makes the group's declared policy.</summary>
    public Func<SelectionPolicy?> Own { get; set; } = static () => null;

    public ChatGroup[] General { get; set; } = [];

    public ChatGroup[] Larger { get; set; } = [];

    public ChatGroup[] Lenient { get; set; } = [];

    protected internal override SelectionPolicy? CreatePolicy() => Own();

    protected internal override ChatGroup[] Fallbacks => General;

    protected internal override ChatGroup[] ContextWindowFallbacks => Larger;

    protected internal override ChatGroup[] ContentPolicyFallbacks => Lenient;
}
