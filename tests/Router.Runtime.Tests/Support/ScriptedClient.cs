using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>A chat client that answers as it was told, and remembers what it was asked.</summary>
internal sealed class ScriptedClient : IChatClient
{
    /// <summary>Gets or sets what answers a call for a whole answer.</summary>
    public Func<ChatOptions?, CancellationToken, Task<ChatResponse>> Whole { get; set; } = static (_, _) => Task.FromResult(Says("hello"));

    /// <summary>Gets or sets what answers a call for a stream.</summary>
    public Func<ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> Streamed { get; set; } = static (_, _) => Updates(Text("hel"), Text("lo"), Counted());

    /// <summary>Gets the options of each call.</summary>
    public List<ChatOptions?> Asked { get; } = [];

    /// <summary>Gets the token of the last call.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>Gets how often it was disposed.</summary>
    public int Disposed { get; private set; }

    public static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { Usage = Usage(), FinishReason = ChatFinishReason.Stop };

    public static UsageDetails Usage() => new() { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 };

    public static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate Counted() => new(ChatRole.Assistant, [new UsageContent(Usage())]);

    /// <summary>A stream of these updates, and then of a failure where there is one.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Updates(IEnumerable<ChatResponseUpdate> updates, Exception? failure, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (ChatResponseUpdate update in updates) yield return update;
        if (failure is not null) throw failure;
    }

    public static IAsyncEnumerable<ChatResponseUpdate> Updates(params ChatResponseUpdate[] updates) => Updates(updates, failure: null);

    /// <summary>Never answers, whatever its token says; ends with the failure that is set.</summary>
    public static Func<ChatOptions?, CancellationToken, Task<ChatResponse>> Hang(out TaskCompletionSource<ChatResponse> never)
    {
        var source = new TaskCompletionSource<ChatResponse>();
        never = source;
        return (_, _) => source.Task;
    }

    /// <summary>A deployment that is asked through a client which a factory makes.</summary>
    public static DeploymentDefinition Deployment(string name, Func<ChatClientContext, IChatClient> create, int order = 0, int concurrency = 0, string? key = null, string[]? otherKeys = null, double mirrors = 0, int tpm = 0, Codec? codec = null) => new()
    {
        Name = name,
        Provider = "sdk",
        Model = "model-" + name,
        Endpoint = "",
        KeyVariable = key,
        OtherKeyVariables = otherKeys ?? [],
        Codec = codec ?? CodecOf<Constants>(create),
        Order = order,
        MaxConcurrency = concurrency,
        Tpm = tpm,
        MirrorShare = mirrors,
        Prices = new ModelPrices(1m, 2m),
    };

    /// <inheritdoc cref="Deployment(string, Func{ChatClientContext, IChatClient}, int, int, string?, string[], double, int, Codec?)"/>
    public DeploymentDefinition Deployment(string name, int order = 0, int concurrency = 0, double mirrors = 0, int tpm = 0) => Deployment(name, _ => this, order, concurrency, mirrors: mirrors, tpm: tpm);

    /// <summary>What is known of a deployment's model, and what makes its client.</summary>
    public static Codec CodecOf<T>(Func<ChatClientContext, IChatClient> create)
        where T : struct, IDeploymentConstants => new ClientCodec<T>(() => new Factory(create));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add(options);
        Token = cancellationToken;
        return Whole(options, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add(options);
        Token = cancellationToken;
        return Streamed(options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => Disposed++;

    private sealed class Factory(Func<ChatClientContext, IChatClient> create) : IChatClientFactory
    {
        public IChatClient Create(ChatClientContext context) => create(context);
    }

    /// <summary>What is known of the model: it takes tools and schemas, and no images.</summary>
    private readonly struct Constants : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => default;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("sdk", "model") { Capabilities = ModelCapabilities.Tools | ModelCapabilities.JsonSchema };
    }
}
