using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A group of models that go on with a text, or fill a gap in one: each call goes to one of its deployments, and when that one fails, to the next.
/// Thread-safe. For servers that have the completions of old (<c>/completions</c>), which know neither messages nor tools.
/// </summary>
/// <remarks>
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer, <see cref="OperationCanceledException"/> when, and
/// only when, the caller cancelled, and <see cref="ArgumentException"/> where the prompt is empty and there is no suffix. Options are never changed.
/// </remarks>
public abstract class CompletionGroup : ModelGroup
{
    private static readonly WholeBackground<WholeAttempt<CompletionAnswers, RoutedCompletion>, RoutedCompletion> Background = new(new CompletionRequest("Hi", new CompletionOptions { MaxOutputTokens = 1 }));

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected CompletionGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Goes on with a text.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedCompletion> CompleteAsync(string prompt, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Goes on with a text.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedCompletion> CompleteAsync(string prompt, CallOptions routing, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Goes on with a text, and blocks until it is there, on the caller's thread.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedCompletion Complete(string prompt, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Goes on with a text, and blocks until it is there, on the caller's thread.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedCompletion Complete(string prompt, CallOptions routing, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, options, routing, cancellationToken);

    /// <summary>
    /// Goes on with a text as a stream. It fails over freely up to the first piece; after that a failure is a <see cref="RoutingException"/>. The
    /// last update is a <see cref="RoutedCompletionUpdate"/>.
    /// </summary>
    /// <param name="prompt">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    public IAsyncEnumerable<CompletionUpdate> StreamAsync(string prompt, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Goes on with a text as a stream; it fails over freely up to the first piece.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<CompletionUpdate> StreamAsync(string prompt, CallOptions routing, CompletionOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, options, routing, cancellationToken);

    private RoutedCompletion Ask(string prompt, CompletionOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(AskAsync(prompt, options, routing, async: false, cancellationToken));

    private async ValueTask<RoutedCompletion> AskAsync(string prompt, CompletionOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken)
    {
        CompletionRequest request = Request(prompt, options, isStreaming: false, ref routing);
        return await WholeCall.AskAsync<CompletionAnswers, RoutedCompletion>(State, request, routing, async, cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<CompletionUpdate> Stream(string prompt, CompletionOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        RoutedStream<StreamAttempt<CompletionStreams, CompletionUpdate>, CompletionStreams, CompletionUpdate>.PlayAsync(
            State, Request(prompt, options, isStreaming: true, ref routing), routing, cancellationToken);

    private CompletionRequest Request(string prompt, CompletionOptions? options, bool isStreaming, ref CallOptions routing)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (prompt.Length == 0 && string.IsNullOrEmpty(options?.Suffix)) throw new ArgumentException("There must be a text to go on with, or a suffix.", nameof(prompt));
        Checked(routing);
        return new CompletionRequest(prompt, options, isStreaming) { LeftOut = Choose(options?.ModelId, ref routing) };
    }
}
