using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a whole answer.</summary>
/// <typeparam name="TReader">Reads the answers of the kind of call.</typeparam>
/// <typeparam name="T">The answer.</typeparam>
internal readonly struct WholeAttempt<TReader, T> : IAttempt<T>
    where TReader : IAnswerReader<T>
    where T : class
{
    public static ValueTask<AttemptResult<T>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials.Script is { } script ? ScriptedAttempt.AskAsync<TReader, T>(context, script, async) : SendAsync(context, async);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptResult<T>> SendAsync(AttemptContext context, bool async)
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest request) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.AttemptTimeout);
        try
        {
            SentRequest sent = await request.SendAsync(context, async).ConfigureAwait(false);
            if (sent.Failure is { } unauthorised) return new(null, unauthorised);
            using HttpResponseMessage response = sent.Response!;
            if (context.IsFromElsewhere(response)) return new(null, HttpExchange.Redirected);
            context.NoteLimits(response);
            if (!response.IsSuccessStatusCode) return new(null, await context.ReadRefusalAsync(response, async).ConfigureAwait(false));

            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, context.Limits.MaxAnswerBytes, async, TReader.ReadsEvents && !HttpExchange.IsHtml(response) ? context.Framing : null, clock.Token).ConfigureAwait(false);
            if (body.RestOfEvents is not null) return Judge(response, await TReader.ReadEventsAsync(context, body, async).ConfigureAwait(false), request.Notes) with { Delay = sent.Delay };
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

    public static TimeSpan DeclaredLimit(in CallLimits limits) => limits.AttemptTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) => remaining / 2;

    /// <summary>Makes an answer of a body.</summary>
    internal static AttemptResult<T> Read(in AttemptContext context, HttpResponseMessage response, in ResponseBody body, List<string>? leftOut)
    {
        AttemptFailure? failure =
            HttpExchange.IsHtml(response) ? new AttemptFailure(FailureKind.InvalidResponse, "The answer is an HTML page, not JSON.") { Detail = "Page" }
            : !body.IsWhole ? new AttemptFailure(FailureKind.InvalidResponse, $"The answer is larger than {body.Span.Length} bytes (MaxAnswerBytes).") { Detail = "TooLarge" }
            : null;
        return Judge(response, failure is null ? TReader.Read(context, body.Span) : new(null, failure), leftOut);
    }

    /// <summary>Completes what was read: a failure by the status that it came with, an answer by whether it holds anything.</summary>
    private static AttemptResult<T> Judge(HttpResponseMessage response, in AttemptResult<T> read, List<string>? leftOut)
    {
        if (leftOut is not null && read.Value is { } answer) TReader.Annotate(answer, leftOut);
        AttemptFailure? failure = read.Failure ?? (read.Value is null ? null : TReader.WhyEmpty(read.Value));
        return failure is null ? read : read with { Failure = failure with { StatusCode = failure.StatusCode ?? (int)response.StatusCode } };
    }
}
