using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>One call of a deployment's client: what it is asked, how it is waited for, and what its exceptions mean.</summary>
internal static class ClientCall
{
    /// <summary>
    /// Returns the caller's options with the deployment's model, in a copy. What is for the router is left out, and a conversation that a provider
    /// keeps: the messages are all of it, since another deployment may have answered before.
    /// </summary>
    /// <exception cref="ArgumentException">The caller's options cannot be copied.</exception>
    public static ChatOptions OptionsFor(in AttemptContext context)
    {
        ChatOptions options;
        try
        {
            options = RequestFor(context).Options?.Clone() ?? new ChatOptions();
        }
        catch (Exception exception)
        {
            throw new ArgumentException($"The options cannot be copied for the client: {exception.Message}", exception);
        }

        options.ModelId = context.Deployment.Model;
        options.ConversationId = null;
        options.AdditionalProperties?.Remove(CallOptions.PropertyName);
        int limit = context.Deployment.Definition.Codec.Profile.DefaultMaxOutputTokens;
        if (limit > 0) options.MaxOutputTokens ??= limit;
        return options;
    }

    /// <inheritdoc cref="RequestFor(Deployment, ChatRequest)"/>
    public static ChatRequest RequestFor(in AttemptContext context) => RequestFor(context.Deployment, (ChatRequest)context.Request);

    /// <summary>Returns the request as the client gets it. A structured answer is asked for by what is known of the model, because a client refuses nothing.</summary>
    public static ChatRequest RequestFor(Deployment deployment, ChatRequest request) =>
        request.Answer is null ? request : request.By(ClientCodec.MechanismFor(deployment.Definition.Codec.Profile));

    /// <summary>Asks for a whole answer and waits for it, within the limit that is armed.</summary>
    public static async ValueTask<ChatResponse?> AskAsync(AttemptContext context, ChatOptions options, bool async)
    {
        var cancellation = new CancellationTokenSource(); // Its own: a client that goes on must not hold the token of a clock that serves other calls.
        Task<ChatResponse?>? asked = null;
        try
        {
            asked = async ? Start(context, options, cancellation.Token) : StartAlone(context, options, cancellation.Token);
            return async ? await asked.WaitAsync(context.Clock.Token).ConfigureAwait(false) : SynchronousWait.For(asked, context.Clock.Token);
        }
        catch (Exception) when (asked is not null)
        {
            Abandoned.Forget(asked);
            if (!asked.IsCompleted) Abandoned.Cancel(cancellation);
            throw;
        }
    }

    /// <summary>Starts to ask for a stream.</summary>
    public static IAsyncEnumerator<ChatResponseUpdate> Open(in AttemptContext context, ChatOptions options, CancellationToken cancellationToken) =>
        context.Credentials.Client!.Client.GetStreamingResponseAsync(MessagesOf(context), options, cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>What an exception, or a limit that ended, means. A caller's cancellation must have been looked for before.</summary>
    public static AttemptFailure FailureOf(in AttemptContext context, Exception exception) =>
        ClientFailure.From(exception, context.Clock.Cause, context.Credentials.Client!, context.Router.Clock.Provider.GetUtcNow());

    /// <summary>Returns counts to which more may be added: those that a client gave may be the same for many calls.</summary>
    public static UsageDetails? Copy(UsageDetails? usage)
    {
        if (usage is null) return null;
        var copy = new UsageDetails();
        copy.Add(usage);
        return copy;
    }

    private static Task<ChatResponse?> Start(in AttemptContext context, ChatOptions options, CancellationToken cancellationToken) =>
        context.Credentials.Client!.Client.GetResponseAsync(MessagesOf(context), options, cancellationToken)!;

    /// <summary>Starts without the caller's synchronisation context: what the client does next must not need the thread that is about to be blocked.</summary>
    private static Task<ChatResponse?> StartAlone(in AttemptContext context, ChatOptions options, CancellationToken cancellationToken)
    {
        SynchronizationContext? callers = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Start(context, options, cancellationToken);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }
    }

    private static IReadOnlyList<ChatMessage> MessagesOf(in AttemptContext context) => ((ChatRequest)context.Request).Messages;
}
