using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a stream of events, and reads it up to its first content: until then the caller has seen nothing, so the call may fail over.</summary>
/// <typeparam name="TKind">What the streams of the kind of call have of their own.</typeparam>
/// <typeparam name="TUpdate">What they bring, piece by piece.</typeparam>
internal readonly struct StreamAttempt<TKind, TUpdate> : IAttempt<ProviderStream<TUpdate>>
    where TKind : IStreamKind<TUpdate>
    where TUpdate : class
{
    public static ValueTask<AttemptResult<ProviderStream<TUpdate>>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials.Script is { } script ? ScriptedStream<TKind, TUpdate>.OpenAsync(context, script) : SendAsync(context);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptResult<ProviderStream<TUpdate>>> SendAsync(AttemptContext context)
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest request) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.FirstTokenTimeout);
        ProviderStream<TUpdate>? stream = null;
        bool handedOver = false;
        try
        {
            SentRequest sent = await request.SendAsync(context, async: true).ConfigureAwait(false);
            if (sent.Failure is { } unauthorised) return new(null, unauthorised);
            HttpResponseMessage response = sent.Response!;
            if (context.IsFromElsewhere(response))
            {
                using (response) return new(null, HttpExchange.Redirected);
            }

            context.NoteLimits(response);
            if (!response.IsSuccessStatusCode)
            {
                using (response) return new(null, await context.ReadRefusalAsync(response, async: true).ConfigureAwait(false));
            }

            AttemptResult<ProviderStream<TUpdate>> opened = await OpenAsync(context, response).ConfigureAwait(false);
            if (opened.Failure is not null) return opened;

            stream = opened.Value!;
            stream.Notes = request.Notes;
            AttemptFailure? failure = await stream.ReadToFirstContentAsync<TKind>(context).ConfigureAwait(false);
            clock.Disarm();
            if (failure is not null && failure.Kind is not FailureKind.EmptyResponse) return new(null, WithStatus(failure, response)) { Usage = stream.Usage };
            handedOver = true;
            return new(stream, failure is null ? null : WithStatus(failure, response)) { Usage = stream.Usage, Delay = sent.Delay };
        }
        catch (Exception exception) when (context.IsFailure(exception))
        {
            return new(null, TransportFailure.From(exception, clock.Cause)) { Usage = stream?.Usage };
        }
        catch (Exception) when (clock.IsCancelledByCaller && stream?.Usage is not null)
        {
            return new(null, null) { IsCancelled = true, Usage = stream.Usage };
        }
        finally
        {
            request.Dispose();
            if (!handedOver) stream?.Dispose();
        }
    }

    public static TimeSpan DeclaredLimit(in CallLimits limits) => limits.FirstTokenTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request)
    {
        TimeSpan usual = FirstTokenLimit.After(deployment.LatencyOf(streaming: true).Recent, request.Shape.InputTokens);
        return remaining / 2 < usual ? remaining / 2 : usual;
    }

    private static async ValueTask<AttemptResult<ProviderStream<TUpdate>>> OpenAsync(AttemptContext context, HttpResponseMessage response)
    {
        if (!HttpExchange.IsJson(response) && !HttpExchange.IsHtml(response))
        {
            return new(await EventStream<TKind, TUpdate>.OpenAsync(response, context.Framing, TKind.Start(context), context.KeepsRaw, context.Clock.Token).ConfigureAwait(false), null);
        }

        bool isStream = false;
        try
        {
            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, context.Limits.MaxAnswerBytes, async: true, context.Framing, context.Clock.Token).ConfigureAwait(false);
            isStream = body.RestOfEvents is not null && !HttpExchange.IsHtml(response);
            if (isStream) return new(new EventStream<TKind, TUpdate>(response, body.RestOfEvents!, body.Span, context.Framing, TKind.Start(context)) { KeepsRaw = context.KeepsRaw }, null);
            AttemptResult<WholeStream<TUpdate>> whole = TKind.ReadWhole(context, response, body);
            bool isAnswer = whole.Value is not null && (whole.Failure is null or { Kind: FailureKind.EmptyResponse });
            return isAnswer ? new(new EventStream<TKind, TUpdate>(whole.Value!), null) : new(null, whole.Failure) { Usage = whole.Usage };
        }
        finally
        {
            if (!isStream) response.Dispose();
        }
    }

    private static AttemptFailure WithStatus(AttemptFailure failure, HttpResponseMessage response) => failure with { StatusCode = failure.StatusCode ?? (int)response.StatusCode };
}
