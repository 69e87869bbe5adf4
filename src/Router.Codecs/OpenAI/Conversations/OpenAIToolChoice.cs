using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes whether the model must call a tool, and whether it may call several at once.</summary>
[Embedded]
internal static class OpenAIToolChoice
{
    /// <summary>Writes the members <c>tool_choice</c> and <c>parallel_tool_calls</c>.</summary>
    /// <param name="json">Where to, behind the list of tools.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">The request.</param>
    /// <param name="isNested">Whether what is said of a function stands in an object of its own.</param>
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body, bool isNested)
    {
        if (options.ToolMode is RequiredChatToolMode && !model.Takes(ModelParameters.RequiredToolChoice)) return CodecJson.Unsupported("The model cannot be made to call a tool.");
        WriteChoice(json, options.ToolMode, isNested);
        if (CodecWishes.Grant(body, "parallel_tool_calls", options.AllowMultipleToolCalls is not null, model.Takes(ModelParameters.ParallelToolCalls)))
        {
            json.WriteBoolean("parallel_tool_calls"u8, options.AllowMultipleToolCalls!.Value);
        }

        return null;
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode, bool isNested)
    {
        switch (mode)
        {
            case NoneChatToolMode:
                json.WriteString("tool_choice"u8, "none"u8);
                break;
            case AutoChatToolMode:
                json.WriteString("tool_choice"u8, "auto"u8);
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice"u8);
                json.WriteString("type"u8, "function"u8);
                if (isNested) json.WriteStartObject("function"u8);
                json.WriteString("name"u8, CodecNames.ToWire(name));
                if (isNested) json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice"u8, "required"u8);
                break;
        }
    }
}
