using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Whatever bytes come: a value says what they are, and nothing is thrown but what a framing may throw.</summary>
public class ConverseRobustnessTests
{
    private const int Runs = 2000;

    [Fact]
    public void A_mutated_error_in_a_stream_is_a_failure()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"__type":"com.amazon#ThrottlingException:x","message":"Too many 'tokens'","code":"x"}""");
        var random = new Random(20260107);
        for (int i = 0; i < Runs; i++)
        {
            byte[] body = Mutation.Of(whole, random);
            AttemptFailure failure = BedrockErrors.ReadInStream(body, body);
            Assert.NotEqual(FailureKind.None, failure.Kind);
            Assert.NotEqual("", failure.Message);
        }
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
            using var reader = new EventStreamReader(new MemoryStream(i == 0 ? whole : Mutation.Of(whole, random)));
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
