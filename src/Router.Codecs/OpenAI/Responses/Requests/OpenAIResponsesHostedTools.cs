using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the tools that the provider runs itself.</summary>
[Embedded]
internal static class OpenAIResponsesHostedTools
{
    /// <summary>Writes a tool into the list of tools; what its additional properties say goes before its own.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, AITool tool, ModelProfile model)
    {
        if (Problem(tool, model) is { } problem) return CodecJson.Unsupported(problem);
        json.WriteStartObject();
        if (!Says(tool, "type")) json.WriteString("type"u8, TypeOf(tool, model));
        switch (tool)
        {
            case HostedCodeInterpreterTool interpreter when !Says(tool, "container"): WriteContainer(json, interpreter.Inputs); break;
            case HostedFileSearchTool search: WriteSearch(json, search); break;
            case HostedMcpServerTool server: WriteServer(json, server); break;
            case HostedImageGenerationTool { Options: { } options }: WriteImages(json, tool, options); break;
        }

        bool isNested = tool is HostedWebSearchTool && model.Has(OpenAIQuirks.ServerTools) && tool.AdditionalProperties.Count > 0;
        if (isNested) json.WriteStartObject("parameters"u8);
        if (CodecHostedTools.WriteMembers(json, tool) is { } failure) return failure;
        if (isNested) json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    /// <summary>Returns why a tool cannot be sent; null where it can.</summary>
    private static string? Problem(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool => model.Can(ModelCapabilities.WebSearch) ? null : Lacks(tool),
        HostedCodeInterpreterTool interpreter =>
            !model.Can(ModelCapabilities.CodeInterpreter) ? Lacks(tool)
            : AreFiles(interpreter.Inputs) ? null
            : "The code interpreter takes files by their ids only (HostedFileContent).",
        HostedMcpServerTool => model.Can(ModelCapabilities.McpServers) ? null : "The model takes no MCP servers behind this API.",
        HostedFileSearchTool => model.Has(OpenAIQuirks.FileSearchTool) ? null : Lacks(tool),
        HostedImageGenerationTool => model.Has(OpenAIQuirks.ImageGenerationTool) ? null : Lacks(tool),
        _ => $"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and the Responses API has no form for it.",
    };

    private static string Lacks(AITool tool) => $"The model has no {tool.Name} ({tool.GetType().Name}) behind this API.";

    private static string TypeOf(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool when model.Has(OpenAIQuirks.ServerTools) => "openrouter:web_search",
        HostedWebSearchTool when model.Has(OpenAIQuirks.BrowserSearchTool) => "browser_search",
        HostedWebSearchTool => "web_search",
        HostedCodeInterpreterTool => "code_interpreter",
        HostedFileSearchTool => "file_search",
        HostedMcpServerTool => "mcp",
        _ => "image_generation",
    };

    private static bool Says(AITool tool, string name) => tool.AdditionalProperties.ContainsKey(name);

    private static bool AreFiles(IList<AIContent>? inputs)
    {
        for (int i = 0; i < inputs?.Count; i++)
        {
            if (inputs[i] is not HostedFileContent) return false;
        }

        return true;
    }

    private static void WriteContainer(Utf8JsonWriter json, IList<AIContent>? files)
    {
        json.WriteStartObject("container"u8);
        json.WriteString("type"u8, "auto"u8);
        if (files is { Count: > 0 })
        {
            json.WriteStartArray("file_ids"u8);
            foreach (AIContent file in files) json.WriteStringValue(((HostedFileContent)file).FileId);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSearch(Utf8JsonWriter json, HostedFileSearchTool search)
    {
        if (!Says(search, "vector_store_ids"))
        {
            json.WriteStartArray("vector_store_ids"u8);
            for (int i = 0; i < search.Inputs?.Count; i++)
            {
                if (search.Inputs[i] is HostedVectorStoreContent store) json.WriteStringValue(store.VectorStoreId);
            }

            json.WriteEndArray();
        }

        if (search.MaximumResultCount is { } most && !Says(search, "max_num_results")) json.WriteNumber("max_num_results"u8, most);
    }

    private static void WriteServer(Utf8JsonWriter json, HostedMcpServerTool server)
    {
        json.WriteString("server_label"u8, server.ServerName);
        bool isAddress = server.ServerAddress.Contains("://", StringComparison.Ordinal);
        json.WriteString(isAddress ? "server_url"u8 : "connector_id"u8, server.ServerAddress);
        if (server.ServerDescription is { Length: > 0 } description) json.WriteString("server_description"u8, description);
        if (server.Headers is { Count: > 0 } headers) WriteHeaders(json, headers, isAddress);
        if (server.AllowedTools is { } allowed) WriteNames(json, "allowed_tools", allowed);

        // Where nothing is said, the API asks before each call.
        switch (server.ApprovalMode)
        {
            case HostedMcpServerToolAlwaysRequireApprovalMode: json.WriteString("require_approval"u8, "always"u8); break;
            case HostedMcpServerToolNeverRequireApprovalMode: json.WriteString("require_approval"u8, "never"u8); break;
            case HostedMcpServerToolRequireSpecificApprovalMode specific:
                json.WriteStartObject("require_approval"u8);
                WriteFilter(json, "always", specific.AlwaysRequireApprovalToolNames);
                WriteFilter(json, "never", specific.NeverRequireApprovalToolNames);
                json.WriteEndObject();
                break;
        }
    }

    /// <summary>A connector takes a token, and no headers.</summary>
    private static void WriteHeaders(Utf8JsonWriter json, IDictionary<string, string> headers, bool isAddress)
    {
        const string Scheme = "Bearer ";
        if (isAddress) json.WriteStartObject("headers"u8);
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (isAddress) json.WriteString(header.Key, header.Value);
            else if (header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) json.WriteString("authorization"u8, header.Value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header.Value[Scheme.Length..] : header.Value);
        }

        if (isAddress) json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, string name, IList<string>? tools)
    {
        if (tools is not { Count: > 0 }) return;
        json.WriteStartObject(name);
        WriteNames(json, "tool_names", tools);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteImages(Utf8JsonWriter json, AITool tool, ImageGenerationOptions options)
    {
        if (options.ModelId is { } model && !Says(tool, "model")) json.WriteString("model"u8, model);
        if (options.ImageSize is { } size && !Says(tool, "size")) json.WriteString("size"u8, FormattableString.Invariant($"{size.Width}x{size.Height}"));
        if (FormatOf(options.MediaType) is { } format && !Says(tool, "output_format")) json.WriteString("output_format"u8, format);
    }

    private static string? FormatOf(string? mediaType) => mediaType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpeg",
        "image/webp" => "webp",
        _ => null,
    };
}
