using System.Text.Json.Nodes;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A client that speaks Chat Completions.</summary>
internal sealed class ChatClient : Client
{
    public override (string End, string Call, string Length, string Refusal) Reasons => ("stop", "tool_calls", "length", "stop");

    public override string Path => "/v1/chat/completions";

    public override string Schema => "OpenAIChat";

    public override JsonNode[] User(string text, string? image = null) => image is null
        ? [new JsonObject { ["role"] = "user", ["content"] = text }]
        :
        [
            new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = text },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/png;base64," + image } }),
            },
        ];

    public override JsonNode[] Result(string id, string text) => [new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = text }];

    public override JsonObject Request(string model, bool stream, IEnumerable<JsonNode> conversation)
    {
        var request = new JsonObject { ["model"] = model, ["messages"] = new JsonArray([.. conversation.Select(node => node.DeepClone())]), ["stream"] = stream };
        if (stream) request["stream_options"] = new JsonObject { ["include_usage"] = true };
        return request;
    }

    public override JsonObject WithTool(JsonObject request, string name)
    {
        request["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["parameters"] = CitySchema() } });
        return request;
    }

    public override Answered Read(JsonNode body)
    {
        Assert.Equal("chat.completion", (string?)body["object"]);
        JsonNode choice = body["choices"]![0]!;
        return Read(choice["message"]!, (string)choice["finish_reason"]!, body["usage"]);
    }

    public override Answered Read(SentEvent[] events)
    {
        Assert.Equal("[DONE]", events[^1].Data);
        JsonNode[] chunks = [.. events[..^1].Select(sent => sent.Json)];
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", (string?)chunk["object"]));
        Assert.Single(chunks.Select(chunk => (string?)chunk["id"]).Distinct());
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        JsonNode[] choices = [.. chunks[..^1].Select(chunk => chunk["choices"]![0]!)];
        JsonNode[] deltas = [.. choices.Select(choice => choice["delta"]!)];
        Assert.Equal("assistant", (string?)deltas[0]["role"]);
        Assert.All(choices[..^1], choice => Assert.Null(choice["finish_reason"]));
        var message = new JsonObject { ["role"] = "assistant", ["content"] = Join(deltas.Select(delta => (string?)delta["content"])) };
        if (Join(deltas.Select(delta => (string?)delta["refusal"])) is { Length: > 0 } refusal) message["refusal"] = refusal;
        if (Join(deltas.Select(delta => (string?)delta["reasoning_content"])) is { Length: > 0 } thoughts) message["reasoning_content"] = thoughts;
        JsonNode[] details = [.. deltas.SelectMany(delta => delta["reasoning_details"]?.AsArray() ?? []).Select(detail => detail!.DeepClone())];
        if (details.Length > 0) message["reasoning_details"] = new JsonArray(details);
        JsonObject[] calls = CallsOf(deltas);
        if (calls.Length > 0) message["tool_calls"] = new JsonArray(calls);
        return Read(message, (string)choices[^1]["finish_reason"]!, chunks[^1]["usage"]);
    }

    private static JsonObject[] CallsOf(JsonNode[] deltas)
    {
        var calls = new SortedDictionary<int, JsonObject>();
        foreach (JsonNode? piece in deltas.SelectMany(delta => delta["tool_calls"]?.AsArray() ?? []))
        {
            int index = (int)piece!["index"]!;
            if (!calls.TryGetValue(index, out JsonObject? call))
            {
                calls[index] = call = new JsonObject { ["id"] = (string?)piece["id"], ["type"] = "function", ["function"] = new JsonObject { ["name"] = (string?)piece["function"]!["name"], ["arguments"] = "" } };
            }

            call["function"]!["arguments"] = (string?)call["function"]!["arguments"] + (string?)piece["function"]?["arguments"];
        }

        return [.. calls.Values];
    }

    private static Answered Read(JsonNode message, string reason, JsonNode? usage)
    {
        var again = (JsonObject)message.DeepClone();
        again.Remove("annotations");
        return new(
            (string?)message["content"] ?? "",
            (string?)message["reasoning_content"] ?? "",
            (string?)message["refusal"] ?? "",
            [.. (message["tool_calls"]?.AsArray() ?? []).Select(call => ((string)call!["id"]!, (string)call["function"]!["name"]!, (string)call["function"]!["arguments"]!))],
            reason,
            (long?)usage?["prompt_tokens"],
            (long?)usage?["completion_tokens"],
            [again]);
    }
}
