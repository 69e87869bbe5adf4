using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the blocks that thoughts once were. A block whose display is omitted has a signature and no text.</summary>
[Embedded]
internal static class AnthropicReasoning
{
    /// <summary>Writes thoughts, which are the model's own.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="contents">The contents of the message.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="model">The model that is asked.</param>
    public static void Write(Utf8JsonWriter json, IList<AIContent> contents, int index, ModelProfile model)
    {
        if (CodecThoughts.TryReadHidden(contents[index], model, out ReadOnlySpan<char> data))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "redacted_thinking"u8);
            json.WriteString("data"u8, data);
            json.WriteEndObject();
            return;
        }

        if (!CodecThoughts.TryReadSigned(contents, index, model, out string text, out ReadOnlySpan<char> signature)) return;
        json.WriteStartObject();
        json.WriteString("type"u8, "thinking"u8);
        json.WriteString("thinking"u8, text);
        if (!signature.IsEmpty) json.WriteString("signature"u8, signature);
        json.WriteEndObject();
    }
}
