using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Whatever bytes come: a value says what they are, and nothing is thrown.</summary>
public class GeminiRobustnessTests
{
    private const int Rounds = 2000;

    private static readonly byte[] Reply = Encoding.UTF8.GetBytes(GeminiReplyTests.Golden);

    [Fact]
    public void A_reply_cut_anywhere_is_no_reply()
    {
        ReadOnlySpan<byte> whole = Reply.AsSpan().TrimEnd("\n"u8);
        for (int length = 0; length < whole.Length; length++)
        {
            AttemptFailure? failure = GeminiReply.Read(GeminiWire.Asked, GeminiWire.Model, whole[..length], out RoutedResponse? reply);
            Assert.Null(reply);
            Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
        }
    }

    [Fact]
    public void An_event_cut_anywhere_fails_the_stream()
    {
        foreach (string data in GeminiStreamTests.Golden)
        {
            byte[] whole = Encoding.UTF8.GetBytes(data);
            for (int length = 1; length < whole.Length; length++)
            {
                var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
                Assert.Equal(StreamSignal.Failed, decoder.Read(default, whole.AsSpan(0, length), out _, out AttemptFailure? failure));
                Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
            }
        }
    }

    [Fact]
    public void Invalid_UTF8_in_a_text_is_no_answer()
    {
        byte[] body = Encoding.UTF8.GetBytes(GeminiWire.Answer("""{"text":"a~b"}"""));
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        Assert.Equal(FailureKind.InvalidResponse, GeminiReply.Read(GeminiWire.Asked, GeminiWire.Model, body, out _)?.Kind);
        Assert.Equal(StreamSignal.Failed, new GeminiStream(GeminiWire.Asked, GeminiWire.Model).Read(default, body, out _, out _));
    }

    [Fact]
    public void A_mutated_reply_is_a_reply_or_a_failure()
    {
        var random = new Random(20260102);
        int failed = 0;
        for (int i = 0; i < Rounds; i++)
        {
            AttemptFailure? failure = GeminiReply.Read(GeminiWire.Asked, GeminiWire.Model, Mutation.Of(Reply, random), out RoutedResponse? reply);
            Assert.True(failure is null == reply is not null || failure!.Kind is FailureKind.ContentFiltered);
            if (failure is not null) failed++;
        }

        Assert.InRange(failed, 1, Rounds - 1); // Both ways were gone.
    }

    [Fact]
    public void Random_bytes_are_no_answer()
    {
        var random = new Random(20260105);
        for (int i = 0; i < Rounds; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.NotNull(GeminiReply.Read(GeminiWire.Asked, GeminiWire.Model, bytes, out _));
            Assert.NotEqual(FailureKind.None, GeminiErrors.Read(400, bytes).Kind);
        }
    }

    [Fact]
    public void A_mutated_error_is_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""[{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"PerDay"}]},{"retryDelay":"46s"}]}}]""");
        var random = new Random(20260103);
        for (int i = 0; i < Rounds; i++)
        {
            AttemptFailure failure = GeminiErrors.Read(429, Mutation.Of(whole, random));
            Assert.NotEqual(FailureKind.None, failure.Kind);
            Assert.NotEqual("", failure.Message);
        }
    }

    [Fact]
    public void A_mutated_stream_goes_on_or_fails()
    {
        byte[][] events = [.. GeminiStreamTests.Golden.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(20260104);
        int finished = 0;
        for (int i = 0; i < Rounds; i++)
        {
            var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
            int victim = random.Next(events.Length);
            for (int e = 0; e < events.Length; e++)
            {
                StreamSignal signal = decoder.Read(default, e == victim ? Mutation.Of(events[e], random) : events[e], out ChatResponseUpdate? update, out AttemptFailure? failure);
                Assert.Equal(signal is StreamSignal.Failed, failure is not null);
                Assert.Equal(signal is StreamSignal.Update, update is not null);
                if (signal is StreamSignal.Failed) break;
            }

            if (!decoder.IsFinished) continue;
            Assert.Equal(StreamSignal.Completed, decoder.End(out ChatResponseUpdate? last, out _));
            Assert.NotNull(last!.FinishReason);
            finished++;
        }

        Assert.InRange(finished, 1, Rounds - 1); // Both ways were gone.
    }

    [Theory]
    [InlineData("rg1 ")]
    [InlineData("rg1 0000000000000000 thoughtSignature.text gemini/m\n5:x")]
    [InlineData("")]
    public void A_stamp_that_is_none_is_left_out(string stamp)
    {
        string written = GeminiWire.Contents(GeminiWire.Hello, new(ChatRole.Assistant, [new TextContent("Hi"), new TextReasoningContent("") { ProtectedData = stamp }]));
        Assert.EndsWith("""{"role":"model","parts":[{"text":"Hi"}]}]""", written);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("x:S")]
    [InlineData("99:S")]
    [InlineData("-1:S")]
    public void A_stamp_of_ones_own_making_is_left_out(string data)
    {
        string stamp = CodecState.StampOf(GeminiWire.Model, "thoughtSignature.text", CodecHash.Of("Hi"), data);
        string written = GeminiWire.Contents(GeminiWire.Hello, new(ChatRole.Assistant, [new TextContent("Hi"), new TextReasoningContent("") { ProtectedData = stamp }]));
        Assert.EndsWith("""{"role":"model","parts":[{"text":"Hi"}]}]""", written);
    }
}
