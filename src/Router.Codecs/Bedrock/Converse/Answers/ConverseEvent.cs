using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The payload of one event of a stream as it was read: whatever of its members there was. The frame says which event it is.</summary>
[Embedded]
internal ref struct ConverseEvent
{
    public long? Index;

    /// <summary>The start of a block, or a delta.</summary>
    public ConversePart Part;
    public bool HasPart;
    public ConverseStop Stop;
    public ConverseUsage Usage;
    public bool HasUsage;
    public string? Tier;

    /// <summary>Reads a payload. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public static ConverseEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new ConverseEvent();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("The payload is no object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("contentBlockIndex"u8)) read.Index = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("start"u8))
            {
                read.HasPart = CodecReader.EntersObject(ref reader);
                if (read.HasPart) read.Part = ConversePart.Read(ref reader, data);
            }
            else if (reader.ValueTextEquals("stopReason"u8)) read.Stop = ConverseStop.Read(ref reader);
            else if (reader.ValueTextEquals("usage"u8))
            {
                read.HasUsage = CodecReader.EntersObject(ref reader);
                if (read.HasUsage) read.Usage.Read(ref reader);
            }
            else if (reader.ValueTextEquals("serviceTier"u8)) read.Tier = ConverseReply.ReadTier(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        return read;
    }
}
