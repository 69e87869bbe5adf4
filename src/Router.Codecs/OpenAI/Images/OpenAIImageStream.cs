using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads streams of images: <c>image_generation.partial_image</c>, <c>image_generation.completed</c>, and the same of <c>image_edit</c>.
/// https://developers.openai.com/api/reference/resources/images/generation-streaming-events
/// </summary>
/// <param name="count">How many images are asked for: with the last of them the stream is complete.</param>
/// <param name="model">The model.</param>
[Embedded]
internal sealed class OpenAIImageStream(int count, ModelProfile model) : StreamDecoder<ImageUpdate>
{
    private int _completed;

    /// <inheritdoc/>
    // A stream that ends in good order with fewer images than were asked for is whole; silence between two images is no end.
    public override bool EndsWithConnection => _completed > 0;

    /// <inheritdoc/>
    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ImageUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (data.Trim(" \t\r\n"u8).SequenceEqual("[DONE]"u8)) return StreamSignal.Completed;
        try
        {
            failure = ReadEvent(eventType, data, out update);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            failure = OpenAIJson.Malformed(data, e);
        }

        if (failure is not null) return StreamSignal.Failed;
        if (update is null) return StreamSignal.Continue;
        return !update.IsPartial && ++_completed >= count ? StreamSignal.Completed : StreamSignal.Update;
    }

    private AttemptFailure? ReadEvent(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ImageUpdate? update)
    {
        update = null;
        Utf8JsonReader reader = OpenAIJson.Open(data);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("event", ref reader);
        byte[]? bytes = null;
        string? prompt = null;
        long index = 0;
        bool isPartial = eventType.EndsWith(".partial_image"u8), isWhole = eventType.EndsWith(".completed"u8);
        var usage = new OpenAIUsage();
        AttemptFailure? error = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "b64_json"u8)) bytes = CodecImageBytes.Read(ref reader);
            else if (OpenAIJson.Is(ref reader, "partial_image_index"u8)) index = OpenAIJson.ReadInt64(ref reader) ?? 0;
            else if (OpenAIJson.Is(ref reader, "revised_prompt"u8)) prompt = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "usage"u8)) usage.Read(ref reader);
            else if (OpenAIJson.Is(ref reader, "error"u8)) error = OpenAIErrors.ReadMember(ref reader);
            else if (OpenAIJson.Is(ref reader, "type"u8)) ReadType(ref reader, ref isPartial, ref isWhole);
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // throws where something follows
        if (error is not null) return error;
        if (eventType.SequenceEqual("error"u8)) return OpenAIErrors.ReadWithout(data, "image");
        if (!isPartial && !isWhole) return null;
        if (bytes is null) return CodecJson.Malformed("An event of the stream has no image.");
        update = new ImageUpdate
        {
            Image = new GeneratedImage(bytes) { RevisedPrompt = prompt },
            IsPartial = !isWhole,
            PartialIndex = isWhole ? 0 : (int)Math.Clamp(index, 0, int.MaxValue),
            Usage = OpenAIImageReply.UsageOf(usage, model),
        };
        return null;
    }

    private static void ReadType(ref Utf8JsonReader reader, ref bool isPartial, ref bool isWhole)
    {
        if (CodecReader.ReadString(ref reader) is not { } type) return;
        isPartial |= type.EndsWith(".partial_image", StringComparison.Ordinal);
        isWhole |= type.EndsWith(".completed", StringComparison.Ordinal);
    }
}
