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

            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, ResponseBody.LargestReply, async, stopsAtEvents: !HttpExchange.IsHtml(response), clock.Token).ConfigureAwait(false);
            if (body.RestOfEvents is not null) return Judge(response, await EventReply.ReadAsync(context, body, async).ConfigureAwait(false), request.Notes) with { Delay = sent.Delay };
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

    /// <summary>The failure of an answer that is complete and holds nothing.</summary>
    internal static readonly AttemptFailure EmptyAnswer = new(FailureKind.EmptyResponse, "The answer holds nothing: no text, call, thought, media or refusal.");

    public static TimeSpan DeclaredLimit(GroupDefinition group) => group.AttemptTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining, Journey journey) => remaining / 2;

    /// <summary>Makes an answer of a body.</summary>
    internal static AttemptResult<RoutedResponse> Read(in AttemptContext context, HttpResponseMessage response, in ResponseBody body, List<string>? notes)
    {
        AttemptFailure? failure =
            HttpExchange.IsHtml(response) ? new AttemptFailure(FailureKind.InvalidResponse, "The answer is an HTML page, not JSON.") { Detail = "Page" }
            : !body.IsWhole ? new AttemptFailure(FailureKind.InvalidResponse, $"The answer is larger than {ResponseBody.LargestReply / 1024 / 1024} MB.") { Detail = "TooLarge" }
            : null;
        if (failure is not null) return Judge(response, new(null, failure), notes);
        failure = context.Deployment.Definition.Codec.ReadReply(context.Request, body.Span, out RoutedResponse? reply);
        if (failure?.Kind is FailureKind.InvalidResponse && EventReply.Read(context, body.Span) is { Value: not null } read) return Judge(response, read, notes);
        if (reply is not null && context.KeepsRaw) reply.Messages[0].RawRepresentation = RawAnswer.Parse(body.Span);
        return Judge(response, new(reply, failure) { Usage = reply?.Usage ?? failure?.Usage }, notes);
    }

    /// <summary>Completes what was read: a failure by the status that it came with, an answer by whether it holds anything.</summary>
    private static AttemptResult<RoutedResponse> Judge(HttpResponseMessage response, in AttemptResult<RoutedResponse> read, List<string>? notes)
    {
        if (notes is not null && read.Value is { } answer) (answer.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = notes.ToArray();
        AttemptFailure? failure = read.Failure;
        if (failure is null && read.Value is { HasContent: false }) failure = EmptyAnswer;
        return failure is null ? read : read with { Failure = failure with { StatusCode = failure.StatusCode ?? (int)response.StatusCode } };
    }
}
