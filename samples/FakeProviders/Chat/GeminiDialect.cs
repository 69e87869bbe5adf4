using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Google's Gemini. The model and whether the answer is streamed are in the path.</summary>
internal sealed class GeminiDialect(TimeProvider time) : WireDialect(time)
{
    private static readonly ModelPath Paths = new("/models/", ":generateContent", ":streamGenerateContent");

    public override string PathSuffix => Paths.Whole;

    public override string RequestIdHeader => "x-goog-request-id";

    public override bool Serves(ReadOnlySpan<char> path) => Paths.Serves(path);

    public override string? ModelOf(string path, JsonElement body) => Paths.ModelOf(path);

    public override bool IsStreamed(string path, JsonElement body) => Paths.IsStreamed(path);

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        string key = headers["x-goog-api-key"].ToString() + headers.Authorization; // Vertex AI takes tokens.
        if (key.Length == 0) return Refuse(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity).");
        if (key == "sk-wrong") return Error(401);
        if (body is not { ValueKind: JsonValueKind.Object } json) return Invalid("Invalid JSON payload received.");
        if (json.Find("model") is not null || json.Find("stream") is not null) return Invalid("Invalid JSON payload received. Unknown name \"model\": Cannot find field.");
        if (!json.FindArray("contents").Any()) return Invalid("* GenerateContentRequest.contents: contents is not specified");
        return null;
    }

    public override ChatCall Read(JsonElement body)
    {
        int chars = body.Find("systemInstruction")?.Find("parts") is { } system ? ChatCall.TextOf(system).Length : 0;
        string lastText = "";
        bool isToolResult = false;
        foreach (JsonElement turn in body.FindArray("contents"))
        {
            JsonElement[] results = [.. turn.FindArray("parts").Select(part => part.Find("functionResponse")).OfType<JsonElement>()];
            isToolResult = results.Length > 0;
            lastText = turn.Find("parts") is { } parts ? ChatCall.TextOf(parts) : "";
            lastText += string.Concat(results.Select(result => result.Find("response")?.FindString("output")));
            chars += lastText.Length;
        }

        string[] tools = [.. body.FindArray("tools").SelectMany(tool => tool.FindArray("functionDeclarations")).Select(function => function.FindString("name")).OfType<string>()];
        JsonElement? config = body.Find("generationConfig");
        JsonElement? schema = config?.Find("responseJsonSchema") ?? (config?.FindString("responseMimeType") == "application/json" ? config : null);
        return new ChatCall("", lastText, isToolResult, chars, tools, schema);
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer) => Chunk(answer, NextId("resp_"), new JsonArray(Part(answer, answer.Text)), Finish(answer), answer.OutputTokens);

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string id = NextId("resp_");
        string[] pieces = answer.Tool is null ? answer.Pieces : [answer.Text]; // A call comes whole.
        byte[][] deltas = [.. pieces.Select(piece => SseBytes.Event(Chunk(answer, id, new JsonArray(Part(answer, piece)), null, 1)))];
        byte[] closing = SseBytes.Event(Chunk(answer, id, new JsonArray(new JsonObject { ["text"] = "" }), Finish(answer), answer.OutputTokens));
        return new StreamEvents([], deltas, [closing], []);
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Refuse(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = "API_KEY_INVALID" }),
        403 => Refuse(403, "PERMISSION_DENIED", "The caller does not have permission"),
        404 => Refuse(404, "NOT_FOUND", "models/x is not found for API version v1beta, or is not supported for generateContent."),
        429 => Refuse(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details."),
        503 or 529 => Refuse(statusCode, "UNAVAILABLE", "The model is overloaded. Please try again later."),
        504 => Refuse(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
        >= 500 => Refuse(statusCode, "INTERNAL", "An internal error has occurred."),
        _ => Refuse(statusCode, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    };

    public override Refusal Quota() => Refuse(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.");

    public override Refusal ContextWindow() => Invalid("The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).");

    public override Refusal PromptFiltered() => new(200, new JsonObject { ["promptFeedback"] = new JsonObject { ["blockReason"] = "PROHIBITED_CONTENT" }, ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 1 } });

    public override byte[] StreamError() => SseBytes.Event(Error(503).Body);

    private static Refusal Invalid(string message) => Refuse(400, "INVALID_ARGUMENT", message);

    private static Refusal Refuse(int status, string name, string message, JsonObject? detail = null)
    {
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = name };
        if (detail is not null) error["details"] = new JsonArray(detail);
        return new Refusal(status, new JsonObject { ["error"] = error });
    }

    private static JsonObject Chunk(Answer answer, string id, JsonArray parts, string? finish, int outputTokens)
    {
        var candidate = new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts }, ["index"] = 0 };
        if (finish is not null) candidate["finishReason"] = finish;
        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = answer.InputTokens, ["candidatesTokenCount"] = outputTokens, ["totalTokenCount"] = answer.InputTokens + outputTokens },
            ["modelVersion"] = answer.Model,
            ["responseId"] = id,
        };
    }

    private JsonObject Part(Answer answer, string text) => answer.Tool is null
        ? new JsonObject { ["text"] = text }
        : new JsonObject { ["functionCall"] = new JsonObject { ["id"] = NextId("call_"), ["name"] = answer.Tool, ["args"] = JsonNode.Parse(text) } };

    private static string Finish(Answer answer) => answer.IsFiltered ? "SAFETY" : "STOP";
}
