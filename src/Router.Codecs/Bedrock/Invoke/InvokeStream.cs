using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads a stream of InvokeModel: the payload of a frame of type <c>chunk</c> holds one event of the model's own stream, in base64
/// (<c>{"bytes":"…"}</c>). Errors are Bedrock's.
/// </summary>
/// <param name="inner">Reads the model's own events.</param>
[Embedded]
internal sealed class InvokeStream(ChatStreamDecoder inner) : ChatStreamDecoder
{
    public override bool IsFinished => inner.IsFinished;

    public override UsageDetails? UsageSoFar => inner.UsageSoFar;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (!eventType.IsEmpty && eventType[0] is EventStreamReader.ErrorMark)
        {
            failure = BedrockErrors.ReadInStream(eventType[1..], data);
            return StreamSignal.Failed;
        }

        if (!eventType.SequenceEqual("chunk"u8)) return StreamSignal.Continue;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            if (TryUnwrap(data, buffer, out int length)) return inner.Read([], buffer.AsSpan(0, length), out update, out failure);
            failure = new AttemptFailure(FailureKind.InvalidResponse, "A chunk of the stream holds no event.");
            return StreamSignal.Failed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure) => inner.End(out update, out failure);

    public override void Unwrap(ref ReadOnlySpan<byte> eventType, ref ReadOnlySpan<byte> data)
    {
        byte[] buffer = new byte[data.Length];
        int length = 0;
        bool isEvent = eventType.SequenceEqual("chunk"u8) && TryUnwrap(data, buffer, out length);
        data = isEvent ? buffer.AsSpan(0, length) : default;
        eventType = isEvent ? TypeOf(data) : default;
    }

    // Anthropic's own events have the name that their data says.
    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType is JsonTokenType.String) return reader.ValueSpan;
            reader.Skip();
        }

        return default;
    }

    /// <summary>Decodes the event in a chunk.</summary>
    private static bool TryUnwrap(ReadOnlySpan<byte> data, Span<byte> target, out int length)
    {
        length = 0;
        bool isFound = false;
        try
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                bool isBytes = reader.ValueTextEquals("bytes"u8);
                reader.Read();
                if (isBytes && reader.TokenType is JsonTokenType.String) isFound = TryDecode(reader, target, out length);
                else reader.Skip();
            }

            return isFound;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Base64 has no character that JSON must escape; one that may be escaped, a slash, is unescaped first.
    private static bool TryDecode(in Utf8JsonReader reader, Span<byte> target, out int length)
    {
        if (!reader.ValueIsEscaped) return Base64.DecodeFromUtf8(reader.ValueSpan, target, out _, out length) is OperationStatus.Done;
        length = 0;
        if (!reader.TryGetBytesFromBase64(out byte[]? bytes)) return false;
        bytes.CopyTo(target);
        length = bytes.Length;
        return true;
    }
}
