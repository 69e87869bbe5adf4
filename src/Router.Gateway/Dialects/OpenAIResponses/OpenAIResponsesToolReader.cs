using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>
/// Reads the tools of a Responses request. One that other dialects have no form for is left out, and noted: agents such as Codex declare more than
/// their task needs.
/// </summary>
internal static class OpenAIResponsesToolReader
{
    private static readonly JsonElement OneText = JsonElement.Parse("""{"type":"object","properties":{"input":{"type":"string"}},"required":["input"],"additionalProperties":false}""");

    /// <summary>Reads tools, and which of them may or must be called.</summary>
    /// <returns>Null, or what is wrong with them.</returns>
    public static AttemptFailure? Read(RelayedRequest request, JsonElement body, ChatOptions options)
    {
        int place = 0;
        foreach (JsonElement tool in body.Items("tools"u8))
        {
            if (ReadTool(request, tool, null, $"tools[{place++}]", options) is { } failure) return failure;
        }

        return ReadChoice(body.Get("tool_choice"u8), options);
    }

    private static AttemptFailure? ReadTool(RelayedRequest request, JsonElement tool, string? space, string place, ChatOptions options)
    {
        string? type = tool.Text("type"u8);
        string? name = tool.Text("name"u8);
        switch (type)
        {
            case null: return Fields.Invalid(place + ".type", "must be a text");
            case "function" or "custom" or "namespace" when name is null or "": return Fields.Invalid(place + ".name", "must be a text");
            case "function" when CalledTools.IsNamed(space):
                Add(options, new ResponsesTool(space, name!, tool.Text("description"u8) ?? "", tool.Get("parameters"u8), tool.Flag("strict"u8), isCustom: false));
                return null;
            case "function":
                Add(options, new DeclaredTool(name!, tool.Text("description"u8) ?? "", tool.Get("parameters"u8), tool.Flag("strict"u8)));
                return null;
            case "custom":
                Add(options, new ResponsesTool(space, name!, DescriptionOf(tool), OneText, strict: null, isCustom: true));
                return null;
            case "namespace":
                int index = 0;
                foreach (JsonElement inner in tool.Items("tools"u8))
                {
                    if (ReadTool(request, inner, name, $"{place}.tools[{index++}]", options) is { } failure) return failure;
                }

                return null;
            default:
                if (HostedOf(tool, type) is { } hosted) Add(options, hosted);
                else request.NoteLeftOut($"{place} ({type}): left out");
                return null;
        }
    }

    /// <summary>Returns a tool of the provider's that others have too; null where they have none that does the same.</summary>
    private static AITool? HostedOf(JsonElement tool, string type)
    {
        if (type.StartsWith("web_search", StringComparison.Ordinal))
        {
            // A search within limits is not one without them.
            bool isConfined = tool.Flag("external_web_access"u8) is false || tool.Get("filters"u8).ValueKind is JsonValueKind.Object;
            return isConfined ? null : new HostedWebSearchTool();
        }

        return type switch
        {
            "code_interpreter" when !tool.Get("container"u8).Items("file_ids"u8).Any() => new HostedCodeInterpreterTool(),
            "mcp" => ServerOf(tool),
            _ => null,
        };
    }

    private static HostedMcpServerTool? ServerOf(JsonElement tool)
    {
        if (tool.Text("server_label"u8) is not { Length: > 0 } label || !Uri.TryCreate(tool.Text("server_url"u8), UriKind.Absolute, out Uri? address)) return null;
        JsonElement allowed = tool.Get("allowed_tools"u8);
        var server = new HostedMcpServerTool(label, address)
        {
            ServerDescription = tool.Text("server_description"u8),
            AllowedTools = allowed.ValueKind is JsonValueKind.Array ? Texts(allowed) : allowed.Get("tool_names"u8) is { ValueKind: JsonValueKind.Array } names ? Texts(names) : null,
            ApprovalMode = ApprovalOf(tool.Get("require_approval"u8)),
        };
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (tool.Get("headers"u8) is { ValueKind: JsonValueKind.Object } stated)
        {
            foreach (JsonProperty header in stated.EnumerateObject().Where(static header => header.Value.ValueKind is JsonValueKind.String)) headers[header.Name] = header.Value.GetString()!;
        }

        if (tool.Text("authorization"u8) is { Length: > 0 } token) headers["Authorization"] = "Bearer " + token;
        if (headers.Count > 0) server.Headers = headers;
        return server;
    }

    private static HostedMcpServerToolApprovalMode ApprovalOf(JsonElement approval)
    {
        if (approval.ValueKind is JsonValueKind.String && approval.GetString() is "never") return HostedMcpServerToolApprovalMode.NeverRequire;
        if (approval.ValueKind is not JsonValueKind.Object) return HostedMcpServerToolApprovalMode.AlwaysRequire;
        return HostedMcpServerToolApprovalMode.RequireSpecific(Texts(approval.Get("always"u8).Get("tool_names"u8)), Texts(approval.Get("never"u8).Get("tool_names"u8)));
    }

    private static List<string> Texts(JsonElement array) => array.ValueKind is JsonValueKind.Array
        ? [.. array.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)]
        : [];

    private static string DescriptionOf(JsonElement tool)
    {
        string description = tool.Text("description"u8) ?? "";
        JsonElement format = tool.Get("format"u8);
        return format.Text("type"u8) is "grammar" && format.Text("definition"u8) is { } grammar
            ? $"{description}\n\nThe input must match this grammar ({format.Text("syntax"u8)}):\n{grammar}".TrimStart()
            : description;
    }

    private static AttemptFailure? ReadChoice(JsonElement choice, ChatOptions options)
    {
        if (choice.ValueKind is JsonValueKind.Undefined) return null;
        if (choice.ValueKind is JsonValueKind.String)
        {
            options.ToolMode = ModeOf(choice.GetString());
        }
        else if (choice.Text("type"u8) is "function" or "custom" && choice.Text("name"u8) is { Length: > 0 } name)
        {
            options.ToolMode = ChatToolMode.RequireSpecific(CalledTools.NameOf(choice.Text("namespace"u8), name));
        }
        else if (choice.Text("type"u8) is "allowed_tools")
        {
            HashSet<string> allowed = [.. choice.Items("tools"u8).Select(static tool => tool.Text("name"u8) ?? tool.Text("type"u8)).OfType<string>()];
            options.Tools = options.Tools?.Where(tool => allowed.Contains(tool.Name)).ToList();
            options.ToolMode = ModeOf(choice.Text("mode"u8));
        }
        else if (choice.Text("type"u8) is { } type)
        {
            return new AttemptFailure(FailureKind.Unsupported, $"tool_choice: a tool of type '{type}' can be demanded only where the model speaks this dialect.");
        }

        return options.ToolMode is null ? Fields.Invalid("tool_choice", "must be none, auto, required, a function or a set of allowed tools") : null;
    }

    private static ChatToolMode? ModeOf(string? mode) => mode switch { "none" => ChatToolMode.None, "auto" => ChatToolMode.Auto, "required" => ChatToolMode.RequireAny, _ => null };

    private static void Add(ChatOptions options, AITool tool) => (options.Tools ??= []).Add(tool);
}
