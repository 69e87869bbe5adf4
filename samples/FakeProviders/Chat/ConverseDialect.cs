using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Amazon Bedrock's Converse, with a bearer key or a signature. The model and whether to stream are in the path.</summary>
internal class ConverseDialect(TimeProvider time) : WireDialect(time)
{
    private const string Model = "/model/";

    public override string PathSuffix => "/converse";

    protected virtual string StreamSuffix => "/converse-stream";

    public override bool TakesSignatures => true;

    public override string RequestIdHeader => "x-amzn-RequestId";

    public override StreamForm Form => FrameForm.Instance;

    public override bool Serves(ReadOnlySpan<char> path) => path.Contains(Model, StringComparison.Ordinal) && (path.EndsWith(PathSuffix, StringComparison.Ordinal) || path.EndsWith(StreamSuffix, StringComparison.Ordinal));

    public override string? ModelOf(string path, JsonElement body)
    {
        int start = path.IndexOf(Model, StringComparison.Ordinal) + Model.Length;
        return Uri.UnescapeDataString(path[start..path.LastIndexOf('/')]); // The server leaves %2F as it came.
    }

    public override bool IsStreamed(string path, JsonElement body) => path.EndsWith(StreamSuffix, StringComparison.Ordinal);

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        string key = headers.Authorization.ToString();
        if (!AwsSignature.Is(headers) && !key.StartsWith("Bearer ", StringComparison.Ordinal)) return Refuse(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        if (key == "Bearer sk-wrong") return Refuse(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        return body is { ValueKind: JsonValueKind.Object } json ? CheckBody(json) : Invalid("The request body is not valid JSON.");
    }

    /// <summary>What the provider says against a body.</summary>
    protected virtual Refusal? CheckBody(JsonElement json)
    {
        if (json.Find("model") is not null || json.Find("stream") is not null) return Invalid("The request has a member that is not known.");
        if (!json.FindArray("messages").Any()) return Invalid("The messages field must not be empty.");
        string expected = "user";
        foreach (JsonElement message in json.FindArray("messages"))
        {
            if (message.FindString("role") != expected) return Invalid("A conversation must start with a user message, and roles must alternate between \"user\" and \"assistant\".");
            if (!message.FindArray("content").Any()) return Invalid("The content field of a message is empty.");
            expected = expected == "user" ? "assistant" : "user";
        }

        bool usesTools = json.FindArray("messages").Any(static message => message.FindArray("content").Any(static block => block.Find("toolUse") is not null || block.Find("toolResult") is not null));
        return usesTools && json.Find("toolConfig") is null ? Invalid("The toolConfig field must be defined when using toolUse and toolResult content blocks.") : null;
    }

    public override ChatCall Read(JsonElement body)
    {
        int chars = body.FindArray("system").Sum(static block => block.FindString("text")?.Length ?? 0);
        string lastText = "";
        bool isToolResult = false;
        foreach (JsonElement message in body.FindArray("messages"))
        {
            JsonElement content = message.Find("content") ?? default;
            isToolResult = message.FindArray("content").Any(static block => block.Find("toolResult") is not null);
            lastText = ChatCall.TextOf(content) + string.Concat(message.FindArray("content").Select(static block => block.Find("toolResult")?.Find("content") is { } result ? ChatCall.TextOf(result) : ""));
            chars += lastText.Length;
        }

        string[] tools = [.. (body.Find("toolConfig") ?? default).FindArray("tools").Select(static tool => tool.Find("toolSpec")?.FindString("name")).OfType<string>()];
        string? schema = body.Find("outputConfig")?.Find("textFormat")?.Find("structure")?.Find("jsonSchema")?.FindString("schema");
        return new ChatCall("", lastText, isToolResult, chars, tools, schema is null ? null : JsonDocument.Parse(schema).RootElement);
    }

    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer) => new()
    {
        ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(Block(answer)) } },
        ["stopReason"] = StopReason(answer),
        ["usage"] = Usage(answer),
        ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
    };

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        byte[] start = Event("messageStart", new JsonObject { ["role"] = "assistant" });
        byte[][] opening = answer.Tool is null
            ? [start] // A text has no start of its own.
            : [start, Event("contentBlockStart", new JsonObject { ["contentBlockIndex"] = 0, ["start"] = new JsonObject { ["toolUse"] = ToolUse(answer) } })];
        byte[][] closing =
        [
            Event("contentBlockStop", new JsonObject { ["contentBlockIndex"] = 0 }),
            Event("messageStop", new JsonObject { ["stopReason"] = StopReason(answer) }),
        ];
        byte[] metadata = Event("metadata", new JsonObject { ["usage"] = Usage(answer), ["metrics"] = new JsonObject { ["latencyMs"] = 1 } });
        return new StreamEvents(opening, [.. answer.Pieces.Select(piece => Delta(answer, piece))], closing, metadata);
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Refuse(401, "UnrecognizedClientException", "The security token included in the request is invalid."),
        402 => Refuse(402, "PaymentRequiredException", "There is a problem with the payment of this account."),
        403 => Refuse(403, "AccessDeniedException", "You don't have access to the model with the specified model ID."),
        404 => Refuse(404, "ResourceNotFoundException", "Model not found."),
        408 => Refuse(408, "ModelTimeoutException", "The model took too long to answer."),
        424 => Refuse(424, "ModelErrorException", "The model failed while it answered."),
        429 => Refuse(429, "ThrottlingException", "Too many requests, please wait before trying again."),
        503 or 529 => Refuse(statusCode, "ServiceUnavailableException", "Bedrock is unable to process your request."),
        504 => Refuse(504, "GatewayTimeoutException", "The request timed out."),
        >= 500 => Refuse(statusCode, "InternalServerException", "The system encountered an unexpected error during processing. Try your request again."),
        _ => Refuse(statusCode, "ValidationException", "The request is not valid."),
    };

    public override Refusal Quota() => Refuse(429, "ServiceQuotaExceededException", "Your request exceeds the service quota for your account.");

    public override Refusal ContextWindow() => Invalid("Input is too long for requested model.");

    public override Refusal PromptFiltered() => Invalid("Output blocked by content filtering policy");

    public override byte[] StreamError() => FrameForm.Exception("serviceUnavailableException", JsonBytes.Of(new JsonObject { ["message"] = "Bedrock is unable to process your request." }));

    protected static Refusal Invalid(string message) => Refuse(400, "ValidationException", message);

    private static Refusal Refuse(int status, string type, string message) => new(status, new JsonObject { ["__type"] = type, ["message"] = message });

    private static byte[] Event(string type, JsonObject payload) => FrameForm.Event(type, JsonBytes.Of(payload));

    private JsonObject Block(Answer answer)
    {
        if (answer.Tool is null) return new JsonObject { ["text"] = answer.Text };
        JsonObject call = ToolUse(answer);
        call["input"] = JsonNode.Parse(answer.Text);
        return new JsonObject { ["toolUse"] = call };
    }

    private JsonObject ToolUse(Answer answer) => new() { ["toolUseId"] = NextId("tooluse_"), ["name"] = answer.Tool };

    private static byte[] Delta(Answer answer, string piece) => Event("contentBlockDelta", new JsonObject
    {
        ["contentBlockIndex"] = 0,
        ["delta"] = answer.Tool is null ? new JsonObject { ["text"] = piece } : new JsonObject { ["toolUse"] = new JsonObject { ["input"] = piece } },
    });

    private static JsonObject Usage(Answer answer) => new()
    {
        ["inputTokens"] = answer.InputTokens,
        ["outputTokens"] = answer.OutputTokens,
        ["totalTokens"] = answer.InputTokens + answer.OutputTokens,
        ["cacheReadInputTokens"] = 0,
        ["cacheWriteInputTokens"] = 0,
    };

    private static string StopReason(Answer answer) => answer.IsFiltered ? "content_filtered" : answer.Tool is null ? "end_turn" : "tool_use";
}
