using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The stream of a deployment's script (<see cref="ScriptedAttempt"/>). It is complete where it ends, as that of a client is.</summary>
/// <typeparam name="TKind">What the streams of the kind of call have of their own.</typeparam>
/// <typeparam name="TUpdate">What it brings, piece by piece.</typeparam>
/// <param name="context">The attempt.</param>
/// <param name="open">Starts to ask.</param>
internal sealed class ScriptedStream<TKind, TUpdate>(AttemptContext context, Func<CancellationToken, IAsyncEnumerable<TUpdate>> open) : EnumeratedStream<TUpdate>(context)
    where TKind : IStreamKind<TUpdate>
    where TUpdate : class
{
    /// <summary>Asks for a stream, and reads it up to its first content.</summary>
    /// <exception cref="InvalidOperationException">The script gives an answer of another kind of call.</exception>
    public static async ValueTask<AttemptResult<ProviderStream<TUpdate>>> OpenAsync(AttemptContext context, DeploymentScript script)
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest written) is { } unsupported) return new(null, unsupported);
        var request = new ScriptedRequest(context.Request, written.Body.ToArray());
        List<string>? notes = written.Notes;
        written.Dispose();
        var stream = new ScriptedStream<TKind, TUpdate>(context, token =>
        {
            IAsyncEnumerable<object> updates = script.StreamAsync(request, token);
            return updates as IAsyncEnumerable<TUpdate> ?? throw ScriptedAttempt.OtherKind(context, updates, typeof(TUpdate));
        })
        {
            Notes = notes,
        };
        context.Clock.Arm(context.Limit, CancelCause.FirstTokenTimeout);
        bool handedOver = false;
        try
        {
            AttemptFailure? failure = await stream.ReadToFirstContentAsync<TKind>(context).ConfigureAwait(false);
            context.Clock.Disarm();
            handedOver = failure is null or { Kind: FailureKind.EmptyResponse };
            return new(handedOver ? stream : null, failure) { Usage = stream.Usage };
        }
        catch (Exception) when (context.Clock.IsCancelledByCaller && stream.Usage is not null)
        {
            return new(null, null) { IsCancelled = true, Usage = stream.Usage };
        }
        finally
        {
            if (!handedOver) stream.Dispose();
        }
    }

    private protected override IAsyncEnumerator<TUpdate> Open(CancellationToken cancellationToken) => open(cancellationToken).GetAsyncEnumerator(cancellationToken);

    private protected override StreamSignal Take(TUpdate update)
    {
        Update = update;
        Note<TKind>(update);
        return StreamSignal.Update;
    }

    private protected override AttemptFailure? FailureOf(Exception exception) => ScriptedAttempt.FailureOf(exception, Context.Clock);
}
