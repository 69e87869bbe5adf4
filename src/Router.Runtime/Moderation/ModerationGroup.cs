using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A group of moderation models: a call goes to one of its deployments, and when that one fails, to the next. Thread-safe.</summary>
/// <remarks>
/// Several texts are judged each alone; contents are the parts of one message, and have one judgement together. All methods that ask throw
/// <see cref="RoutingException"/> when no deployment could answer, <see cref="OperationCanceledException"/> when, and only when, the caller
/// cancelled, and <see cref="ArgumentException"/> where there is no input, or one is null or empty. An answer with more or fewer judgements than
/// inputs is never handed on.
/// </remarks>
public abstract partial class ModerationGroup : ModelGroup
{
    private static readonly WholeBackground<WholeAttempt<ModerationAnswers, RoutedModerations>, RoutedModerations> Background = new(new ModerationRequest(new[] { "Hi" }));

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected ModerationGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Asks whether a text is harmful.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedModerations> ModerateAsync(string text, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(One(text, options), CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks of each text whether it is harmful.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A judgement of each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedModerations> ModerateAsync(IEnumerable<string> texts, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Many(texts, options), CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks whether a message of texts and images is harmful.</summary>
    /// <param name="contents">The parts of the message, at least one: <see cref="TextContent"/>, and images as <see cref="DataContent"/> or <see cref="UriContent"/>.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>One judgement, of all parts together.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedModerations> ModerateAsync(IEnumerable<AIContent> contents, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Message(contents, options), CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks whether a text is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedModerations Moderate(string text, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(One(text, options), CallOptions.Of(options), cancellationToken);

    /// <summary>Asks of each text whether it is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A judgement of each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedModerations Moderate(IEnumerable<string> texts, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Many(texts, options), CallOptions.Of(options), cancellationToken);

    /// <summary>Asks whether a message of texts and images is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="contents">The parts of the message, at least one: <see cref="TextContent"/>, and images as <see cref="DataContent"/> or <see cref="UriContent"/>.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>One judgement, of all parts together.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedModerations Moderate(IEnumerable<AIContent> contents, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Message(contents, options), CallOptions.Of(options), cancellationToken);

    private static ModerationRequest One(string text, ModerationOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(new[] { text }, options);
    }

    private static ModerationRequest Many(IEnumerable<string> texts, ModerationOptions? options) =>
        new(CallTexts.Of(texts, "text", "there is nothing to judge"), options);

    private static ModerationRequest Message(IEnumerable<AIContent> contents, ModerationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(contents);
        AIContent[] parts = [.. contents]; // The caller may go on to change its list.
        if (parts.Length == 0) throw new ArgumentException("There must be at least one content.", nameof(contents));
        int empty = Array.FindIndex(parts, static part => part is null or TextContent { Text.Length: 0 });
        if (empty >= 0) throw new ArgumentException($"Content {empty} is {(parts[empty] is null ? "null" : "empty")}: there is nothing to judge.", nameof(contents));
        return parts is [TextContent alone] ? new(new[] { alone.Text }, options) : new(parts, options); // Any model takes a text.
    }

    private RoutedModerations Run(ModerationRequest request, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(RunAsync(request, routing, async: false, cancellationToken));

    private ValueTask<RoutedModerations> RunAsync(ModerationRequest request, CallOptions routing, bool async, CancellationToken cancellationToken)
    {
        Checked(routing);
        request.LeftOut = Choose(request.Options?.ModelId, ref routing);
        return WholeCall.AskAsync<ModerationAnswers, RoutedModerations>(State, request, routing, async, cancellationToken);
    }
}
