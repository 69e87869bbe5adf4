using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads events as the answer that they are, where a whole answer was asked for: some servers stream whatever they are asked.</summary>
internal static class EventReply
{
    /// <summary>Reads the events of a response whose body has been begun to be read.</summary>
    public static async ValueTask<AttemptResult<RoutedResponse>> ReadAsync(AttemptContext context, ResponseBody body, bool async)
    {
        using var stream = new ProviderStream(null, body.RestOfEvents!, body.Span, context.Deployment.Definition.Codec.StartStream(context.Request));
        return await ReadAsync(context, stream, async).ConfigureAwait(false);
    }

    /// <summary>Reads a whole body as events: as lines of JSON, or as one object that only streams send.</summary>
    /// <returns>The default where it is none.</returns>
    public static AttemptResult<RoutedResponse> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        using var stream = new ProviderStream(null, Stream.Null, body, context.Deployment.Definition.Codec.StartStream(context.Request));
        ValueTask<AttemptResult<RoutedResponse>> read = ReadAsync(context, stream, async: false);
        AttemptResult<RoutedResponse> result = read.GetAwaiter().GetResult(); // nothing to wait for
        return result.Value is null ? default : result;
    }

    private static async ValueTask<AttemptResult<RoutedResponse>> ReadAsync(AttemptContext context, ProviderStream stream, bool async)
    {
        List<ChatResponseUpdate> updates = [];
        StreamSignal signal;
        do
        {
            signal = await stream.ReadAsync(context.Clock, idle: null, async).ConfigureAwait(false);
            if (signal is not StreamSignal.Failed && stream.Update is { } update) updates.Add(update);
        }
        while (signal is StreamSignal.Update);

        context.Clock.Disarm();
        if (signal is StreamSignal.Failed) return new(null, stream.Failure) { Usage = stream.Usage };
        RoutedResponse reply = RoutedResponse.Of(updates.ToChatResponse());
        return new(reply, reply.FinishReason == ChatFinishReason.ContentFilter ? new AttemptFailure(FailureKind.ContentFiltered, "The provider's content filter withheld the rest of the answer.") : null) { Usage = reply.Usage };
    }
}
