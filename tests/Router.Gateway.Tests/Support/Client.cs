using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>What a model answered, whatever dialect said so.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Thoughts">Its thoughts, as far as they can be read.</param>
/// <param name="Refusal">What it refused with.</param>
/// <param name="Calls">The tools that it calls.</param>
/// <param name="Reason">Why it stopped, in the dialect's own word.</param>
/// <param name="Input">The tokens of the input, those of a cache included.</param>
/// <param name="Output">The tokens of the output.</param>
/// <param name="Again">What the client sends back of it, as a message or items.</param>
internal sealed record Answered(string Text, string Thoughts, string Refusal, (string Id, string Name, string Arguments)[] Calls, string Reason, long? Input, long? Output, JsonNode[] Again);

/// <summary>An event of a stream.</summary>
internal sealed record SentEvent(string Name, string Data)
{
    public JsonNode Json => JsonNode.Parse(Data)!;

    public override string ToString() => $"{Name}: {Data}";

    /// <summary>Reads a whole stream; comments are left out.</summary>
    public static SentEvent[] Parse(string stream) =>
    [
        .. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block.Split('\n')).Where(lines => lines.Any(line => line.StartsWith("data:", StringComparison.Ordinal))).Select(lines =>
            new SentEvent(
                lines.FirstOrDefault(line => line.StartsWith("event: ", StringComparison.Ordinal))?["event: ".Length..] ?? "",
                string.Join('\n', lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..])))),
    ];
}

/// <summary>A client of the gateway, which puts requests together, and answers of streams, as the libraries of its dialect do.</summary>
internal abstract class Client
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The reasons to stop, by the words of the dialect: an end, a call, a limit, a refusal.</summary>
    public abstract (string End, string Call, string Length, string Refusal) Reasons { get; }

    /// <summary>Gets where requests go.</summary>
    public abstract string Path { get; }

    /// <summary>Gets the published schema of requests.</summary>
    public abstract string Schema { get; }

    public static Client Of(string dialect) => dialect switch { "chat" => new ChatClient(), "messages" => new MessagesClient(), _ => new ResponsesClient() };

    /// <summary>Returns what a user says.</summary>
    public abstract JsonNode[] User(string text, string? image = null);

    /// <summary>Returns what a tool answers.</summary>
    public abstract JsonNode[] Result(string id, string text);

    /// <summary>Returns a request.</summary>
    public abstract JsonObject Request(string model, bool stream, IEnumerable<JsonNode> conversation);

    /// <summary>Adds a function that takes a city.</summary>
    public abstract JsonObject WithTool(JsonObject request, string name);

    public abstract Answered Read(JsonNode body);

    public abstract Answered Read(SentEvent[] events);

    /// <summary>Asks, and reads the answer, which must be one.</summary>
    public async Task<Answered> AskAsync(World world, JsonObject request, params (string Name, string Value)[] headers)
    {
        string? mismatch = RequestSchemas.Mismatch(Schema, request);
        Assert.True(mismatch is null, $"{mismatch} in {request}");
        Got reply = await world.PostAsync(Path, request.ToJsonString(Plain), headers);
        Assert.True(reply.Status is 200, reply.Body);
        bool isStreamed = (bool?)request["stream"] is true;
        Assert.StartsWith(isStreamed ? "text/event-stream" : "application/json", reply.Headers["Content-Type"], StringComparison.Ordinal);
        return isStreamed ? Read(SentEvent.Parse(reply.Body)) : Read(JsonNode.Parse(reply.Body)!);
    }

    protected static JsonObject CitySchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["city"] = new JsonObject { ["type"] = "string" } },
        ["required"] = new JsonArray("city"),
        ["additionalProperties"] = false,
    };

    protected static string Join(IEnumerable<string?> texts) => string.Concat(texts);
}
