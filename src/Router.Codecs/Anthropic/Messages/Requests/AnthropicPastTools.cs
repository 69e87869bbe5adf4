using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// The API refuses a conversation that holds tool calls where the request has no tools, as the last request of an agent's
/// loop has none. The tools that were called are declared then, open as to their input, and none may be called.
/// </summary>
[Embedded]
internal static class AnthropicPastTools
{
    /// <summary>Writes the tools that the conversation has called, for a request without tools; nothing where it has called none.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        if (!CodecPastTools.Any(messages)) return;
        json.WriteStartArray("tools"u8);
        foreach (string name in CodecPastTools.Names(messages)) WriteTool(json, name);
        json.WriteEndArray();
        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "none"u8);
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, CodecNames.ToWire(name));
        json.WriteStartObject("input_schema"u8);
        json.WriteString("type"u8, "object"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
