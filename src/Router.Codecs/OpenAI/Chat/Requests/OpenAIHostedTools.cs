using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the tools that the provider runs itself. The API has no common form for them: OpenAI's search models and Perplexity
/// take <c>web_search_options</c>, OpenRouter and Groq tools of a type of their own.
/// </summary>
[Embedded]
internal static class OpenAIHostedTools
{
    /// <summary>Returns why a tool cannot be sent; null where it can.</summary>
    public static string? Problem(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool when model.Can(ModelCapabilities.WebSearch) => null,
        HostedWebSearchTool => $"The model has no {tool.Name} ({nameof(HostedWebSearchTool)}) behind this API.",
        HostedCodeInterpreterTool { Inputs.Count: > 0 } => "The code interpreter takes no files here.",
        HostedCodeInterpreterTool when model.Can(ModelCapabilities.CodeInterpreter) => null,
        HostedCodeInterpreterTool => $"The model has no {tool.Name} ({nameof(HostedCodeInterpreterTool)}) behind this API.",
        _ => $"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and Chat Completions has no form for it.",
    };

    /// <summary>Returns the type under which a tool stands in the list of tools; null where it stands elsewhere or nowhere.</summary>
    public static string? ListedType(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool when model.Has(OpenAIQuirks.ServerTools) => "openrouter:web_search",
        HostedWebSearchTool when model.Has(OpenAIQuirks.BrowserSearchTool) => "browser_search",
        HostedCodeInterpreterTool => "code_interpreter",
        _ => null,
    };

    /// <summary>Returns whether a web search is among the tools.</summary>
    public static bool Searches(IList<AITool>? tools)
    {
        for (int i = 0; i < tools?.Count; i++)
        {
            if (tools[i] is HostedWebSearchTool) return true;
        }

        return false;
    }

    /// <summary>Writes a tool into the list of tools.</summary>
    public static AttemptFailure? WriteListed(Utf8JsonWriter json, string type, AITool tool, ModelProfile model)
    {
        bool nested = model.Has(OpenAIQuirks.ServerTools) && tool.AdditionalProperties.Count > 0;
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        if (nested) json.WriteStartObject("parameters"u8);
        if (CodecHostedTools.WriteMembers(json, tool) is { } failure) return failure;
        if (nested) json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    /// <summary>Writes what a tool is beside the list of tools.</summary>
    public static AttemptFailure? WriteBeside(Utf8JsonWriter json, IList<AITool> tools, ModelProfile model)
    {
        foreach (AITool tool in tools)
        {
            if (tool is not HostedWebSearchTool || ListedType(tool, model) is not null) continue;
            json.WriteStartObject("web_search_options"u8);
            if (CodecHostedTools.WriteMembers(json, tool) is { } failure) return failure;
            json.WriteEndObject();
            return null; // Once, however often it is listed.
        }

        return null;
    }
}
