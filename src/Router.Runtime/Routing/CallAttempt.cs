using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a whole answer.</summary>
internal readonly struct CallAttempt : IAttempt<RoutedResponse>
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AttemptResult<RoutedResponse>> RunAsync(AttemptContext context, bool async)
    {
        ChatCodec codec = context.Deployment.Definition.Codec;
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.AttemptTimeout);
        try
        {
            Exchange exchange = await OutgoingRequest.SendAsync(context, async).ConfigureAwait(false);
            if (exchange.Failure is not null) return new(null, exchange.Failure);
            using HttpResponseMessage response = exchange.Response!;
            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, ResponseBody.LargestReply, async, clock.Token).ConfigureAwait(false);
            clock.Disarm();
            return Read(codec, response, body);
        }
        catch (Exception exception) when (OutgoingRequest.IsFailure(exception, context))
        {
            return new(null, TransportFailure.From(exception, clock.Cause));
        }
    }

    public static TimeSpan DeclaredLimit(GroupDefinition group) => group.AttemptTimeout;

    public static TimeSpan UsualLimit(TimeSpan remaining) => remaining / 2;

    /// <summary>Makes an answer of a body.</summary>
    internal static AttemptResult<RoutedResponse> Read(ChatCodec codec, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptFailure? failure =
            HttpExchange.IsHtml(response) ? new AttemptFailure(FailureKind.InvalidResponse, "The answer is an HTML page, not JSON.")
            : !body.IsWhole ? new AttemptFailure(FailureKind.InvalidResponse, $"The answer is larger than {ResponseBody.LargestReply / 1024 / 1024} MB.")
            : null;
        RoutedResponse? reply = null;
        failure ??= codec.ReadReply(body.Span, out reply);
        return new(reply, failure is null ? null : failure with { StatusCode = failure.StatusCode ?? (int)response.StatusCode });
    }
}
