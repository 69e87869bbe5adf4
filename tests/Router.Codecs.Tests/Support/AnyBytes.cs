using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>Reads whatever bytes there are with a codec: a value says what they are, nothing is thrown, and what was read can be sent back.</summary>
/// <param name="codec">The codec.</param>
/// <param name="mayEndSilently">Whether a stream may end without an update.</param>
internal sealed class AnyBytes(ChatCodec codec, bool mayEndSilently = false)
{
    private static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hi")], null, isStreaming: false);

    /// <summary>Reads a whole answer.</summary>
    /// <returns>Why it is none; null where it is one.</returns>
    public AttemptFailure? Reply(ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = codec.ReadReply(Asked, body, out RoutedResponse? reply);
        Assert.True(failure is null == reply is not null || failure!.Kind is FailureKind.ContentFiltered);
        if (failure is not null) Check(failure);
        if (reply is not null) SendBack(reply.Messages);
        return failure;
    }

    /// <summary>Reads an error.</summary>
    public void Error(int status, ReadOnlySpan<byte> body) => Check(codec.ReadError(status, body));

    /// <summary>Reads the data of events.</summary>
    /// <returns>Whether they are a stream to its end.</returns>
    public bool Stream(IEnumerable<byte[]> events) => Stream(events.Select(static data => (Array.Empty<byte>(), data)));

    /// <summary>Reads events with their types.</summary>
    /// <returns>Whether they are a stream to its end.</returns>
    public bool Stream(IEnumerable<(byte[] Type, byte[] Data)> events)
    {
        ChatStreamDecoder decoder = codec.StartStream(Asked);
        List<ChatResponseUpdate> updates = [];
        StreamSignal signal = StreamSignal.Continue;
        foreach ((byte[] type, byte[] data) in events)
        {
            signal = decoder.Read(type, data, out ChatResponseUpdate? update, out AttemptFailure? failure);
            Check(signal, update, failure);
            if (signal is StreamSignal.Failed or StreamSignal.Completed) break;
        }

        // A dialect without a last event ends with the connection.
        if (signal is not (StreamSignal.Failed or StreamSignal.Completed) && decoder.IsFinished)
        {
            signal = decoder.End(out ChatResponseUpdate? update, out AttemptFailure? failure);
            Check(signal, update, failure);
        }

        SendBack(updates.ToChatResponse().Messages);
        return signal is StreamSignal.Completed;

        void Check(StreamSignal signal, ChatResponseUpdate? update, AttemptFailure? failure)
        {
            Assert.Equal(signal is StreamSignal.Failed, failure is not null);
            if (!mayEndSilently || signal is not StreamSignal.Completed) Assert.Equal(signal is StreamSignal.Update or StreamSignal.Completed, update is not null);
            if (failure is not null) AnyBytes.Check(failure);
            if (update is not null) updates.Add(update);
        }
    }

    private static void Check(AttemptFailure failure)
    {
        Assert.NotEqual(FailureKind.None, failure.Kind);
        Assert.InRange(failure.Message.Length, 1, 600);
    }

    private void SendBack(IList<ChatMessage> answer)
    {
        var body = new RequestWriter();
        List<ChatMessage> messages = [new(ChatRole.User, "Hi"), .. answer, new(ChatRole.User, "Go on")];
        AttemptFailure? failure = codec.WriteRequest(new ChatRequest(messages, null, false), body);
        if (failure is null) JsonDocument.Parse(body.WrittenMemory).Dispose();
        else Assert.Equal(FailureKind.Unsupported, failure.Kind); // for example a model's arguments with half a character
    }
}
