using System.Diagnostics;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A model group: one name, and the deployments that can serve it. Each call goes to one of them; when that one fails,
/// to the next. Thread-safe. It is an <see cref="IChatClient"/> too.
/// </summary>
/// <remarks>
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer, and
/// <see cref="OperationCanceledException"/> when, and only when, the caller cancelled; <see cref="ArgumentException"/> where
/// messages or options cannot be written, or <see cref="RoutingOptions"/> name what the group does not have. Options and messages are never
/// changed; <see cref="ChatOptions.ModelId"/> and <see cref="ChatOptions.ConversationId"/> have no effect: the group decides who answers.
/// </remarks>
public abstract partial class ModelGroup : IChatClient
{
    private readonly GroupState _state;
    private readonly ConfigurationWatch? _configuration; // goes on reading for as long as it is referenced
    private ChatClientMetadata? _metadata;

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected ModelGroup(RouterContext context, GroupDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(definition);
        _state = new GroupState(context, definition, FallbackStates, CreatePolicy);
        _configuration = ConfigurationWatch.Start(context, definition.Name, _state.Settings, _state.Deployments);
    }

    /// <summary>The group's name, as it was declared.</summary>
    public string Name => _state.Name;

    /// <summary>The group's deployments, in the order of their declaration.</summary>
    public IReadOnlyList<Deployment> Deployments => _state.Deployments;

    /// <summary>The group's deployment of that name.</summary>
    /// <param name="deployment">The name, as it was declared.</param>
    /// <exception cref="ArgumentException">The group has none of that name.</exception>
    public Deployment this[string deployment]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(deployment);
            return _state.Find(deployment, nameof(deployment));
        }
    }

    /// <summary>The state of each deployment at this moment.</summary>
    public IReadOnlyList<DeploymentStatus> Status => Array.ConvertAll(_state.Deployments, static deployment => deployment.Status);

    /// <summary>What calls have spent at all deployments of the group together, and may spend: without shadows, and without measurements.</summary>
    public BudgetStatus Spend => _state.Spend.Status;

    /// <summary>
    /// A policy that chooses instead of the declared one, or of the strategy; null where none was set. May be set at any
    /// time, and set back to null; calls that have picked already are not affected. A call that asks for a strategy of its
    /// own (<see cref="RoutingOptions.Strategy"/>) gets that one.
    /// </summary>
    public SelectionPolicy? Policy
    {
        get => _state.Policy.Set;
        set => _state.Policy.Set = value;
    }

    /// <summary>The groups that take over when no deployment of this one can answer.</summary>
    protected internal virtual ModelGroup[] Fallbacks => [];

    /// <summary>The groups that take over when a request exceeds the context window.</summary>
    protected internal virtual ModelGroup[] ContextWindowFallbacks => [];

    /// <summary>The groups that take over when a content filter refuses a request.</summary>
    protected internal virtual ModelGroup[] ContentPolicyFallbacks => [];

    /// <summary>Makes the policy that <see cref="ModelGroupAttribute.Policy"/> names; null where it names none. Called at the first pick, and when <see cref="Policy"/> is set to null.</summary>
    protected internal virtual SelectionPolicy? CreatePolicy() => null;

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
        await AskAsync(Conversation(messages), options, Routing(options), async: true, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Conversation(messages), options, Routing(options), cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        return serviceType == typeof(ChatClientMetadata) ? _metadata ??= new ChatClientMetadata("routergen", providerUri: null, Name) : null;
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", _state.Deployments.Select(static deployment => deployment.Name))}";

    private static ChatMessage[] Prompt(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [new ChatMessage(ChatRole.User, prompt)];
    }

    private static IReadOnlyList<ChatMessage> Conversation(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? messages.ToArray();
        if (list.Count == 0) throw new ArgumentException("There must be at least one message.", nameof(messages));
        return list;
    }

    private RoutedResponse Ask(IReadOnlyList<ChatMessage> messages, ChatOptions? options, RoutingOptions routing, CancellationToken cancellationToken)
    {
        ValueTask<RoutedResponse> call = AskAsync(messages, options, routing, async: false, cancellationToken);
        Debug.Assert(call.IsCompleted, "A synchronous call never leaves its thread.");
        return call.GetAwaiter().GetResult();
    }

    private async ValueTask<RoutedResponse> AskAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, RoutingOptions routing, bool async, CancellationToken cancellationToken)
    {
        RouterContext router = _state.Router;
        var request = new ChatRequest(messages, options, stream: false, this);
        _state.Mirroring.Copy(request, routing, cancellationToken);
        CallClock clock = router.StartCall(routing.Timeout ?? _state.Settings.Timeout, cancellationToken);
        try
        {
            var journey = new Journey(router, clock, _state, request, routing);
            RoutedResponse reply = await RetryLoop.RunAsync<CallAttempt, RoutedResponse>(router, journey, async).ConfigureAwait(false);
            if (!journey.HasLeft) journey.Deployment.Leave(journey.Lease, new AttemptReport { Usage = reply.Usage });
            journey.NoteCost(reply.Usage);
            reply.Attach(journey.Summarize(firstContentAt: null));
            return reply;
        }
        finally
        {
            router.EndCall(clock);
        }
    }

    private IAsyncEnumerable<ChatResponseUpdate> Stream(IReadOnlyList<ChatMessage> messages, ChatOptions? options, RoutingOptions routing, CancellationToken cancellationToken) =>
        RoutedStream.PlayAsync(_state, new ChatRequest(messages, options, stream: true, this), routing, cancellationToken);

    private GroupState[] FallbackStates(FallbackList list)
    {
        ModelGroup[] groups = list switch
        {
            FallbackList.ContextWindow => ContextWindowFallbacks,
            FallbackList.ContentPolicy => ContentPolicyFallbacks,
            _ => Fallbacks,
        };
        return groups.Length == 0 ? [] : Array.ConvertAll(groups, static group => group._state);
    }
}
