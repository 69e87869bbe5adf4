using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Ollama's own chat, which streams lines of JSON and wants no key.</summary>
internal sealed class OllamaDialect(TimeProvider time) : WireDialect(time)
{
    private readonly TimeProvider _time = time;

    public override string PathSuffix => "/api/chat";

    public override string RequestIdHeader => "x-request-id";

    public override StreamForm Form => LineForm.Instance;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (headers.Authorization.ToString() == "Bearer sk-wrong") return Error(401);
        if (body is not { ValueKind: JsonValueKind.Object } json) return Refuse(400, "invalid character in the body");
        return json.FindString("model") is null ? Refuse(400, "model is required") : null;
    }

    public override ChatCall Read(JsonElement body)
    {
        int chars = 0;
        string lastText = "";
        string? lastRole = null;
        foreach (JsonElement message in body.FindArray("messages"))
        {
            lastText = message.FindString("content") ?? "";
            lastRole = message.FindString("role");
            chars += lastText.Length;
        }

        string[] tools = [.. body.FindArray("tools").Select(tool => tool.Find("function")?.FindString("name")).OfType<string>()];
        return new ChatCall(body.FindString("model")!, lastText, lastRole == "tool", chars, tools, body.Find("format"));
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer) => Finished(answer, Message(answer, answer.Text));

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        // A call is never cut.
        string[] pieces = answer.Tool is null ? answer.Pieces : [answer.Text];
        return new StreamEvents([], [.. pieces.Select(piece => Line(Started(answer, Message(answer, piece))))], [], Line(Finished(answer, new JsonObject { ["role"] = "assistant", ["content"] = "" })));
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Refuse(401, "unauthorized"),
        404 => Refuse(404, "model not found, try pulling it first"),
        429 => Refuse(429, "too many requests"),
        503 => Refuse(503, "server busy, please try again.  maximum pending requests exceeded"),
        >= 500 => Refuse(statusCode, "llama runner process has terminated: exit status 2"),
        _ => Refuse(statusCode, "invalid request"),
    };

    public override Refusal Quota() => Refuse(429, "you have reached your weekly usage limit, upgrade for higher limits");

    public override Refusal ContextWindow() => Refuse(400, "the input length exceeds the context length");

    public override Refusal PromptFiltered() => Refuse(400, "the prompt is refused"); // It has no filter.

    public override byte[] StreamError() => Line(new JsonObject { ["error"] = "an error was encountered while running the model: unexpected EOF" });

    private static Refusal Refuse(int status, string message) => new(status, new JsonObject { ["error"] = message });

    private static byte[] Line(JsonObject json) => [.. JsonBytes.Of(json), (byte)'\n'];

    private JsonObject Message(Answer answer, string text)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Tool is null ? text : "" };
        if (answer.Tool is null) return message;
        message["tool_calls"] = new JsonArray(new JsonObject
        {
            ["id"] = NextId("call_"),
            ["function"] = new JsonObject { ["index"] = 0, ["name"] = answer.Tool, ["arguments"] = JsonNode.Parse(text) },
        });
        return message;
    }

    private JsonObject Started(Answer answer, JsonObject message) => new()
    {
        ["model"] = answer.Model,
        ["created_at"] = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["message"] = message,
        ["done"] = false,
    };

    private JsonObject Finished(Answer answer, JsonObject message)
    {
        JsonObject line = Started(answer, message);
        line["done"] = true;
        line["done_reason"] = "stop";
        line["total_duration"] = 5_000_000;
        line["load_duration"] = 1_000_000;
        line["prompt_eval_count"] = answer.InputTokens;
        line["eval_count"] = answer.OutputTokens;
        return line;
    }
}
