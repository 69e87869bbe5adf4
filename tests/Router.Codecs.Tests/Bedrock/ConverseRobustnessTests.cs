using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Support.Mutations;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Whatever bytes come: a value says what they are, and nothing is thrown but what a framing may throw.</summary>
public class ConverseRobustnessTests
{
    private const int Runs = 2000;

    [Fact]
    public void A_reply_cut_anywhere_is_no_reply()
    {
        byte[] whole = Encoding.UTF8.GetBytes(ConverseReplyTests.Golden.TrimEnd());
        for (int length = 0; length < whole.Length; length++)
        {
            AttemptFailure? failure = ConverseReply.Read(ConverseWire.Asked, ConverseWire.Claude, whole.AsSpan(0, length), out RoutedResponse? reply);
            Assert.Null(reply);
            Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
        }
    }

    [Fact]
    public void An_event_cut_anywhere_fails_the_stream()
    {
        string[] events = ConverseStreamTests.ThinkingAndTools;
        for (int i = 0; i < events.Length; i++)
        {
            int space = events[i].IndexOf(' ', StringComparison.Ordinal);
            byte[] whole = Encoding.UTF8.GetBytes(events[i][(space + 1)..]);
            for (int length = 0; length < whole.Length; length++)
            {
                var decoder = new ConverseStream(ConverseWire.Asked, ConverseWire.Claude);
                foreach (string earlier in events[..i]) ConverseWire.Read(decoder, earlier, out _, out _);
                Assert.Equal(StreamSignal.Failed, decoder.Read(Encoding.UTF8.GetBytes(events[i][..space]), whole.AsSpan(0, length), out _, out AttemptFailure? failure));
                Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
            }
        }
    }

    [Fact]
    public void Invalid_UTF8_in_a_text_is_no_answer()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"output":{"message":{"content":[{"text":"a~b"}]}},"stopReason":"end_turn"}""");
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        Assert.Equal(FailureKind.InvalidResponse, ConverseReply.Read(ConverseWire.Asked, ConverseWire.Claude, body, out _)?.Kind);
    }

    [Fact]
    public void A_mutated_reply_is_a_reply_or_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes(ConverseReplyTests.Golden);
        var random = new Random(20260106);
        int failed = 0;
        for (int i = 0; i < Runs; i++)
        {
            AttemptFailure? failure = ConverseReply.Read(ConverseWire.Asked, ConverseWire.Claude, Mutate(whole, random), out RoutedResponse? reply);
            Assert.True(failure is null == reply is not null || failure!.Kind is FailureKind.ContentFiltered);
            if (failure is not null) failed++;
        }

        Assert.InRange(failed, 1, Runs - 1); // Both ways were gone.
    }

    [Fact]
    public void A_mutated_error_is_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"__type":"com.amazon#ThrottlingException:x","message":"Too many 'tokens'","code":"x"}""");
        var random = new Random(20260107);
        for (int i = 0; i < Runs; i++)
        {
            byte[] body = Mutate(whole, random);
            foreach (AttemptFailure failure in (AttemptFailure[])[BedrockErrors.Read(429, body), BedrockErrors.ReadInStream(body, body)])
            {
                Assert.NotEqual(FailureKind.None, failure.Kind);
                Assert.NotEqual("", failure.Message);
            }
        }
    }

    [Fact]
    public void A_mutated_event_goes_on_or_fails()
    {
        var random = new Random(20260108);
        int completed = 0;
        for (int i = 0; i < Runs; i++)
        {
            var decoder = new ConverseStream(ConverseWire.Asked, ConverseWire.Claude);
            int victim = random.Next(ConverseStreamTests.ThinkingAndTools.Length);
            for (int e = 0; e < ConverseStreamTests.ThinkingAndTools.Length; e++)
            {
                string[] parts = ConverseStreamTests.ThinkingAndTools[e].Split(' ', 2);
                byte[] data = Encoding.UTF8.GetBytes(parts[1]);
                StreamSignal signal = decoder.Read(Encoding.UTF8.GetBytes(parts[0]), e == victim ? Mutate(data, random) : data, out ChatResponseUpdate? update, out AttemptFailure? failure);
                if (Ends(signal, update, failure, ref completed)) break;
            }
        }

        Assert.InRange(completed, 1, Runs - 1); // Both ways were gone.
    }

    [Fact]
    public void A_mutated_stream_of_frames_is_damaged_or_read()
    {
        byte[] whole = [.. ConverseStreamTests.ThinkingAndTools.SelectMany(static one => EventStreamFrames.Event(one[..one.IndexOf(' ', StringComparison.Ordinal)], one[(one.IndexOf(' ', StringComparison.Ordinal) + 1)..]))];
        var random = new Random(20260109);
        int completed = 0;
        for (int i = 0; i < Runs; i++)
        {
            var decoder = new ConverseStream(ConverseWire.Asked, ConverseWire.Claude);
            using var reader = new EventStreamReader(new MemoryStream(i == 0 ? whole : Mutate(whole, random)));
            try
            {
                do
                {
                    while (reader.TryRead(out StreamEvent next)) Ends(decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out AttemptFailure? failure), update, failure, ref completed);
                }
                while (reader.FillAsync(async: false, CancellationToken.None) is { IsCompletedSuccessfully: true, Result: true });
            }
            catch (InvalidDataException)
            {
                // Frames have checksums.
            }
        }

        Assert.Equal(1, completed); // the one that was left as it was
    }

    private static bool Ends(StreamSignal signal, ChatResponseUpdate? update, AttemptFailure? failure, ref int completed)
    {
        Assert.Equal(signal is StreamSignal.Failed, failure is not null);
        Assert.Equal(signal is StreamSignal.Update or StreamSignal.Completed, update is not null);
        if (signal is StreamSignal.Completed) completed++;
        return signal is StreamSignal.Failed;
    }
}
