using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>Whatever bytes come: a value says what they are, and nothing is thrown.</summary>
public abstract class DialectRobustness
{
    private const int Mutations = 2000;

    private protected abstract DialectWire Wire { get; }

    /// <summary>A whole answer with everything in it.</summary>
    protected abstract string Golden { get; }

    /// <summary>A whole answer with a text that holds <c>~</c>.</summary>
    protected abstract string Tilde { get; }

    /// <summary>The data of a stream's events, with everything in it.</summary>
    protected abstract string[] Events { get; }

    /// <summary>An error.</summary>
    protected abstract string Error { get; }

    [Fact]
    public void A_reply_cut_anywhere_is_no_reply()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Golden);
        for (int length = 0; length < whole.Length; length++)
        {
            AttemptFailure? failure = Wire.Codec.ReadReply(Wire.Asked, whole.AsSpan(0, length), out RoutedResponse? reply);
            Assert.Null(reply);
            Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
        }
    }

    [Fact]
    public void An_event_cut_anywhere_fails_the_stream()
    {
        for (int i = 0; i < Events.Length; i++)
        {
            byte[] whole = Encoding.UTF8.GetBytes(Events[i]);
            for (int length = 0; length < whole.Length; length++)
            {
                ChatStreamDecoder decoder = Wire.Codec.StartStream(Wire.Asked);
                foreach (string earlier in Events[..i]) decoder.Read(default, Encoding.UTF8.GetBytes(earlier), out _, out _);
                Assert.Equal(StreamSignal.Failed, decoder.Read(default, whole.AsSpan(0, length), out _, out AttemptFailure? failure));
                Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
            }
        }
    }

    [Fact]
    public void Invalid_UTF8_in_a_text_is_no_answer()
    {
        byte[] body = Encoding.UTF8.GetBytes(Tilde);
        Assert.Null(Wire.Codec.ReadReply(Wire.Asked, body, out _));
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        Assert.Equal(FailureKind.InvalidResponse, Wire.Codec.ReadReply(Wire.Asked, body, out _)?.Kind);
    }

    [Fact]
    public void A_mutated_reply_is_a_reply_or_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Golden);
        var random = new Random(20260102);
        int failed = 0;
        for (int i = 0; i < Mutations; i++)
        {
            AttemptFailure? failure = Wire.Codec.ReadReply(Wire.Asked, Mutation.Of(whole, random), out RoutedResponse? reply);
            Assert.True(failure is null == reply is not null || failure!.Kind is FailureKind.ContentFiltered);
            if (failure is not null) failed++;
        }

        Assert.InRange(failed, 1, Mutations - 1); // Both ways were gone.
    }

    [Fact]
    public void A_mutated_error_is_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Error);
        var random = new Random(20260103);
        for (int i = 0; i < Mutations; i++)
        {
            AttemptFailure failure = Wire.Codec.ReadError(429, Mutation.Of(whole, random));
            Assert.NotEqual(FailureKind.None, failure.Kind);
            Assert.NotEqual("", failure.Message);
        }
    }

    [Fact]
    public void A_mutated_stream_goes_on_or_fails()
    {
        byte[][] events = [.. Events.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(20260104);
        int completed = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ChatStreamDecoder decoder = Wire.Codec.StartStream(Wire.Asked);
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

        Assert.InRange(completed, 1, Mutations - 1); // Both ways were gone.
    }
}
