using System.Text.Json.Nodes;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A client that speaks Anthropic's Messages.</summary>
internal sealed class MessagesClient : Client
{
    public override (string End, string Call, string Length, string Refusal) Reasons => ("end_turn", "tool_use", "max_tokens", "refusal");

    public override string Path => "/v1/messages";

    public override string Schema => "AnthropicMessages";

    public override JsonNode[] User(string text, string? image = null) => image is null
        ? [new JsonObject { ["role"] = "user", ["content"] = text }]
        :
        [
            new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = text },
                    new JsonObject { ["type"] = "image", ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = image } }),
            },
        ];

    public override JsonNode[] Result(string id, string text) =>
        [new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = text }) }];

    public override JsonObject Request(string model, bool stream, IEnumerable<JsonNode> conversation) =>
        new() { ["model"] = model, ["max_tokens"] = 500, ["messages"] = new JsonArray([.. conversation.Select(node => node.DeepClone())]), ["stream"] = stream };

    public override JsonObject WithTool(JsonObject request, string name)
    {
        request["tools"] = new JsonArray(new JsonObject { ["name"] = name, ["input_schema"] = CitySchema() });
        return request;
    }

    public override Answered Read(JsonNode body)
    {
        Assert.Equal("message", (string?)body["type"]);
        JsonNode usage = body["usage"]!;
        JsonNode[] blocks = [.. body["content"]!.AsArray().Select(block => block!.DeepClone())];
        return new(
            Join(Of(blocks, "text").Select(block => (string?)block["text"])),
            Join(Of(blocks, "thinking").Select(block => (string?)block["thinking"])),
            "",
            [.. Of(blocks, "tool_use").Select(block => ((string)block["id"]!, (string)block["name"]!, block["input"]!.ToJsonString()))],
            (string)body["stop_reason"]!,
            (long)usage["input_tokens"]! + ((long?)usage["cache_read_input_tokens"] ?? 0) + ((long?)usage["cache_creation_input_tokens"] ?? 0),
            (long?)usage["output_tokens"],
            [new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(blocks) }]);
    }

    /// <summary>Puts a message together, and holds the events to their order.</summary>
    public override Answered Read(SentEvent[] events)
    {
        Assert.All(events, sent => Assert.Equal(sent.Name, (string?)sent.Json["type"]));
        events = [.. events.Where(sent => sent.Name is not "ping")];
        Assert.Equal(["message_start", "message_delta", "message_stop"], (string[])[events[0].Name, events[^2].Name, events[^1].Name]);
        JsonNode message = events[0].Json["message"]!.DeepClone();
        var blocks = new List<JsonObject>();
        bool isOpen = false;
        string input = "";
        foreach (JsonNode sent in events[1..^2].Select(sent => sent.Json))
        {
            JsonNode? delta = sent["delta"];
            switch ((string?)sent["type"])
            {
                case "content_block_start":
                    Assert.False(isOpen);
                    Assert.Equal(blocks.Count, (int)sent["index"]!);
                    blocks.Add((JsonObject)sent["content_block"]!.DeepClone());
                    (isOpen, input) = (true, "");
                    continue;
                case "content_block_stop":
                    if ((string?)blocks[^1]["type"] is "tool_use" && input.Length > 0) blocks[^1]["input"] = JsonNode.Parse(input);
                    isOpen = false;
                    break;
                default:
                    Assert.Equal("content_block_delta", (string?)sent["type"]);
                    Assert.True(isOpen);
                    string member = (string?)delta!["type"] switch { "text_delta" => "text", "thinking_delta" => "thinking", "signature_delta" => "signature", _ => "partial_json" };
                    if (member is "partial_json") input += (string?)delta[member];
                    else blocks[^1][member] = (string?)blocks[^1][member] + (string?)delta[member];
                    break;
            }

            Assert.Equal(blocks.Count - 1, (int)sent["index"]!);
        }

        Assert.False(isOpen);
        message["content"] = new JsonArray([.. blocks]);
        message["stop_reason"] = (string?)events[^2].Json["delta"]!["stop_reason"];
        foreach ((string name, JsonNode? count) in events[^2].Json["usage"]!.AsObject()) message["usage"]![name] = (long)count!;
        return Read(message);
    }

    private static IEnumerable<JsonNode> Of(JsonNode[] blocks, string type) => blocks.Where(block => (string?)block["type"] == type);
}
