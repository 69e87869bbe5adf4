using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which functions the model may call, and whether it must.</summary>
[Embedded]
internal static class OpenAIChatTools
{
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        // Without tools there is nothing to choose: the API rejects an empty list, and a choice without a list.
        if (options.Tools is not { Count: > 0 } tools) return null;

        bool listed = false;
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool)) body.Note("HostedToolSearchTool: left out");
            else if (WriteTool(json, tool, options, model, ref listed) is { } failure) return failure;
        }

        if (listed) json.WriteEndArray();
        if (OpenAIHostedTools.WriteBeside(json, tools, model) is { } unwritten) return unwritten;
        if (!listed) return null;
        return OpenAIToolChoice.Write(json, options, model, body, isNested: true);
    }

    private static AttemptFailure? WriteTool(Utf8JsonWriter json, AITool tool, ChatOptions options, ModelProfile model, ref bool listed)
    {
        var function = tool as AIFunctionDeclaration;
        if (function is not null && !model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");
        if (function is null && OpenAIHostedTools.Problem(tool, model) is { } problem) return CodecJson.Unsupported(problem);
        string? type = function is null ? OpenAIHostedTools.ListedType(tool, model) : null;
        if (function is null && type is null) return null;
        if (!listed) json.WriteStartArray("tools"u8);
        listed = true;
        return type is not null ? OpenAIHostedTools.WriteListed(json, type, tool, model) : WriteFunction(json, function!, options);
    }

    private static AttemptFailure? WriteFunction(Utf8JsonWriter json, AIFunctionDeclaration function, ChatOptions options)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        if (OpenAISchemas.WriteFunction(json, function, options, unsaid: null) is { } failure) return failure;
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }
}
