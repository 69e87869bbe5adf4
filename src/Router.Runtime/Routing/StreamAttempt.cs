using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a stream, and reads it up to its first content: until then a failure is nobody's but ours.</summary>
internal readonly struct StreamAttempt : IAttempt<ProviderStream>
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AttemptResult<ProviderStream>> RunAsync(AttemptContext context, bool async)
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest request) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.FirstTokenTimeout);
        ProviderStream? stream = null;
        bool handedOver = false;
        try
        {
            SentRequest sent = await request.SendAsync(context, async: true).ConfigureAwait(false);
            HttpResponseMessage response = sent.Response;
            if (context.IsFromElsewhere(response))
            {
                using (response) return new(null, HttpExchange.Redirected);
            }

            context.NoteLimits(response);
            if (!response.IsSuccessStatusCode)
            {
                using (response) return new(null, await context.ReadRefusalAsync(response, async: true).ConfigureAwait(false));
            }

            AttemptResult<ProviderStream> opened = await OpenAsync(context, response).ConfigureAwait(false);
            if (opened.Failure is not null) return opened;

            stream = opened.Value!;
            stream.Notes = request.Notes;
            AttemptFailure? failure = await ReadToFirstContentAsync(stream, context).ConfigureAwait(false);
            clock.Disarm();
            if (failure is not null) return new(null, failure) { Usage = stream.Usage };
            handedOver = true;
            return new(stream, null) { Delay = sent.Delay };
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

    public static TimeSpan DeclaredLimit(GroupDefinition group) => group.FirstTokenTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining, Journey journey)
    {
        TimeSpan usual = FirstTokenLimit.After(journey.Deployment.LatencyOf(streaming: true).Recent, journey.InputTokens);
        return remaining / 2 < usual ? remaining / 2 : usual;
    }

    private static async ValueTask<AttemptResult<ProviderStream>> OpenAsync(AttemptContext context, HttpResponseMessage response)
    {
        ChatCodec codec = context.Deployment.Definition.Codec;
        if (!HttpExchange.IsJson(response) && !HttpExchange.IsHtml(response))
        {
            return new(await ProviderStream.OpenAsync(response, codec.StartStream(context.Request), context.Clock.Token).ConfigureAwait(false), null);
        }

        using (response)
        {
            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, ResponseBody.LargestReply, async: true, context.Clock.Token).ConfigureAwait(false);
            AttemptResult<RoutedResponse> whole = CallAttempt.Read(context, response, body, notes: null);
            return whole.Failure is null ? new(new ProviderStream(whole.Value!), null) : new(null, whole.Failure) { Usage = whole.Usage };
        }
    }

    private static async ValueTask<AttemptFailure?> ReadToFirstContentAsync(ProviderStream stream, AttemptContext context)
    {
        while (true)
        {
            StreamSignal signal = await stream.ReadAsync(context.Clock, context.Group.StreamIdleTimeout).ConfigureAwait(false);
            if (signal is StreamSignal.Failed) return stream.Failure;
            bool hasContent = ProviderStream.HasContent(stream.Update);
            if (hasContent) stream.FirstContentAt = context.Router.Clock.Now;
            if (hasContent || signal is StreamSignal.Completed) return null;
            if (stream.Update is { } early) stream.Held.Add(early);
        }
    }
}
