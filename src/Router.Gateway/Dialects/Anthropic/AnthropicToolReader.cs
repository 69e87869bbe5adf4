using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Reads the tools of a Messages request. Those of the provider that other providers have too are the framework's hosted tools.</summary>
internal static class AnthropicToolReader
{
    /// <summary>Reads tools, and which of them may or must be called.</summary>
    /// <returns>Null, or what is wrong with them.</returns>
    public static AttemptFailure? Read(RelayedRequest request, JsonElement body, ChatOptions options)
    {
        int place = 0;
        foreach (JsonElement tool in body.Items("tools"u8))
        {
            if (ReadTool(request, tool, $"tools[{place++}]", body, options) is { } failure) return failure;
        }

        return ReadServers(body, options) ?? ReadChoice(body.Get("tool_choice"u8), options);
    }

    private static AttemptFailure? ReadTool(RelayedRequest request, JsonElement tool, string place, JsonElement body, ChatOptions options)
    {
        string type = tool.Text("type"u8) ?? "custom";
        if (type is "custom")
        {
            if (tool.Text("name"u8) is not { Length: > 0 } name) return Fields.Invalid(place + ".name", "must be a text");
            Add(options, new DeclaredTool(name, tool.Text("description"u8) ?? "", tool.Get("input_schema"u8), tool.Flag("strict"u8), tool.Get("cache_control"u8)));
            return null;
        }

        if (type.StartsWith("web_search_", StringComparison.Ordinal))
        {
            if (tool.Items("allowed_domains"u8).Concat(tool.Items("blocked_domains"u8)).Any()) return Unsupported(place, "a web search cannot be confined to domains where the model speaks another dialect");
            NoteOthers(request, tool, place);
            Add(options, new HostedWebSearchTool());
            return null;
        }

        if (type.StartsWith("code_execution_", StringComparison.Ordinal))
        {
            Add(options, new HostedCodeInterpreterTool());
            return null;
        }

        if (type is "mcp_toolset") return null; // read with its server
        if (!type.StartsWith("tool_search_tool", StringComparison.Ordinal)) return Unsupported(place, $"only Claude knows a tool of type '{type}'");
        request.NoteLeftOut(place + ": left out"); // All tools are sent anyway.
        return null;
    }

    private static void NoteOthers(RelayedRequest request, JsonElement tool, string place)
    {
        foreach (JsonProperty member in tool.EnumerateObject())
        {
            if (member.Name is not ("type" or "name" or "cache_control" or "allowed_domains" or "blocked_domains") && member.Value.ValueKind is not JsonValueKind.Null)
                request.NoteLeftOut($"{place}.{member.Name}: left out");
        }
    }

    private static AttemptFailure? ReadServers(JsonElement body, ChatOptions options)
    {
        int place = 0;
        foreach (JsonElement server in body.Items("mcp_servers"u8))
        {
            string at = $"mcp_servers[{place++}]";
            if (server.Text("name"u8) is not { Length: > 0 } name) return Fields.Invalid(at + ".name", "must be a text");
            if (!Uri.TryCreate(server.Text("url"u8), UriKind.Absolute, out Uri? address)) return Fields.Invalid(at + ".url", "must be an address");
            var tool = new HostedMcpServerTool(name, address)
            {
                ApprovalMode = HostedMcpServerToolApprovalMode.NeverRequire,
                AllowedTools = AllowedOf(body, name) ?? NamesIn(server.Get("tool_configuration"u8)),
            };
            if (server.Text("authorization_token"u8) is { Length: > 0 } token) tool.Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = "Bearer " + token };
            Add(options, tool);
        }

        return null;
    }

    // Where a set of tools switches all off, those that it switches on again are allowed.
    private static List<string>? AllowedOf(JsonElement body, string server)
    {
        foreach (JsonElement tool in body.Items("tools"u8))
        {
            if (tool.Text("type"u8) is not "mcp_toolset" || tool.Text("mcp_server_name"u8) != server) continue;
            if (tool.Get("default_config"u8).Flag("enabled"u8) is not false || tool.Get("configs"u8) is not { ValueKind: JsonValueKind.Object } configs) return null;
            return [.. configs.EnumerateObject().Where(static config => config.Value.Flag("enabled"u8) is true).Select(static config => config.Name)];
        }

        return null;
    }

    private static List<string>? NamesIn(JsonElement configuration) => configuration.Get("allowed_tools"u8) is { ValueKind: JsonValueKind.Array }
        ? [.. configuration.Items("allowed_tools"u8).Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)]
        : null;

    private static AttemptFailure? ReadChoice(JsonElement choice, ChatOptions options)
    {
        if (choice.ValueKind is JsonValueKind.Undefined) return null;
        if (choice.Flag("disable_parallel_tool_use"u8) is { } single) options.AllowMultipleToolCalls = !single;
        options.ToolMode = choice.Text("type"u8) switch
        {
            "auto" => ChatToolMode.Auto,
            "any" => ChatToolMode.RequireAny,
            "none" => ChatToolMode.None,
            "tool" when choice.Text("name"u8) is { Length: > 0 } name => ChatToolMode.RequireSpecific(name),
            _ => null,
        };
        return options.ToolMode is null ? Fields.Invalid("tool_choice", "must be of type auto, any, none, or tool with its name") : null;
    }

    private static void Add(ChatOptions options, AITool tool) => (options.Tools ??= []).Add(tool);

    private static AttemptFailure Unsupported(string place, string why) => new(FailureKind.Unsupported, $"{place}: {why}.");
}
