using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A group of embedding models: each batch of texts goes to one of its deployments, and when that one fails, to the next. Thread-safe. It is an
/// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> too.
/// </summary>
/// <remarks>
/// More texts than a provider takes at once are divided into batches, which are sent side by side, as many as the deployments take
/// (<see cref="DeploymentAttribute.MaxConcurrency"/>). A batch that fails is sent again, alone; each is a call with a deadline of its own.
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer,
/// <see cref="OperationCanceledException"/> when, and only when, the caller cancelled, and <see cref="ArgumentException"/> where there is no
/// text, or one is null or empty. Vectors of another length than asked for, or with numbers that are not finite, are never handed on.
/// </remarks>
public abstract partial class EmbeddingGroup : ModelGroup, IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly WholeBackground<WholeAttempt<EmbeddingAnswers, RoutedEmbeddings>, RoutedEmbeddings> Background = new(new EmbeddingRequest(new[] { "Hi" }));

    private readonly EmbeddingLength _usual = new();
    private EmbeddingGeneratorMetadata? _metadata;
    private EmbeddingLimits? _limits;

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected EmbeddingGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Asks for the vector of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedEmbeddings> EmbedAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(One(text), options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for the vectors of texts.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A vector for each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">A batch could not be answered; <see cref="RoutingException.PartialEmbeddings"/> has the others.</exception>
    public Task<RoutedEmbeddings> EmbedAsync(IEnumerable<string> texts, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Many(texts), options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for the vector of a text and blocks until it is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedEmbeddings Embed(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(One(text), options, CallOptions.Of(options), cancellationToken);

    /// <summary>Asks for the vectors of texts and blocks until they are there, on the caller's thread: one batch after the other.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A vector for each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">A batch could not be answered; <see cref="RoutingException.PartialEmbeddings"/> has the others.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedEmbeddings Embed(IEnumerable<string> texts, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Many(texts), options, CallOptions.Of(options), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>What came about is in the additional property <see cref="RoutedEmbeddings.RouteProperty"/>.</remarks>
    async Task<GeneratedEmbeddings<Embedding<float>>> IEmbeddingGenerator<string, Embedding<float>>.GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        (await RunAsync(Many(values), options, CallOptions.Of(options), async: true, cancellationToken).ConfigureAwait(false)).ToGenerated();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        if (serviceType != typeof(EmbeddingGeneratorMetadata)) return null;
        int dimensions = State.Definition.Dimensions is > 0 and var stated ? stated : State.Deployments.Length > 0 ? State.Deployments[0].Definition.Codec.Profile.Dimensions : 0;
        return _metadata ??= new EmbeddingGeneratorMetadata(OuterSpan.ProviderName, providerUri: null, Name, dimensions > 0 ? dimensions : null);
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    private static string[] One(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return [text];
    }

    private static string[] Many(IEnumerable<string> texts) => CallTexts.Of(texts, "text", "no provider has a vector for it");

    private RoutedEmbeddings Run(string[] texts, EmbeddingGenerationOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(RunAsync(texts, options, routing, async: false, cancellationToken));

    private ValueTask<RoutedEmbeddings> RunAsync(string[] texts, EmbeddingGenerationOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken)
    {
        Checked(routing);
        string? leftOut = Choose(options?.ModelId, ref routing);
        List<ReadOnlyMemory<string>> batches = (_limits ??= EmbeddingLimits.Of(State)).Split(texts);
        if (batches.Count == 1) return AskAsync(batches[0], options, routing, leftOut, async, cancellationToken);
        CallOptions given = routing;
        var call = new BatchedCall(batches, (batch, model) => AskAsync(batch, options, model is null ? given : given.For(model), leftOut, async, cancellationToken), State.Router.Clock)
        {
            KeepsModel = State.Definition.AllowDifferentModels,
        };
        return call.RunAsync(async ? EmbeddingLimits.ConcurrencyOf(State) : 1);
    }

    /// <summary>Asks for one batch.</summary>
    private ValueTask<RoutedEmbeddings> AskAsync(ReadOnlyMemory<string> texts, EmbeddingGenerationOptions? options, CallOptions routing, string? leftOut, bool async, CancellationToken cancellationToken)
    {
        var request = new EmbeddingRequest(texts, options, this)
        {
            GroupDimensions = State.Definition.Dimensions is > 0 and var stated ? stated : null,
            Usual = _usual,
            LeftOut = leftOut,
        };
        return WholeCall.AskAsync<EmbeddingAnswers, RoutedEmbeddings>(State, request, routing, async, cancellationToken);
    }
}
