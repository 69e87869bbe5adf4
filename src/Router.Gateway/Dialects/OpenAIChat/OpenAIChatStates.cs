using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>
/// What a model wants back of its thoughts and calls, as <c>reasoning_details</c>, in the form of OpenRouter: the client need only send it again. A
/// signature stands with the text that it signs; state of a call names the call.
/// </summary>
internal static class OpenAIChatStates
{
    private const string Signed = "reasoning.text";
    private const string Encrypted = "reasoning.encrypted";

    /// <summary>Writes the member; nothing where there is no state.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="thoughts">The thoughts that came before and are not signed yet; those of the contents are added.</param>
    /// <param name="contents">The contents.</param>
    public static void Write(Utf8JsonWriter json, StringBuilder thoughts, IList<AIContent> contents)
    {
        bool any = false;
        foreach (AIContent content in contents)
        {
            if (content is TextReasoningContent thought) thoughts.Append(thought.Text);
            string? state = content switch { TextReasoningContent own => own.ProtectedData, FunctionCallContent own => CallState.Of(own), _ => null };
            if (state is null) continue;
            if (!any) json.WriteStartArray("reasoning_details"u8);
            any = true;
            json.WriteStartObject();
            if (content is FunctionCallContent call) WriteEncrypted(json, state, call.CallId);
            else if (thoughts.Length == 0) WriteEncrypted(json, state, null);
            else WriteSigned(json, state, thoughts);
            json.WriteEndObject();
        }

        if (any) json.WriteEndArray();
    }

    /// <summary>Reads the thoughts of an earlier answer.</summary>
    public static void Read(JsonElement message, List<AIContent> contents)
    {
        string? told = message.Text("reasoning_content"u8) ?? message.Text("reasoning"u8);
        foreach (JsonElement detail in message.Items("reasoning_details"u8))
        {
            if (detail.Text("type"u8) is Signed && detail.Text("text"u8) is { } text)
            {
                contents.Add(new TextReasoningContent(text) { ProtectedData = detail.Text("signature"u8) });
                told = null; // the same once more, with less to it
            }
            else if (detail.Text("type"u8) is Encrypted && detail.Text("id"u8) is null && detail.Text("data"u8) is { } data)
            {
                contents.Add(new TextReasoningContent("") { ProtectedData = data });
            }
        }

        if (told is { Length: > 0 }) contents.Insert(0, new TextReasoningContent(told));
    }

    /// <summary>Returns the state of a call; null where it has none.</summary>
    public static string? OfCall(JsonElement message, string? call)
    {
        foreach (JsonElement detail in message.Items("reasoning_details"u8))
        {
            if (call is not null && detail.Text("id"u8) == call) return detail.Text("data"u8);
        }

        return null;
    }

    private static void WriteSigned(Utf8JsonWriter json, string state, StringBuilder thoughts)
    {
        json.WriteString("type"u8, Signed);
        json.WriteString("text"u8, thoughts.ToString());
        json.WriteString("signature"u8, state);
        thoughts.Clear();
    }

    private static void WriteEncrypted(Utf8JsonWriter json, string state, string? call)
    {
        json.WriteString("type"u8, Encrypted);
        json.WriteString("data"u8, state);
        if (call is not null) json.WriteString("id"u8, call);
    }
}
