using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which tools the model may call, and whether it must.</summary>
[Embedded]
internal static class OpenAIResponsesTools
{
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        // Without tools there is nothing to choose.
        if (options.Tools is not { Count: > 0 } tools) return null;

        bool listed = false;
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool))
            {
                body.Note("HostedToolSearchTool: left out");
                continue;
            }

            if (!listed) json.WriteStartArray("tools"u8);
            listed = true;
            if (WriteTool(json, tool, options, model) is { } failure) return failure;
        }

        if (!listed) return null;
        json.WriteEndArray();
        return OpenAIToolChoice.Write(json, options, model, body, isNested: false);
    }

    private static AttemptFailure? WriteTool(Utf8JsonWriter json, AITool tool, ChatOptions options, ModelProfile model)
    {
        if (tool is not AIFunctionDeclaration function) return OpenAIResponsesHostedTools.Write(json, tool, model);
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        if (OpenAISchemas.WriteFunction(json, function, options, unsaid: false) is { } failure) return failure; // Here a function is strict unless it says that it is not.
        json.WriteEndObject();
        return null;
    }
}
