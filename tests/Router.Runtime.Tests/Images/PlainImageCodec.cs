using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Images;

/// <summary>
/// The plainest dialect of image models. A request is its prompt; an answer is an image a word, of the word's letters. A word that begins with '-' is why one is
/// withheld; an answer that begins with '!' is a failure of the kind that it names. A stream's events are words: "~" before one makes it partial, "[end]" is the terminator.
/// </summary>
internal sealed class PlainImageCodec : ImageCodec
{
    public override string PathFor(bool streaming) => streaming ? "/draw-stream" : "/draw";

    public override string EditPath => "/change";

    public override ModelProfile Profile { get; } = new("plain", "plain");

    public override AttemptFailure? WriteRequest(ImageRequest request, RequestWriter body)
    {
        if (request.Prompt == "unsupported") return new AttemptFailure(FailureKind.Unsupported, "This dialect cannot say that.");
        if (request.Options?.AdditionalProperties?.ContainsKey("wish") is true) body.Note("wish: left out");
        if (request.GetRaw() is string raw) body.AddHeader("X-Raw", raw);
        body.StartObject("{"u8).WriteString("prompt", request.Prompt);
        body.EndObject();
        return null;
    }

    public override AttemptFailure? ReadReply(ImageRequest request, ReadOnlySpan<byte> body, ImageResults images)
    {
        string text = Encoding.UTF8.GetString(body);
        if (text.StartsWith('!')) return new AttemptFailure(Enum.Parse<FailureKind>(text[1..]), "It was asked to fail.");
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] is '-') images.Withhold(word[1..]);
            else images.Add(ImageOf(word));
        }

        if (images.Images.Count > 0) images.Usage = new UsageDetails { InputTokenCount = 10 };
        return null;
    }

    public override StreamDecoder<ImageUpdate> StartStream(ImageRequest request) => new Words();

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(
        statusCode switch { 429 => FailureKind.RateLimited, 400 => FailureKind.InvalidRequest, _ => FailureKind.Overloaded }, Encoding.UTF8.GetString(body)) { StatusCode = statusCode };

    private static GeneratedImage ImageOf(string word) => word.StartsWith("https:", StringComparison.Ordinal) ? new(new Uri(word)) : new(Encoding.UTF8.GetBytes(word), "image/png") { RevisedPrompt = "revised" };

    private sealed class Words : StreamDecoder<ImageUpdate>
    {
        private int _partial;

        public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ImageUpdate? update, out AttemptFailure? failure)
        {
            string word = Encoding.UTF8.GetString(data);
            update = null;
            failure = null;
            if (word is "[end]") return StreamSignal.Completed;
            update = word[0] is '~' ? new ImageUpdate { Image = ImageOf(word[1..]), IsPartial = true, PartialIndex = _partial++ } : new ImageUpdate { Image = ImageOf(word), Usage = new UsageDetails { InputTokenCount = 10 } };
            return StreamSignal.Update;
        }
    }
}

internal sealed class TestImageGroup(RouterContext context, GroupDefinition definition) : ImageGroup(context, definition);
