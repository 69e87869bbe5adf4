using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Anthropic's Messages.</summary>
internal class AnthropicDialect(TimeProvider time) : WireDialect(time)
{
    public override string PathSuffix => "/v1/messages";

    public override string RequestIdHeader => "request-id";

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        string key = headers["x-api-key"].ToString() is { Length: > 0 } own ? own : headers.Authorization.ToString(); // a token of Entra ID, in Foundry; Anthropic's SDK sends keys so
        if (key.Length == 0) return Refuse(401, "authentication_error", "x-api-key header is required");
        if (key == "sk-wrong") return Error(401);
        if (headers["anthropic-version"].Count == 0) return Invalid("anthropic-version: header is required");
        if (body is not { ValueKind: JsonValueKind.Object } json) return Invalid("The request body is not valid JSON");
        if (json.FindString("model") is null) return Invalid("model: Field required");
        return CheckBody(json);
    }

    protected Refusal? CheckBody(JsonElement json)
    {
        if (json.Find("messages") is null) return Invalid("messages: Field required");
        if (!json.FindArray("messages").Any()) return Invalid("messages: at least one message is required");
        if (json.Find("max_tokens") is not { ValueKind: JsonValueKind.Number }) return Invalid("max_tokens: Field required");
        return null;
    }

    public override ChatCall Read(JsonElement body)
    {
        int chars = body.Find("system") is { } system ? ChatCall.TextOf(system).Length : 0;
        string lastText = "";
        bool isToolResult = false;
        foreach (JsonElement message in body.FindArray("messages"))
        {
            lastText = message.Find("content") is { } content ? ChatCall.TextOf(content) : "";
            isToolResult = message.FindArray("content").Any(block => block.FindString("type") == "tool_result");
            chars += lastText.Length;
        }

        string[] tools = [.. body.FindArray("tools").Select(tool => tool.FindString("name")).OfType<string>()];
        JsonElement? format = body.Find("output_config")?.Find("format") ?? body.Find("output_format");
        return new ChatCall(body.FindString("model") ?? "", lastText, isToolResult, chars, tools, format?.Find("schema"));
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer)
    {
        JsonObject block = answer.Tool is null
            ? new JsonObject { ["type"] = "text", ["text"] = answer.Text }
            : ToolUse(answer, JsonNode.Parse(answer.Text)!);
        return Message(answer, new JsonArray(block), StopReason(answer), answer.OutputTokens);
    }

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        JsonObject block = answer.Tool is null ? new JsonObject { ["type"] = "text", ["text"] = "" } : ToolUse(answer, new JsonObject());
        byte[][] opening =
        [
            SseBytes.TypedEvent(new JsonObject { ["type"] = "message_start", ["message"] = Message(answer, [], null, 1) }),
            SseBytes.TypedEvent(new JsonObject { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = block }),
            SseBytes.TypedEvent(new JsonObject { ["type"] = "ping" }),
        ];
        byte[][] closing =
        [
            SseBytes.TypedEvent(new JsonObject { ["type"] = "content_block_stop", ["index"] = 0 }),
            SseBytes.TypedEvent(new JsonObject
            {
                ["type"] = "message_delta",
                ["delta"] = new JsonObject { ["stop_reason"] = StopReason(answer), ["stop_sequence"] = null },
                ["usage"] = new JsonObject { ["output_tokens"] = answer.OutputTokens }, // cumulative: it includes message_start's
            }),
        ];
        byte[] stop = SseBytes.TypedEvent(new JsonObject { ["type"] = "message_stop" });
        return new StreamEvents(opening, [.. answer.Pieces.Select(piece => Delta(answer, piece))], closing, stop);
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Refuse(401, "authentication_error", "invalid x-api-key"),
        402 => Refuse(402, "billing_error", "There is a problem with your billing or payment information."),
        403 => Refuse(403, "permission_error", "Your API key does not have permission to use the specified resource."),
        404 => Refuse(404, "not_found_error", "The requested model could not be found."),
        413 => Refuse(413, "request_too_large", "Request exceeds the maximum allowed number of bytes."),
        429 => Refuse(429, "rate_limit_error", "This request would exceed your organization's rate limit."),
        504 => Refuse(504, "timeout_error", "The request timed out."),
        503 or 529 => Refuse(statusCode, "overloaded_error", "Overloaded"),
        >= 500 => Refuse(statusCode, "api_error", "Internal server error"),
        _ => Refuse(statusCode, "invalid_request_error", "The request is not valid."),
    };

    public override Refusal Quota()
    {
        Refusal refusal = Refuse(429, "rate_limit_error", "You have reached your specified API usage limits.");
        refusal.Body["error"]!["details"] = new JsonObject { ["error_code"] = "enforced_spend_limit_reached" };
        return refusal;
    }

    public override Refusal ContextWindow() => Invalid("prompt is too long: 200251 tokens > 200000 maximum");

    public override Refusal PromptFiltered() => Invalid("Output blocked by content filtering policy");

    public override byte[] StreamError() => SseBytes.TypedEvent(Refuse(529, "overloaded_error", "Overloaded").Body);

    private Refusal Invalid(string message) => Refuse(400, "invalid_request_error", message);

    private Refusal Refuse(int status, string type, string message) => new(status, new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = NextRequestId(),
    });

    private JsonObject Message(Answer answer, JsonArray content, string? stopReason, int outputTokens) => new()
    {
        ["id"] = NextId("msg_"),
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = answer.Model,
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = answer.InputTokens,
            ["cache_creation_input_tokens"] = 0,
            ["cache_read_input_tokens"] = 0,
            ["output_tokens"] = outputTokens,
        },
    };

    private JsonObject ToolUse(Answer answer, JsonNode input) => new()
    {
        ["type"] = "tool_use",
        ["id"] = NextId("toolu_"),
        ["name"] = answer.Tool,
        ["input"] = input,
    };

    private static byte[] Delta(Answer answer, string piece) => SseBytes.TypedEvent(new JsonObject
    {
        ["type"] = "content_block_delta",
        ["index"] = 0,
        ["delta"] = answer.Tool is null
            ? new JsonObject { ["type"] = "text_delta", ["text"] = piece }
            : new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece },
    });

    private static string StopReason(Answer answer) => answer.IsFiltered ? "refusal" : answer.Tool is null ? "end_turn" : "tool_use";
}
