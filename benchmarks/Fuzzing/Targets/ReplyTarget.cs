using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Fuzzing;

/// <summary>
/// A codec's whole answers, and refusals: it throws nothing, what is no answer is a failure that says why, and what is one can be
/// sent back to the provider with the next question.
/// </summary>
internal sealed class ReplyTarget(string name, ChatCodec codec, string[] seeds) : Target
{
    private const int LongestMessage = 600;
    private static readonly int[] Statuses = [300, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529];

    public override string Name => name;

    public override IEnumerable<string> Seeds => seeds;

    public override void Run(byte[] input)
    {
        var asked = new ChatRequest([Dialects.Hello], null, isStreaming: false);
        AttemptFailure? failure = codec.ReadReply(asked, input, out RoutedResponse? reply);
        Demand(failure is not null || reply is not null, "There is neither an answer nor a failure.");
        Demand(failure is null || reply is null || failure.Kind is FailureKind.ContentFiltered, "There is an answer beside a failure.");
        if (failure is not null) Check(failure);
        if (reply is not null) SendBack([Dialects.Hello, .. reply.Messages, Dialects.Hello]);
        foreach (int status in Statuses) Check(codec.ReadError(status, input));
    }

    private void SendBack(ChatMessage[] messages)
    {
        var body = new RequestWriter();
        AttemptFailure? failure = codec.WriteRequest(new ChatRequest(messages, null, isStreaming: false), body);
        if (failure is not null) Demand(failure.Kind is FailureKind.Unsupported, $"It cannot be sent back: {failure.Kind}.");
        else using (JsonDocument.Parse(body.WrittenMemory)) return;
    }

    private static void Check(AttemptFailure failure)
    {
        Demand(failure.Kind is not FailureKind.None, "The failure is none.");
        Demand(failure.Message.Length is > 0 and <= LongestMessage, $"The message has {failure.Message.Length} characters.");
    }
}
