using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the tools that the API runs itself. A web search is <c>googleSearch</c>; an additional property <c>type</c> of the tool names
/// another one that looks things up, such as <c>urlContext</c> or <c>googleMaps</c>.
/// </summary>
[Embedded]
internal static class GeminiHostedTools
{
    /// <summary>The additional property with a part that no content stands for.</summary>
    public const string BlockProperty = "gemini.part";

    /// <summary>Returns why a tool cannot be sent; null where it can.</summary>
    public static string? Problem(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool when model.Can(ModelCapabilities.WebSearch) => null,
        HostedCodeInterpreterTool { Inputs.Count: > 0 } => "The code execution tool takes files as contents of messages only.",
        HostedCodeInterpreterTool when model.Can(ModelCapabilities.CodeInterpreter) => null,
        HostedWebSearchTool or HostedCodeInterpreterTool => $"The model has no {tool.Name} ({tool.GetType().Name}) behind this API.",
        _ => $"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and Gemini's API has no form for it.",
    };

    /// <summary>
    /// Returns whether a request takes back what the API's own tools were asked and answered: its model has them, since the
    /// request has one.
    /// </summary>
    public static bool TakesBack(AIContent content, ChatOptions? options)
    {
        if (Block(content) is null) return false;
        for (int i = 0; i < options?.Tools?.Count; i++)
        {
            if (options.Tools[i] is HostedWebSearchTool or HostedCodeInterpreterTool) return true;
        }

        return false;
    }

    /// <summary>Returns the part that a content is; null where it is none.</summary>
    public static JsonElement? Block(AIContent content) => CodecHostedBlocks.Find(content, BlockProperty);

    /// <summary>Writes a tool into the list of tools.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, AITool tool)
    {
        json.WriteStartObject();
        json.WriteStartObject(TypeOf(tool));
        foreach (KeyValuePair<string, object?> member in tool.AdditionalProperties)
        {
            if (member.Key is "type") continue;
            json.WritePropertyName(member.Key);
            if (!CodecJson.TryWriteValue(json, member.Value)) return CodecJson.Unsupported($"The property '{member.Key}' of the tool '{tool.Name}' cannot be written as JSON.");
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private static string TypeOf(AITool tool)
    {
        if (tool is HostedCodeInterpreterTool) return "codeExecution";
        return tool.AdditionalProperties.TryGetValue("type", out object? type) && CodecResults.Text(type) is { Length: > 0 } named ? named : "googleSearch";
    }
}
