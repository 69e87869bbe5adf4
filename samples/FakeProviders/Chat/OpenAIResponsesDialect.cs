using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's Responses.</summary>
internal sealed class OpenAIResponsesDialect(TimeProvider time) : WireDialect(time)
{
    public override string PathSuffix => "/responses";

    public override string RequestIdHeader => "x-request-id";

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (OpenAIDialect.CheckKey(OpenAIDialect.BearerOf(headers)) is { } refusal) return refusal;
        if (body is not { ValueKind: JsonValueKind.Object } json)
            return OpenAIDialect.Refuse(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        if (json.FindString("model") is null) return OpenAIDialect.Refuse(400, "you must provide a model parameter", "invalid_request_error");
        if (json.FindString("input") is null && !json.FindArray("input").Any())
            return OpenAIDialect.Refuse(400, "Missing required parameter: 'input'.", "invalid_request_error", "missing_required_parameter", "input");
        return null;
    }

    public override ChatCall Read(JsonElement body)
    {
        int chars = body.FindString("instructions")?.Length ?? 0;
        string lastText = body.FindString("input") ?? "";
        chars += lastText.Length;
        bool isResult = false;
        foreach (JsonElement item in body.FindArray("input"))
        {
            isResult = item.FindString("type") == "function_call_output";
            lastText = item.Find(isResult ? "output" : "content") is { } content ? ChatCall.TextOf(content) : "";
            chars += lastText.Length;
        }

        string[] tools = [.. body.FindArray("tools").Select(tool => tool.FindString("name")).OfType<string>()];
        JsonElement? format = body.Find("text")?.Find("format");
        JsonElement? schema = format?.Find("schema") ?? (format?.FindString("type") == "json_object" ? format : null);
        return new ChatCall(body.FindString("model")!, lastText, isResult, chars, tools, schema);
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer) => Response(answer, NextId("resp_"), Status(answer), new JsonArray(Item(answer, NextId("item_"), answer.Text, "completed")), Usage(answer));

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string id = NextId("resp_");
        string itemId = NextId("item_");
        string callId = NextId("call_");
        int sequence = 0;

        byte[] Event(string type, params (string Name, JsonNode? Value)[] members)
        {
            var data = new JsonObject { ["type"] = "response." + type, ["sequence_number"] = sequence++ };
            foreach ((string name, JsonNode? value) in members) data[name] = value;
            return SseBytes.TypedEvent(data);
        }

        byte[] ItemEvent(string type, string text, string status) => Event(type, ("output_index", 0), ("item", Item(answer, itemId, text, status, callId)));
        byte[] PartEvent(string type, params (string Name, JsonNode? Value)[] members) => Event(type, [("item_id", itemId), ("output_index", 0), ("content_index", 0), .. members]);

        List<byte[]> opening =
        [
            Event("created", ("response", Response(answer, id, "in_progress", [], null))),
            Event("in_progress", ("response", Response(answer, id, "in_progress", [], null))),
            ItemEvent("output_item.added", "", "in_progress"),
        ];
        if (answer.Tool is null) opening.Add(PartEvent("content_part.added", ("part", Part(""))));
        byte[][] deltas = [.. answer.Pieces.Select(piece => PartEvent(answer.Tool is null ? "output_text.delta" : "function_call_arguments.delta", ("delta", piece)))];
        List<byte[]> closing = answer.Tool is null
            ? [PartEvent("output_text.done", ("text", answer.Text)), PartEvent("content_part.done", ("part", Part(answer.Text)))]
            : [PartEvent("function_call_arguments.done", ("arguments", answer.Text))];
        closing.Add(ItemEvent("output_item.done", answer.Text, "completed"));

        // The last event is the terminator as well: nothing follows it.
        string status = Status(answer);
        closing.Add(Event(status, ("response", Response(answer, id, status, new JsonArray(Item(answer, itemId, answer.Text, "completed", callId)), withUsage ? Usage(answer) : null))));
        return new StreamEvents([.. opening], deltas, [.. closing], []);
    }

    public override Refusal Error(int statusCode) => OpenAIDialect.ErrorOf(statusCode);

    public override Refusal Quota() => OpenAIDialect.QuotaRefusal();

    public override Refusal ContextWindow() => OpenAIDialect.Refuse(400,
        "Your input exceeds the context window of this model. Please adjust your input and try again.", "invalid_request_error", "context_length_exceeded", "input");

    public override Refusal PromptFiltered() => OpenAIDialect.Refuse(400,
        "Invalid prompt: your prompt was flagged as potentially violating our usage policy.", "invalid_request_error", "invalid_prompt");

    public override byte[] StreamError() => SseBytes.TypedEvent(new JsonObject
    {
        ["type"] = "error", ["code"] = "server_error", ["message"] = "The server had an error while processing your request.", ["param"] = null, ["sequence_number"] = 9,
    });

    private static string Status(Answer answer) => answer.IsFiltered ? "incomplete" : "completed";

    private JsonObject Response(Answer answer, string id, string status, JsonArray output, JsonObject? usage) => new()
    {
        ["id"] = id,
        ["object"] = "response",
        ["created_at"] = UnixTime,
        ["status"] = status,
        ["error"] = null,
        ["incomplete_details"] = status is "incomplete" ? new JsonObject { ["reason"] = "content_filter" } : null,
        ["model"] = answer.Model,
        ["output"] = output,
        ["store"] = false,
        ["usage"] = usage,
    };

    private JsonObject Item(Answer answer, string id, string text, string status, string? callId = null) => answer.Tool is null
        ? new JsonObject { ["id"] = id, ["type"] = "message", ["status"] = status, ["role"] = "assistant", ["content"] = text.Length == 0 ? new JsonArray() : new JsonArray(Part(text)) }
        : new JsonObject { ["id"] = id, ["type"] = "function_call", ["status"] = status, ["call_id"] = callId ?? NextId("call_"), ["name"] = answer.Tool, ["arguments"] = text };

    private static JsonObject Part(string text) => new() { ["type"] = "output_text", ["annotations"] = new JsonArray(), ["logprobs"] = new JsonArray(), ["text"] = text };

    private static JsonObject Usage(Answer answer) => new()
    {
        ["input_tokens"] = answer.InputTokens,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["output_tokens"] = answer.OutputTokens,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
        ["total_tokens"] = answer.InputTokens + answer.OutputTokens,
    };
}
