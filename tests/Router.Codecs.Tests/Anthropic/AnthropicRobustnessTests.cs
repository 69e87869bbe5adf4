using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Support.Mutations;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

/// <summary>Whatever bytes come: a value says what they are, and nothing is thrown.</summary>
public class AnthropicRobustnessTests
{
    private const int Rounds = 2000;

    [Fact]
    public void A_reply_cut_anywhere_is_no_reply()
    {
        byte[] whole = Encoding.UTF8.GetBytes(AnthropicReplyTests.Golden);
        for (int length = 0; length < whole.Length; length++)
        {
            AttemptFailure? failure = AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, whole.AsSpan(0, length), out RoutedResponse? reply);
            Assert.Null(reply);
            Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
        }
    }

    [Fact]
    public void An_event_cut_anywhere_fails_the_stream()
    {
        string[] events = AnthropicStreamTests.ThinkingAndTools;
        for (int i = 0; i < events.Length; i++)
        {
            byte[] whole = Encoding.UTF8.GetBytes(events[i]);
            for (int length = 0; length < whole.Length; length++)
            {
                var decoder = new AnthropicStream(AnthropicWire.Asked, AnthropicWire.Claude);
                foreach (string earlier in events[..i]) decoder.Read(default, Encoding.UTF8.GetBytes(earlier), out _, out _);
                Assert.Equal(StreamSignal.Failed, decoder.Read(default, whole.AsSpan(0, length), out _, out AttemptFailure? failure));
                Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
            }
        }
    }

    [Fact]
    public void Invalid_UTF8_in_a_text_is_no_answer()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"type":"message","content":[{"type":"text","text":"a~b"}],"stop_reason":"end_turn"}""");
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        Assert.Equal(FailureKind.InvalidResponse, AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, body, out _)?.Kind);
    }

    [Fact]
    public void A_mutated_reply_is_a_reply_or_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes(AnthropicReplyTests.Golden);
        var random = new Random(20260102);
        int failed = 0;
        for (int i = 0; i < Rounds; i++)
        {
            AttemptFailure? failure = AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, Mutation.Of(whole, random), out RoutedResponse? reply);
            Assert.True(failure is null == reply is not null || failure!.Kind is FailureKind.ContentFiltered);
            if (failure is not null) failed++;
        }

        Assert.InRange(failed, 1, Rounds - 1); // Both ways were gone.
    }

    [Fact]
    public void A_mutated_error_is_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"type":"error","error":{"type":"rate_limit_error","message":"prompt is too long","details":{"error_code":"x"}}}""");
        var random = new Random(20260103);
        for (int i = 0; i < Rounds; i++)
        {
            AttemptFailure failure = AnthropicErrors.Read(429, Mutation.Of(whole, random));
            Assert.NotEqual(FailureKind.None, failure.Kind);
            Assert.NotEqual("", failure.Message);
        }
    }

    [Fact]
    public void A_mutated_stream_goes_on_or_fails()
    {
        byte[][] events = [.. AnthropicStreamTests.ThinkingAndTools.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(20260104);
        int completed = 0;
        for (int i = 0; i < Rounds; i++)
        {
            var decoder = new AnthropicStream(AnthropicWire.Asked, AnthropicWire.Claude);
            int victim = random.Next(events.Length);
            for (int e = 0; e < events.Length; e++)
            {
                StreamSignal signal = decoder.Read(default, e == victim ? Mutation.Of(events[e], random) : events[e], out ChatResponseUpdate? update, out AttemptFailure? failure);
                Assert.Equal(signal is StreamSignal.Failed, failure is not null);
                Assert.Equal(signal is StreamSignal.Update or StreamSignal.Completed, update is not null);
                if (signal is StreamSignal.Completed) completed++;
                if (signal is StreamSignal.Failed) break;
            }
        }

        Assert.InRange(completed, 1, Rounds - 1); // Both ways were gone.
    }
}
