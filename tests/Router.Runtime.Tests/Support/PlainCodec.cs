using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>
/// The plainest dialect there is, so that tests of routing know no provider. A request is the last message's text; one that
/// starts with "wish" has a seed that no deployment takes, and "wishes" a top_k as well. A
/// whole answer is its text; one that starts with '!' is a failure of the kind that it names ("!ContentFiltered partial"),
/// which is not recognized where a '?' follows the kind.
/// A stream's events are the deltas; "[usage]" brings what was counted so far, "[finish]" says why it stopped, "[end]" is its terminator.
/// An answer "[empty]" holds nothing. A refusal's body
/// may name its kind. "@f" is a call of the function f. An answer may say how many of 100 requests are left, for the next minute.
/// </summary>
internal sealed class PlainCodec : ChatCodec
{
    public const string RemainingHeader = "X-Remaining";

    /// <summary>The header with what <see cref="ChatOptions.RawRepresentationFactory"/> gave, where that is a text.</summary>
    public const string RawHeader = "X-Raw";

    /// <summary>What each request's object starts with.</summary>
    public string Prefix { get; init; } = "{\"model\":\"plain\"";

    /// <summary>How its streams are framed.</summary>
    public StreamFraming Frames { get; init; } = SseFraming.Instance;

    /// <summary>The path behind the endpoint.</summary>
    public string Path { get; init; } = "/chat";

    public override string PathFor(bool streaming) => Path;

    public override StreamFraming Framing => Frames;

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body)
    {
        string text = request.Messages[^1].Text;
        if (text == "unsupported") return new AttemptFailure(FailureKind.Unsupported, "This dialect cannot say that.");
        if (text.StartsWith("wish", StringComparison.Ordinal)) body.Note("seed: left out");
        if (text == "wishes") body.Note("top_k: left out");
        body.StartObject(Encoding.UTF8.GetBytes(Prefix)).WriteString("text", text);
        body.EndObject();
        if (request.Options?.RawRepresentationFactory?.Invoke(request.Client!) is string raw) body.AddHeader(RawHeader, raw);
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        string text = Encoding.UTF8.GetString(body);
        reply = null;
        if (text.Length == 0) return new AttemptFailure(FailureKind.InvalidResponse, "The answer is empty.");
        if (text == "[empty]")
        {
            reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, [])) { Usage = Usage };
            return null;
        }

        if (text[0] != '!')
        {
            List<AIContent> contents = text[0] == '@' ? [new FunctionCallContent("c1", text[1..])] : [new TextContent(text)];
            reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents)) { Usage = Usage };
            return null;
        }

        AttemptFailure failure = Named(text[1..]);
        if (failure.Kind is FailureKind.ContentFiltered) reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, failure.Message)) { FinishReason = ChatFinishReason.ContentFilter };
        return failure;
    }

    public override ChatStreamDecoder StartStream(ChatRequest request) => new Decoder();

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body);
        FailureKind kind = statusCode switch
        {
            400 => FailureKind.InvalidRequest,
            401 or 403 => FailureKind.AuthenticationFailed,
            402 => FailureKind.QuotaExhausted,
            404 => FailureKind.ModelNotFound,
            429 => FailureKind.RateLimited,
            >= 500 => FailureKind.Overloaded,
            _ => FailureKind.InvalidResponse,
        };
        AttemptFailure failure = text.StartsWith('!') ? Named(text[1..]) : new AttemptFailure(kind, text);
        return failure with { StatusCode = statusCode };
    }

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.TryGetValues(RemainingHeader, out IEnumerable<string>? values) ? new(new RateLimitReading(100, long.Parse(values.Single(), CultureInfo.InvariantCulture), TimeSpan.FromMinutes(1)), default) : default;

    private static UsageDetails Usage => new() { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 };

    private static AttemptFailure Named(string text)
    {
        string[] words = text.Split(' ', 2);
        return new AttemptFailure(Enum.Parse<FailureKind>(words[0].TrimEnd('?')), words.Length > 1 ? words[1] : "It was asked to fail.") { IsUnrecognized = words[0].EndsWith('?') };
    }

    private sealed class Decoder : ChatStreamDecoder
    {
        private bool _finished;

        public override bool IsFinished => _finished;

        public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure)
        {
            failure = null;
            update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]);
            return StreamSignal.Completed;
        }

        public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
        {
            string text = Encoding.UTF8.GetString(data);
            update = null;
            failure = null;
            switch (text)
            {
                case "[end]":
                    update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]) { FinishReason = ChatFinishReason.Stop };
                    return StreamSignal.Completed;
                case "[finish]":
                    _finished = true;
                    update = new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
                    return StreamSignal.Update;
                case "[part]":
                    return StreamSignal.Progress;
                case "[ping]":
                    return StreamSignal.Continue;
                case "[usage]":
                    update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]);
                    return StreamSignal.Update;
                case "[role]":
                    update = new ChatResponseUpdate(ChatRole.Assistant, []) { ResponseId = "r1" };
                    return StreamSignal.Update;
                case var _ when text.StartsWith('@'):
                    update = new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c1", text[1..])]);
                    return StreamSignal.Update;
                case var _ when text.StartsWith('!'):
                    failure = Named(text[1..]);
                    return StreamSignal.Failed;
                default:
                    update = new ChatResponseUpdate(ChatRole.Assistant, text);
                    return StreamSignal.Update;
            }
        }
    }
}
