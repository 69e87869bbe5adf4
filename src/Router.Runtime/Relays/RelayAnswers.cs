using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of chat models for a gateway's client: they are judged as any other, and go on as they are where the client speaks the same dialect.</summary>
internal readonly struct RelayAnswers : IAnswerReader<RelayedAnswer>
{
    public static bool ReadsEvents => ChatAnswers.ReadsEvents;

    public static AttemptResult<RelayedAnswer> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptResult<RoutedResponse> read = ChatAnswers.Read(context, body);
        if (read.Value is not { } reply) return new(null, read.Failure) { Usage = read.Usage };
        bool passes = ((RelayedChatRequest)context.Request).PassesTo((ChatCodec)context.Codec);
        return new(passes ? new RelayedAnswer(body.ToArray(), reply) : Written(context, reply), read.Failure) { Usage = read.Usage };
    }

    public static async ValueTask<AttemptResult<RelayedAnswer>> ReadEventsAsync(AttemptContext context, ResponseBody body, bool async) =>
        Written(context, await ChatAnswers.ReadEventsAsync(context, body, async).ConfigureAwait(false));

    public static void Annotate(RelayedAnswer answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();

    public static AttemptFailure? WhyEmpty(RelayedAnswer answer) => ChatAnswers.WhyEmpty(answer.Read);

    /// <summary>Returns what was read as the client expects it.</summary>
    public static AttemptResult<RelayedAnswer> Written(in AttemptContext context, in AttemptResult<RoutedResponse> read) =>
        new(read.Value is { } reply ? Written(context, reply) : null, read.Failure) { Usage = read.Usage, Delay = read.Delay, IsCancelled = read.IsCancelled };

    /// <summary>Returns the request of an attempt as the client wrote it.</summary>
    public static RelayedRequest SourceOf(in AttemptContext context) => ((RelayedChatRequest)context.Request).Source;

    private static RelayedAnswer Written(in AttemptContext context, RoutedResponse reply)
    {
        RelayedRequest source = SourceOf(context);
        var output = new ArrayBufferWriter<byte>(1024);
        source.Dialect.WriteAnswer(source, reply, output);
        return new RelayedAnswer(output.WrittenMemory, reply);
    }
}
