using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Cohere's Chat, version 2.</summary>
internal sealed class CohereDialect(TimeProvider time) : WireDialect(time)
{
    public override string PathSuffix => "/v2/chat";

    public override string RequestIdHeader => "x-debug-trace-id";

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        string authorization = headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || authorization.Length == "Bearer ".Length) return Refuse(401, "no api key supplied");
        if (authorization["Bearer ".Length..] == "sk-wrong") return Error(401);
        if (body is not { ValueKind: JsonValueKind.Object } json) return Refuse(400, "invalid json syntax: invalid character");
        if (json.FindString("model") is null) return Refuse(400, "a model parameter is required for this endpoint.");
        return json.FindArray("messages").Any() ? null : Refuse(400, "invalid request: message must be at least 1 token long or tool results must be specified.");
    }

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
        return new ChatCall(body.FindString("model")!, lastText, lastRole == "tool", chars, tools, format?.Find("json_schema") ?? format);
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer)
    {
        var message = new JsonObject { ["role"] = "assistant" };
        if (answer.Tool is null) message["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = answer.Text });
        else message["tool_calls"] = new JsonArray(ToolCall(answer, answer.Text));
        return new JsonObject { ["id"] = NextId(""), ["message"] = message, ["finish_reason"] = Finish(answer), ["usage"] = Usage(answer) };
    }

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string part = answer.Tool is null ? "content" : "tool-call";
        var message = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(), ["tool_plan"] = "", ["tool_calls"] = new JsonArray(), ["citations"] = new JsonArray() };
        byte[][] opening =
        [
            SseBytes.TypedEvent(new JsonObject { ["id"] = NextId(""), ["type"] = "message-start", ["delta"] = new JsonObject { ["message"] = message } }),
            Indexed(part + "-start", answer.Tool is null ? Content(new JsonObject { ["type"] = "text", ["text"] = "" }) : Calls(ToolCall(answer, ""))),
        ];
        byte[][] closing =
        [
            Indexed(part + "-end", null),
            SseBytes.TypedEvent(new JsonObject { ["type"] = "message-end", ["delta"] = new JsonObject { ["finish_reason"] = Finish(answer), ["usage"] = Usage(answer) } }),
        ];
        return new StreamEvents(opening, [.. answer.Pieces.Select(piece => Delta(answer, piece))], closing, "data: [DONE]\n\n"u8.ToArray());
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Refuse(401, "invalid api token"),
        402 => Refuse(402, "Please add or update your payment method at https://dashboard.cohere.com/billing?tab=payment to continue"),
        404 => Refuse(404, "model not found, make sure the correct model ID was used and that you have access to the model."),
        429 => Refuse(429, "You are past the per minute request limit, please wait and try again later."),
        >= 500 => Refuse(statusCode, "internal server error, this has been reported to our developers."),
        _ => Refuse(statusCode, "invalid request"),
    };

    public override Refusal Quota() => Refuse(429, "You are using a Trial key, which is limited to 1000 API calls / month.");

    public override Refusal ContextWindow() => Refuse(400, "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292.");

    public override Refusal PromptFiltered() => Refuse(498, "blocked input: a token of the prompt is denied");

    public override byte[] StreamError() => SseBytes.TypedEvent(new JsonObject
    {
        ["type"] = "message-end",
        ["delta"] = new JsonObject { ["finish_reason"] = "ERROR", ["error"] = "internal server error" },
    });

    private Refusal Refuse(int status, string message) => new(status, new JsonObject { ["id"] = NextId(""), ["message"] = message });

    private static byte[] Delta(Answer answer, string piece) => answer.Tool is null
        ? Indexed("content-delta", Content(new JsonObject { ["text"] = piece }))
        : Indexed("tool-call-delta", Calls(new JsonObject { ["function"] = new JsonObject { ["arguments"] = piece } }));

    private static byte[] Indexed(string type, JsonObject? message)
    {
        var data = new JsonObject { ["type"] = type, ["index"] = 0 };
        if (message is not null) data["delta"] = new JsonObject { ["message"] = message };
        return SseBytes.TypedEvent(data);
    }

    private static JsonObject Content(JsonObject content) => new() { ["content"] = content };

    private static JsonObject Calls(JsonObject call) => new() { ["tool_calls"] = call };

    private JsonObject ToolCall(Answer answer, string arguments) => new()
    {
        ["id"] = NextId(answer.Tool + "_"),
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = answer.Tool, ["arguments"] = arguments },
    };

    private static string Finish(Answer answer) => answer.IsFiltered ? "ERROR_TOXIC" : answer.Tool is null ? "COMPLETE" : "TOOL_CALL";

    /// <summary>What the API puts around a prompt is processed, and not billed.</summary>
    private static JsonObject Usage(Answer answer) => new()
    {
        ["billed_units"] = new JsonObject { ["input_tokens"] = answer.InputTokens, ["output_tokens"] = answer.OutputTokens },
        ["tokens"] = new JsonObject { ["input_tokens"] = answer.InputTokens + 60, ["output_tokens"] = answer.OutputTokens },
    };
}
