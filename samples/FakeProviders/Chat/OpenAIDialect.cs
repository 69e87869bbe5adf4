using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's Chat Completions.</summary>
internal class OpenAIDialect(TimeProvider time) : WireDialect(time)
{
    public override string PathSuffix => "/chat/completions";

    public override string RequestIdHeader => "x-request-id";

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (CheckKey(KeyOf(headers)) is { } refusal) return refusal;
        if (body is not { ValueKind: JsonValueKind.Object } json)
            return Refuse(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        if (json.FindString("model") is null) return Refuse(400, "you must provide a model parameter", "invalid_request_error");
        if (!json.FindArray("messages").Any())
            return Refuse(400, "Missing required parameter: 'messages'.", "invalid_request_error", "missing_required_parameter", "messages");
        return null;
    }

    /// <summary>What the provider says against the key; null if nothing.</summary>
    public static Refusal? CheckKey(string key) => key switch
    {
        "" => Refuse(401, "You didn't provide an API key.", "invalid_request_error"),
        "sk-wrong" => ErrorOf(401),
        _ => null,
    };

    public override ChatCall Read(JsonElement body)
    {
        int chars = 0;
        string lastText = "";
        string? lastRole = null;
        foreach (JsonElement message in body.FindArray("messages"))
        {
            lastText = message.Find("content") is { } content ? ChatCall.TextOf(content) : "";
            lastRole = message.FindString("role");
            chars += lastText.Length;
        }

        string[] tools = [.. body.FindArray("tools").Select(tool => tool.Find("function")?.FindString("name")).OfType<string>()];
        JsonElement? format = body.Find("response_format");
        JsonElement? schema = format?.Find("json_schema")?.Find("schema") ?? (format?.FindString("type") == "json_object" ? format : null);
        return new ChatCall(body.FindString("model")!, lastText, lastRole == "tool", chars, tools, schema);
    }

    public override bool WantsUsage(JsonElement body) => body.Find("stream_options") is { } options && options.IsTrue("include_usage");

    public override JsonObject Completion(Answer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Tool is null ? answer.Text : null, ["refusal"] = null };
        if (answer.Tool is not null) message["tool_calls"] = new JsonArray(ToolCall(answer, answer.Text));
        return new JsonObject
        {
            ["id"] = NextId("chatcmpl-"),
            ["object"] = "chat.completion",
            ["created"] = UnixTime,
            ["model"] = answer.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = Finish(answer) }),
            ["usage"] = Usage(answer),
            ["system_fingerprint"] = "fp_fake",
        };
    }

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string id = NextId("chatcmpl-");
        long created = UnixTime;

        byte[] Chunk(JsonArray choices, JsonObject? usage = null)
        {
            var chunk = new JsonObject { ["id"] = id, ["object"] = "chat.completion.chunk", ["created"] = created, ["model"] = answer.Model };
            chunk["system_fingerprint"] = "fp_fake";
            chunk["choices"] = choices;
            if (withUsage) chunk["usage"] = usage;
            return SseBytes.Event(chunk);
        }

        byte[] Delta(JsonObject delta, string? finish = null) =>
            Chunk(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish }));

        var role = new JsonObject { ["role"] = "assistant", ["content"] = answer.Tool is null ? "" : null, ["refusal"] = null };
        byte[][] opening = answer.Tool is null
            ? [Delta(role)]
            : [Delta(role), Delta(new JsonObject { ["tool_calls"] = new JsonArray(Indexed(ToolCall(answer, ""))) })];
        byte[][] deltas =
        [
            .. answer.Pieces.Select(piece => Delta(answer.Tool is null
                ? new JsonObject { ["content"] = piece }
                : new JsonObject { ["tool_calls"] = new JsonArray(Indexed(new JsonObject { ["function"] = new JsonObject { ["arguments"] = piece } })) })),
        ];
        byte[] finish = Delta([], Finish(answer));
        return new StreamEvents(opening, deltas, withUsage ? [finish, Chunk([], Usage(answer))] : [finish], "data: [DONE]\n\n"u8.ToArray());
    }

    public override Refusal Error(int statusCode) => ErrorOf(statusCode);

    public override Refusal Quota() => QuotaRefusal();

    /// <summary>The error for a status code, the same in both of OpenAI's dialects.</summary>
    public static Refusal ErrorOf(int statusCode) => statusCode switch
    {
        401 => Refuse(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
        403 => Refuse(403, "Country, region, or territory not supported", "request_forbidden", "unsupported_country_region_territory"),
        404 => Refuse(404, "The model does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"),
        429 => Refuse(429, "Rate limit reached on requests per min (RPM). Please try again later.", "requests", "rate_limit_exceeded"),
        503 => Refuse(503, "The server is overloaded. Please try again later.", "server_error", "server_is_overloaded"),
        >= 500 => Refuse(statusCode, "The server had an error while processing your request.", "server_error"),
        _ => Refuse(statusCode, "The request is not valid.", "invalid_request_error"),
    };

    /// <summary>The error for a key without credit.</summary>
    public static Refusal QuotaRefusal() =>
        Refuse(429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota");

    public override Refusal ContextWindow() => Refuse(400,
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 130001 tokens. Please reduce the length of the messages.",
        "invalid_request_error", "context_length_exceeded", "messages");

    public override Refusal PromptFiltered()
    {
        Refusal refusal = Refuse(400, "The response was filtered due to the prompt triggering the content management policy.", null, "content_filter", "prompt");
        var violence = new JsonObject { ["filtered"] = true, ["severity"] = "high" };
        refusal.Body["error"]!["innererror"] = new JsonObject
        {
            ["code"] = "ResponsibleAIPolicyViolation",
            ["content_filter_result"] = new JsonObject { ["violence"] = violence },
        };
        return refusal;
    }

    public override byte[] StreamError() => SseBytes.Event(Error(500).Body);

    /// <summary>The key or token that a request brings; empty for none.</summary>
    protected virtual string KeyOf(IHeaderDictionary headers) => BearerOf(headers);

    public static string BearerOf(IHeaderDictionary headers) =>
        headers.Authorization.ToString() is var text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..] : "";

    public static Refusal Refuse(int status, string message, string? type, string? code = null, string? param = null) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } });

    private static string Finish(Answer answer) => answer.IsFiltered ? "content_filter" : answer.Tool is null ? "stop" : "tool_calls";

    private JsonObject ToolCall(Answer answer, string arguments) => new()
    {
        ["id"] = NextId("call_"),
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = answer.Tool, ["arguments"] = arguments },
    };

    private static JsonObject Indexed(JsonObject toolCall)
    {
        toolCall.Insert(0, "index", 0);
        return toolCall;
    }

    private static JsonObject Usage(Answer answer) => new()
    {
        ["prompt_tokens"] = answer.InputTokens,
        ["completion_tokens"] = answer.OutputTokens,
        ["total_tokens"] = answer.InputTokens + answer.OutputTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0 },
    };
}
