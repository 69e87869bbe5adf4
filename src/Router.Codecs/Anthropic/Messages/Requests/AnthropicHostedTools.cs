using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the tools that the provider runs itself: web search, code execution, and the connector to MCP servers.</summary>
/// <remarks>
/// The versions are those that each model with the tool takes (https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-reference);
/// an additional property <c>type</c> of the tool names another one.
/// </remarks>
[Embedded]
internal static class AnthropicHostedTools
{
    private const string WebSearch = "web_search_20250305";
    private const string CodeExecution = "code_execution_20250825";

    /// <summary>The additional property with a block that no content stands for.</summary>
    private const string BlockProperty = "anthropic.block";

    private const string McpBeta = "mcp-client-2025-11-20";

    /// <summary>Returns why a tool cannot be sent; null where it can.</summary>
    public static string? Problem(AITool tool, ModelProfile model) => tool switch
    {
        HostedWebSearchTool => model.Can(ModelCapabilities.WebSearch) ? null : $"The model has no {tool.Name} ({nameof(HostedWebSearchTool)}) behind this API.",
        HostedCodeInterpreterTool { Inputs.Count: > 0 } => "The code execution tool takes files as contents of messages only.",
        HostedCodeInterpreterTool => model.Can(ModelCapabilities.CodeInterpreter) ? null : $"The model has no {tool.Name} ({nameof(HostedCodeInterpreterTool)}) behind this API.",
        HostedMcpServerTool server => model.Can(ModelCapabilities.McpServers) ? McpProblem(server) : "The model takes no MCP servers behind this API.",
        _ => $"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and the Messages API has no form for it.",
    };

    /// <summary>
    /// Returns whether a request takes back what the API's own tools were asked and answered: its model has them, since the
    /// request has one. A paused turn goes on only so, and results that were found are known in the next turn.
    /// </summary>
    public static bool TakesBack(AIContent content, ChatOptions? options)
    {
        if (Block(content) is null || options?.Tools is not { } tools) return false;
        foreach (AITool tool in tools)
        {
            if (tool is HostedWebSearchTool or HostedCodeInterpreterTool or HostedMcpServerTool) return true;
        }

        return false;
    }

    /// <summary>Writes a block of the API's own tools as it came; false, with nothing written, where the content is none.</summary>
    public static bool TryWriteBlock(Utf8JsonWriter json, AIContent content)
    {
        if (Block(content) is not { } block) return false;
        block.WriteTo(json);
        return true;
    }

    /// <summary>Writes a tool into the list of tools.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, AITool tool)
    {
        bool typed = tool.AdditionalProperties.ContainsKey("type");
        json.WriteStartObject();
        switch (tool)
        {
            case HostedWebSearchTool:
                if (!typed) json.WriteString("type"u8, WebSearch);
                json.WriteString("name"u8, "web_search"u8);
                break;
            case HostedCodeInterpreterTool:
                if (!typed) json.WriteString("type"u8, CodeExecution);
                json.WriteString("name"u8, "code_execution"u8);
                break;
            case HostedMcpServerTool server:
                if (!typed) json.WriteString("type"u8, "mcp_toolset"u8);
                json.WriteString("mcp_server_name"u8, server.ServerName);
                WriteAllowed(json, server.AllowedTools);
                break;
        }

        foreach (KeyValuePair<string, object?> member in tool.AdditionalProperties)
        {
            if (member.Key is "name" or "mcp_server_name" or CodecCacheControl.Name) continue;
            json.WritePropertyName(member.Key);
            if (!CodecJson.TryWriteValue(json, member.Value)) return CodecJson.Unsupported($"The property '{member.Key}' of the tool '{tool.Name}' cannot be written as JSON.");
        }

        AttemptFailure? failure = AnthropicCacheControl.Write(json, CodecCacheControl.Find(tool.AdditionalProperties));
        json.WriteEndObject();
        return failure;
    }

    /// <summary>Returns whether an MCP server is among the tools.</summary>
    public static bool NamesServers(IList<AITool>? tools)
    {
        for (int i = 0; i < tools?.Count; i++)
        {
            if (tools[i] is HostedMcpServerTool) return true;
        }

        return false;
    }

    /// <summary>Writes the MCP servers, which stand beside the tools and need a header.</summary>
    public static void WriteServers(Utf8JsonWriter json, IList<AITool> tools, RequestWriter body)
    {
        bool any = false;
        foreach (AITool tool in tools)
        {
            if (tool is not HostedMcpServerTool server) continue;
            if (!any) json.WriteStartArray("mcp_servers"u8);
            any = true;
            json.WriteStartObject();
            json.WriteString("type"u8, "url"u8);
            json.WriteString("url"u8, server.ServerAddress);
            json.WriteString("name"u8, server.ServerName);
            if (Token(server) is { } token) json.WriteString("authorization_token"u8, token);
            json.WriteEndObject();
        }

        if (!any) return;
        json.WriteEndArray();
        body.AddHeader("anthropic-beta", McpBeta);
    }

    private static JsonElement? Block(AIContent content) => CodecHostedBlocks.Find(content, BlockProperty);

    private static void WriteAllowed(Utf8JsonWriter json, IList<string>? allowed)
    {
        if (allowed is null) return;
        json.WriteStartObject("default_config"u8);
        json.WriteBoolean("enabled"u8, false);
        json.WriteEndObject();
        json.WriteStartObject("configs"u8);
        foreach (string name in allowed)
        {
            json.WriteStartObject(name);
            json.WriteBoolean("enabled"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>What the connector cannot do is refused: above all, it asks no one before it calls a tool.</summary>
    private static string? McpProblem(HostedMcpServerTool server)
    {
        if (server.ApprovalMode is HostedMcpServerToolAlwaysRequireApprovalMode or HostedMcpServerToolRequireSpecificApprovalMode { AlwaysRequireApprovalToolNames.Count: > 0 })
        {
            return $"The Messages API calls the tools of the MCP server '{server.ServerName}' without approval, but approval is required.";
        }

        if (!server.ServerAddress.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return $"The Messages API reaches MCP servers by https only, not '{server.ServerName}'.";
        if (server.Headers is not { Count: > 0 } headers) return null;
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (!IsAuthorization(header.Key) || !header.Value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            {
                return $"The Messages API sends no header '{header.Key}' to an MCP server, only a bearer token.";
            }
        }

        return null;
    }

    private static string? Token(HostedMcpServerTool server)
    {
        if (server.Headers is not { } headers) return null;
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (IsAuthorization(header.Key)) return header.Value["Bearer ".Length..].Trim();
        }

        return null;
    }

    private static bool IsAuthorization(string header) => header.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
}
