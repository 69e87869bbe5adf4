using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Thoughts on their way out and back: <see cref="TextReasoningContent.ProtectedData"/> is the signature of a thinking block
/// or the data of a redacted one. The API wants them back exactly as it sent them.
/// </summary>
/// <remarks>
/// A redacted block has no text. Neither has a thinking block whose display is omitted, nor the part of a stream that brings
/// the signature; these bear a mark, so that they are not taken for redacted ones.
/// </remarks>
[Embedded]
internal static class AnthropicReasoning
{
    private const string Mark = "anthropic.thinking";

    /// <summary>A thinking block, or a part of one.</summary>
    public static TextReasoningContent Thinking(string text, string? signature)
    {
        var content = new TextReasoningContent(text) { ProtectedData = signature };
        if (text.Length == 0) content.AdditionalProperties = new AdditionalPropertiesDictionary { [Mark] = true };
        return content;
    }

    /// <summary>A redacted thinking block.</summary>
    public static TextReasoningContent Redacted(string data) => new("") { ProtectedData = data };

    /// <summary>Whether there is something that the API takes back. Thoughts without a signature, another provider's, it refuses.</summary>
    public static bool IsSigned(TextReasoningContent content) => content.ProtectedData is { Length: > 0 };

    /// <summary>Writes the block that the content once was.</summary>
    public static void Write(Utf8JsonWriter json, TextReasoningContent content)
    {
        json.WriteStartObject();
        if (content.Text.Length == 0 && content.AdditionalProperties?.ContainsKey(Mark) is not true)
        {
            json.WriteString("type"u8, "redacted_thinking"u8);
            json.WriteString("data"u8, content.ProtectedData);
        }
        else
        {
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, content.Text);
            json.WriteString("signature"u8, content.ProtectedData);
        }

        json.WriteEndObject();
    }
}
