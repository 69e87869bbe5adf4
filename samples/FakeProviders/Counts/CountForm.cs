using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>How a counter of tokens is asked, and how it answers.</summary>
/// <param name="Suffix">What its paths end with.</param>
/// <param name="Member">The member of its answer with the number.</param>
internal sealed record CountForm(string Suffix, string Member)
{
    // https://platform.claude.com/docs/en/api/messages/count_tokens
    private static readonly string[] OfAnthropic = ["model", "messages", "system", "tools", "tool_choice", "thinking", "output_config", "cache_control", "mcp_servers", "context_management", "speed", "anthropic_version"];

    public static readonly CountForm Anthropic = new("/v1/messages/count_tokens", "input_tokens")
    {
        Unwrap = static body => Only(body, OfAnthropic, static call => call["max_tokens"] = 1),
    };

    // The counter stands in the place of the model in the path.
    public static readonly CountForm VertexClaude = new("/models/count-tokens:rawPredict", "input_tokens")
    {
        Unwrap = static body => body.FindString("model") is null ? null : Only(body, OfAnthropic, static call =>
        {
            call["max_tokens"] = 1;
            call.Remove("model");
        }),
    };

    // https://platform.openai.com/docs/api-reference/responses/input-tokens
    public static readonly CountForm Responses = new("/responses/input_tokens", "input_tokens")
    {
        Unwrap = static body => Only(body, ["model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text", "conversation", "previous_response_id", "truncation"]),
        Object = "response.input_tokens",
    };

    // https://ai.google.dev/api/tokens
    public static readonly CountForm Gemini = new(":countTokens", "totalTokens")
    {
        Models = ("/models/", ':'),
        Unwrap = static body => body.Find("generateContentRequest") is { } call && call.FindString("model") is ['m', 'o', 'd', 'e', 'l', 's', '/', ..]
            ? Only(body.Find("generateContentRequest")!.Value, null, static call => call.Remove("model"))
            : null,
    };

    // https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/projects.locations.publishers.models/countTokens
    public static readonly CountForm VertexGemini = new(":countTokens", "totalTokens")
    {
        Part = "/publishers/google/",
        Models = ("/models/", ':'),
        Unwrap = static body => Only(body, ["contents", "systemInstruction", "tools", "generationConfig"]),
    };

    // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html
    public static readonly CountForm Converse = new("/count-tokens", "inputTokens")
    {
        Models = ("/model/", '/'),
        Unwrap = static body => body.Find("input")?.Find("converse") is { } call ? Only(call, ["messages", "system", "toolConfig", "additionalModelRequestFields"]) : null,
    };

    public static readonly CountForm Invoke = Converse with
    {
        Marker = "invokeModel",
        Unwrap = static body => body.Find("input")?.Find("invokeModel")?.FindString("body") is { } bytes ? JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(bytes))).RootElement : null,
    };

    /// <summary>What its paths hold.</summary>
    public string Part { get; init; } = "/";

    /// <summary>What stands before the model in the path, and behind it; null where the body names it.</summary>
    public (string Before, char Behind)? Models { get; init; }

    /// <summary>The member of the input by which it is told from another counter at the same path; null where there is no other.</summary>
    public string? Marker { get; init; }

    /// <summary>What its answer says that it is; null where it says nothing.</summary>
    public string? Object { get; init; }

    /// <summary>The chat's request in a body; null where the counter does not take it.</summary>
    public required Func<JsonElement, JsonElement?> Unwrap { get; init; }

    /// <summary>The model in a path; null where the body names it.</summary>
    public string? ModelOf(string path)
    {
        if (Models is not var (before, behind)) return null;
        int start = path.LastIndexOf(before, StringComparison.Ordinal) + before.Length;
        return Uri.UnescapeDataString(path[start..path.LastIndexOf(behind)]);
    }

    public JsonObject Answer(int tokens)
    {
        var answer = new JsonObject { [Member] = tokens };
        if (Object is not null) answer["object"] = Object;
        return answer;
    }

    /// <summary>A body that has no other members than these, changed into what the chat dialect takes; null where it has another one.</summary>
    private static JsonElement? Only(JsonElement body, string[]? members, Action<JsonObject>? change = null)
    {
        if (body.ValueKind is not JsonValueKind.Object || (members is not null && body.EnumerateObject().Any(member => !members.Contains(member.Name)))) return null;
        JsonObject call = JsonObject.Create(body.Clone())!;
        change?.Invoke(call);
        return JsonDocument.Parse(JsonBytes.Of(call)).RootElement;
    }
}
