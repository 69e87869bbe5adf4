using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen;
using RouterGen.Infrastructure;

namespace RoutingLab;

/// <summary>
/// The lab's own wire format, as cheap to write and to read as one can be. A request says how long the prompt is and how
/// long the answer may be, in tokens; an answer says how long both were. What is said does not matter here.
/// </summary>
internal sealed class LabCodec : ChatCodec
{
    private const int CharactersPerToken = 4;

    private static readonly LabDecoder Decoder = new();

    public override string PathFor(bool streaming) => "/chat";

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body)
    {
        var json = body.StartObject("{\"model\":\"lab\""u8);
        json.WriteNumber("input", request.Messages[0].Text.Length / CharactersPerToken);
        json.WriteNumber("limit", request.Options?.MaxOutputTokens ?? 1);
        json.WriteNumber("stream", request.IsStreaming ? 1 : 0);
        body.EndObject();
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, "text")) { Usage = ReadUsage(body) };
        return null;
    }

    public override ChatStreamDecoder StartStream(ChatRequest request) => Decoder;

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) =>
        new(statusCode == 429 ? FailureKind.RateLimited : FailureKind.Overloaded, "") { StatusCode = statusCode };

    /// <summary>Reads a request, on the provider's side.</summary>
    public static (int InputTokens, int OutputLimit, bool Stream) ReadRequest(ReadOnlySpan<byte> body)
    {
        int input = NextNumber(ref body);
        int limit = NextNumber(ref body);
        return (input, limit, NextNumber(ref body) != 0);
    }

    /// <summary>The first token of a stream.</summary>
    public static ReadOnlySpan<byte> FirstEvent => "data: text\n\n"u8;

    /// <summary>Writes the end of a stream.</summary>
    public static int WriteLastEvent(Span<byte> buffer, int inputTokens, int outputTokens) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"data: {inputTokens} {outputTokens}\n\n"), buffer);

    /// <summary>Writes a whole answer.</summary>
    public static int WriteReply(Span<byte> buffer, int inputTokens, int outputTokens) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{inputTokens} {outputTokens}"), buffer);

    private static UsageDetails ReadUsage(ReadOnlySpan<byte> text)
    {
        int input = NextNumber(ref text);
        int output = NextNumber(ref text);
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    private static int NextNumber(ref ReadOnlySpan<byte> text)
    {
        int start = text.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0 || !Utf8Parser.TryParse(text[start..], out int number, out int length)) return 0;
        text = text[(start + length)..];
        return number;
    }

    /// <summary>Holds nothing, and so serves all streams.</summary>
    private sealed class LabDecoder : ChatStreamDecoder
    {
        public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
        {
            failure = null;
            if (data[0] == (byte)'t')
            {
                update = new ChatResponseUpdate(ChatRole.Assistant, "text");
                return StreamSignal.Update;
            }

            update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(ReadUsage(data))]);
            return StreamSignal.Completed;
        }
    }
}
