using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a whole answer.</summary>
internal readonly struct CallAttempt : IAttempt<RoutedResponse>
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AttemptResult<RoutedResponse>> RunAsync(AttemptContext context, bool async)
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest request) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.AttemptTimeout);
        try
        {
            SentRequest sent = await request.SendAsync(context, async).ConfigureAwait(false);
            using HttpResponseMessage response = sent.Response;
            if (context.IsFromElsewhere(response)) return new(null, HttpExchange.Redirected);
            context.NoteLimits(response);
            if (!response.IsSuccessStatusCode) return new(null, await context.ReadRefusalAsync(response, async).ConfigureAwait(false));

            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, ResponseBody.LargestReply, async, clock.Token).ConfigureAwait(false);
            clock.Disarm();
            return Read(context, response, body, request.Notes) with { Delay = sent.Delay };
        }
        catch (Exception exception) when (context.IsFailure(exception))
        {
            return new(null, TransportFailure.From(exception, clock.Cause));
        }
        finally
        {
            request.Dispose();
        }
    }

    public static TimeSpan DeclaredLimit(GroupDefinition group) => group.AttemptTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining, Journey journey) => remaining / 2;

    /// <summary>Makes an answer of a body.</summary>
    internal static AttemptResult<RoutedResponse> Read(in AttemptContext context, HttpResponseMessage response, in ResponseBody body, List<string>? notes)
    {
        AttemptFailure? failure =
            HttpExchange.IsHtml(response) ? new AttemptFailure(FailureKind.InvalidResponse, "The answer is an HTML page, not JSON.") { Detail = "Page" }
            : !body.IsWhole ? new AttemptFailure(FailureKind.InvalidResponse, $"The answer is larger than {ResponseBody.LargestReply / 1024 / 1024} MB.") { Detail = "TooLarge" }
            : null;
        RoutedResponse? reply = null;
        failure ??= context.Deployment.Definition.Codec.ReadReply(context.Request, body.Span, out reply);
        if (notes is not null && reply is not null) (reply.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = notes.ToArray();
        return new(reply, failure is null ? null : failure with { StatusCode = failure.StatusCode ?? (int)response.StatusCode }) { Usage = reply?.Usage ?? failure?.Usage };
    }
}
