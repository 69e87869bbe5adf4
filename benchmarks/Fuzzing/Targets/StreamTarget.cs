using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Fuzzing;

/// <summary>
/// A codec's streams: it throws nothing, ends once, says why where it fails, and wherever the stream is cut, the updates are the
/// same; what has come can be sent back.
/// </summary>
/// <param name="name">The name of the target.</param>
/// <param name="codec">The codec.</param>
/// <param name="seeds">Streams to begin with.</param>
/// <param name="framing">How they are divided into events; the codec's own where it is null. Frames with checksums would keep all changed events from the codec.</param>
internal sealed class StreamTarget(string name, ChatCodec codec, string[] seeds, StreamFraming? framing = null) : Target
{
    public override string Name => name;

    public override IEnumerable<string> Seeds => seeds;

    public override void Run(byte[] input)
    {
        string whole = Play(input, largest: int.MaxValue - 1);
        string parted = Play(input, largest: 5);
        Demand(whole == parted, $"In pieces it is\n{parted}\nin one piece\n{whole}");
    }

    private string Play(byte[] input, int largest)
    {
        using StreamEventReader reader = (framing ?? codec.Framing).Open(new Pieces(input, largest, input.Length), []);
        ChatStreamDecoder decoder = codec.StartStream(new ChatRequest([Dialects.Hello], null, isStreaming: true));
        List<ChatResponseUpdate> updates = [];
        var told = new StringBuilder();
        bool isOpen = true;
        try
        {
            while (true)
            {
                while (reader.TryRead(out StreamEvent next))
                {
                    StreamSignal signal = decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out AttemptFailure? failure);
                    Check(signal, update, failure);
                    if (signal is StreamSignal.Failed or StreamSignal.Completed) return End();
                }

                if (!isOpen) break;
                isOpen = reader.FillAsync(async: false, CancellationToken.None).GetAwaiter().GetResult();
            }
        }
        catch (InvalidDataException damage) // what a framing throws where bytes are damaged: nothing after them is read
        {
            told.AppendLine(damage.Message);
            return End();
        }

        if (decoder.IsFinished)
        {
            StreamSignal signal = decoder.End(out ChatResponseUpdate? update, out AttemptFailure? failure);
            Demand(signal is StreamSignal.Completed or StreamSignal.Failed, $"A finished stream ends with {signal}.");
            Check(signal, update, failure);
        }

        return End();

        void Check(StreamSignal signal, ChatResponseUpdate? update, AttemptFailure? failure)
        {
            Demand(signal is StreamSignal.Failed == failure is not null, $"{signal} comes {(failure is null ? "without" : "with")} a failure.");
            Demand(update is not null || signal is not StreamSignal.Update, "An update is not there.");
            Demand(failure is null || (failure.Kind is not FailureKind.None && failure.Message.Length is > 0 and <= 600), "The failure does not say what it is.");
            told.Append(signal).Append(' ').Append(failure?.Kind).Append(' ').Append(failure?.Message).AppendLine();
            if (update is null) return;
            updates.Add(update);
            foreach (AIContent content in update.Contents) told.AppendLine(TextOf(content));
        }

        string End()
        {
            told.Append(decoder.UsageSoFar?.TotalTokenCount);
            var body = new RequestWriter();
            ChatMessage[] messages = [Dialects.Hello, .. updates.ToChatResponse().Messages, Dialects.Hello];
            AttemptFailure? refused = codec.WriteRequest(new ChatRequest(messages, null, isStreaming: false), body);
            if (refused is not null) Demand(refused.Kind is FailureKind.Unsupported, $"It cannot be sent back: {refused.Kind}.");
            else using (JsonDocument.Parse(body.WrittenMemory)) { }
            return told.ToString();
        }
    }

    // Not the id of a call: where the provider gives none, one is made up.
    private static string TextOf(AIContent content) => content switch
    {
        TextContent text => "text " + text.Text,
        TextReasoningContent thought => "thought " + thought.Text,
        FunctionCallContent call => $"call {call.Name} {JsonSerializer.Serialize(call.Arguments)}",
        _ => content.GetType().Name,
    };
}
