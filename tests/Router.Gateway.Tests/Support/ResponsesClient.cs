using System.Text.Json.Nodes;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A client that speaks Responses, and keeps its conversations itself.</summary>
internal sealed class ResponsesClient : Client
{
    public override (string End, string Call, string Length, string Refusal) Reasons => ("completed", "completed", "incomplete: max_output_tokens", "completed");

    public override string Path => "/v1/responses";

    public override string Schema => "OpenAIResponses";

    public override JsonNode[] User(string text, string? image = null) => image is null
        ? [new JsonObject { ["role"] = "user", ["content"] = text }]
        :
        [
            new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "input_text", ["text"] = text },
                    new JsonObject { ["type"] = "input_image", ["detail"] = "auto", ["image_url"] = "data:image/png;base64," + image }),
            },
        ];

    public override JsonNode[] Result(string id, string text) => [new JsonObject { ["type"] = "function_call_output", ["call_id"] = id, ["output"] = text }];

    public override JsonObject Request(string model, bool stream, IEnumerable<JsonNode> conversation) =>
        new() { ["model"] = model, ["input"] = new JsonArray([.. conversation.Select(node => node.DeepClone())]), ["stream"] = stream, ["store"] = false };

    public override JsonObject WithTool(JsonObject request, string name)
    {
        request["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["name"] = name, ["parameters"] = CitySchema(), ["strict"] = false });
        return request;
    }

    public override Answered Read(JsonNode body)
    {
        Assert.Equal("response", (string?)body["object"]);
        JsonNode[] items = [.. body["output"]!.AsArray().Select(item => item!.DeepClone())];
        JsonNode[] parts = [.. Of(items, "message").SelectMany(item => item["content"]!.AsArray()).Select(part => part!)];
        string status = (string)body["status"]!;
        return new(
            Join(Of(parts, "output_text").Select(part => (string?)part["text"])),
            Join(Of(items, "reasoning").SelectMany(item => item["summary"]!.AsArray()).Select(part => (string?)part!["text"])),
            Join(Of(parts, "refusal").Select(part => (string?)part["refusal"])),
            [.. Of(items, "function_call").Select(item => ((string)item["call_id"]!, (string)item["name"]!, (string)item["arguments"]!))],
            status is "incomplete" ? $"{status}: {body["incomplete_details"]!["reason"]}" : status,
            (long?)body["usage"]?["input_tokens"],
            (long?)body["usage"]?["output_tokens"],
            items);
    }

    /// <summary>Holds the events to their order, and to what the last of them says of all.</summary>
    public override Answered Read(SentEvent[] events)
    {
        Assert.All(events, sent => Assert.Equal(sent.Name, (string?)sent.Json["type"]));
        Assert.Equal(Enumerable.Range(0, events.Length), events.Select(sent => (int)sent.Json["sequence_number"]!));
        Assert.Equal(["response.created", "response.in_progress"], events[..2].Select(sent => sent.Name));
        JsonNode last = events[^1].Json["response"]!;
        Assert.Equal(events[^1].Name, "response." + (string?)last["status"]);
        Assert.Equal((string?)last["id"], (string?)events[0].Json["response"]!["id"]);
        Answered read = Read(last);
        JsonNode[] done = [.. events.Where(sent => sent.Name is "response.output_item.done").Select(sent => sent.Json["item"]!)];
        Assert.Equal(done.Select(item => item.ToJsonString()), read.Again.Select(item => item.ToJsonString()));
        Assert.Equal(done.Select(item => (string?)item["id"]), events.Where(sent => sent.Name is "response.output_item.added").Select(sent => (string?)sent.Json["item"]!["id"]));
        Assert.Equal(read.Text, Deltas(events, "response.output_text.delta"));
        Assert.Equal(read.Refusal, Deltas(events, "response.refusal.delta"));
        Assert.Equal(read.Thoughts, Deltas(events, "response.reasoning_summary_text.delta"));
        Assert.Equal(Join(read.Calls.Select(call => call.Arguments)), Deltas(events, "response.function_call_arguments.delta"));
        return read;
    }

    private static string Deltas(SentEvent[] events, string name) => Join(events.Where(sent => sent.Name == name).Select(sent => (string?)sent.Json["delta"]));

    private static IEnumerable<JsonNode> Of(JsonNode[] items, string type) => items.Where(item => (string?)item["type"] == type);
}
