using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>Calls of a gateway's clients: routed as any other, and answered in the client's dialect.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChatRelay
{
    /// <summary>Asks for a whole answer.</summary>
    /// <param name="group">The group that is asked.</param>
    /// <param name="request">What the client asks for.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="RoutingCanceledException">The caller cancelled.</exception>
    public static async ValueTask<RelayedAnswer> AskAsync(ChatGroup group, RelayedRequest request, CallOptions routing, CancellationToken cancellationToken)
    {
        using CallScope call = CallScope.Begin(group.State, RequestOf(group, request, isStreaming: false, routing), routing, cancellationToken);
        RelayedAnswer answer = await call.AskAsync<RelayAttempt, RelayedAnswer>(async: true).ConfigureAwait(false);
        answer.Attach(call.Complete(new AttemptReport { Usage = answer.Usage, Tier = answer.Read.Tier, Answer = answer.Read }));
        return answer;
    }

    /// <summary>Asks for a stream, which fails over freely up to its first content. Its last update is a <see cref="RelayedEnd"/>.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public static IAsyncEnumerable<RelayedUpdate> StreamAsync(ChatGroup group, RelayedRequest request, CallOptions routing, CancellationToken cancellationToken) =>
        RoutedStream<RelayStreamAttempt, RelayStreams, RelayedUpdate>.PlayAsync(group.State, RequestOf(group, request, isStreaming: true, routing), routing, cancellationToken);

    /// <summary>Returns whether a deployment gets requests of a dialect as clients write them.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="dialect">How the client speaks.</param>
    public static bool PassesTo(Deployment deployment, ClientDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(dialect);
        return deployment.Definition.Codec is ChatCodec codec && codec.Passes == dialect.Dialect;
    }

    private static RelayedChatRequest RequestOf(ChatGroup group, RelayedRequest request, bool isStreaming, CallOptions routing)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(routing);
        return new RelayedChatRequest(request, isStreaming, group) { AskedTier = routing.ServiceTier };
    }
}
