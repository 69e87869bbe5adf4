using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A group of chat models: each call goes to one of its deployments, and when that one fails, to the next. Thread-safe. It is
/// an <see cref="IChatClient"/> too.
/// </summary>
/// <remarks>
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer, and
/// <see cref="OperationCanceledException"/> when, and only when, the caller cancelled; <see cref="ArgumentException"/> where
/// messages or options cannot be written, or <see cref="CallOptions"/> name what the group does not have. Options and messages are never
/// changed. <see cref="ChatOptions.ModelId"/> chooses among the group's deployments where it is the name or the model of one; else it has no
/// effect, which the answer lists (<see cref="RoutedResponse.LeftOutProperty"/>). <see cref="ChatOptions.ConversationId"/> has an effect in the
/// dialect <see cref="Dialect.OpenAIResponses"/> alone.
/// </remarks>
public abstract partial class ChatGroup : ModelGroup, IChatClient
{
    private ChatClientMetadata? _metadata;

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected ChatGroup(RouterContext context, GroupDefinition definition) : base(context, definition, ChatBackground.Instance)
    {
    }

    /// <summary>Asks for a whole answer.</summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedResponse> CompleteAsync(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Prompt(prompt), options, Routing(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for a whole answer.</summary>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedResponse> CompleteAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Conversation(messages), options, Routing(options), async: true, cancellationToken).AsTask();

    /// <summary>
    /// Asks for a whole answer and blocks until it is there, on the caller's thread: no task is waited for. (Opening a new
    /// connection is the handler's work, and <see cref="SocketsHttpHandler"/> does it on the thread pool.)
    /// </summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedResponse Complete(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(Prompt(prompt), options, Routing(options), cancellationToken);

    /// <inheritdoc cref="Complete(string, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    public RoutedResponse Complete(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(Conversation(messages), options, Routing(options), cancellationToken);

    /// <summary>
    /// Asks for an answer as a stream. It fails over freely up to the first content; after that a failure is a
    /// <see cref="RoutingException"/> with what had arrived. The last update is a <see cref="RoutedResponseUpdate"/>.
    /// </summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Prompt(prompt), options, Routing(options), cancellationToken);

    /// <inheritdoc cref="StreamAsync(string, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Conversation(messages), options, Routing(options), cancellationToken);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync(Conversation(messages), options, Routing(options), async: true, cancellationToken, tellsRoute: true).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Conversation(messages), options, Routing(options), cancellationToken, tellsRoute: true);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        return serviceType == typeof(ChatClientMetadata) ? _metadata ??= new ChatClientMetadata(OuterSpan.ProviderName, providerUri: null, Name) : null;
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    internal static ChatMessage[] Prompt(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [new ChatMessage(ChatRole.User, prompt)];
    }

    internal static IReadOnlyList<ChatMessage> Conversation(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? messages.ToArray();
        if (list.Count == 0) throw new ArgumentException("There must be at least one message.", nameof(messages));
        return list;
    }

    private RoutedResponse Ask(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(AskAsync(messages, options, routing, async: false, cancellationToken));

    /// <summary>Asks for an answer, of a schema where <paramref name="answer"/> is not null.</summary>
    internal ValueTask<RoutedResponse> AskAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken, AnswerFormat? answer = null, bool tellsRoute = false)
    {
        IChatCache? cache = async ? CacheFor(routing) : null;
        return cache is null
            ? AskDeploymentsAsync(messages, options, routing, async, cancellationToken, answer, tellsRoute)
            : AskCachedAsync(cache, messages, options, routing, cancellationToken, answer, tellsRoute);
    }

    // Apart, so that a call without a cache has no closure.
    private ValueTask<RoutedResponse> AskCachedAsync(
        IChatCache cache, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, CancellationToken cancellationToken, AnswerFormat? answer, bool tellsRoute) =>
        CachedChat.AskAsync(
            cache, CacheCall(messages, options, routing, answer), () => AskDeploymentsAsync(messages, options, routing, async: true, cancellationToken, answer, tellsRoute), cancellationToken);

    /// <summary>Asks for a stream, of an answer of a schema where <paramref name="answer"/> is not null.</summary>
    internal IAsyncEnumerable<ChatResponseUpdate> Stream(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, CancellationToken cancellationToken, AnswerFormat? answer = null, bool tellsRoute = false)
    {
        IAsyncEnumerable<ChatResponseUpdate> asked = RoutedStream<ChatStreamAttempt, ChatStreams, ChatResponseUpdate>.PlayAsync(
            State, Request(messages, options, isStreaming: true, answer, tellsRoute, ref routing), routing, cancellationToken);
        IChatCache? cache = answer is null ? CacheFor(routing) : null;
        return cache is null ? asked : CachedChat.StreamAsync(cache, CacheCall(messages, options, routing, answer), asked, cancellationToken);
    }

    private async ValueTask<RoutedResponse> AskDeploymentsAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken, AnswerFormat? answer, bool tellsRoute)
    {
        ChatRequest request = Request(messages, options, isStreaming: false, answer, tellsRoute, ref routing);
        using CallScope call = CallScope.Begin(State, request, routing, cancellationToken);
        RoutedResponse reply = await call.AskAsync<ChatAttempt, RoutedResponse>(async).ConfigureAwait(false);
        reply.Attach(call.Complete(new AttemptReport { Usage = reply.Usage, Tier = reply.Tier, Answer = reply }));
        if (tellsRoute) (reply.AdditionalProperties ??= [])[RouteText.Property] = RouteText.Write(reply.Route, reply.Cost);
        return reply;
    }

    private IChatCache? CacheFor(CallOptions routing) => routing.SkipCache || routing.ApiKeys.Count > 0 || routing.MockFailure is not null ? null : State.Router.Cache;

    private ChatCacheCall CacheCall(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, AnswerFormat? answer) => new(Name, messages, options, routing, answer?.SchemaText);

    private ChatRequest Request(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool isStreaming, AnswerFormat? answer, bool tellsRoute, ref CallOptions routing) =>
        new(messages, options, isStreaming, this) { LeftOut = Choose(options?.ModelId, ref routing), AskedTier = routing.ServiceTier, Answer = answer, TellsRoute = tellsRoute };
}
