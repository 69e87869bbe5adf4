using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Amazon Bedrock's InvokeModel for Claude: Anthropic's bodies, the model and whether to stream in the path, each event in a frame.</summary>
internal sealed class InvokeDialect(TimeProvider time) : ConverseDialect(time)
{
    private readonly AnthropicDialect _anthropic = new(time);

    public override string PathSuffix => "/invoke";

    protected override string StreamSuffix => "/invoke-with-response-stream";

    protected override Refusal? CheckBody(JsonElement json)
    {
        if (json.Find("model") is not null || json.Find("stream") is not null) return Invalid("model: Extra inputs are not permitted");
        if (json.FindString("anthropic_version") != "bedrock-2023-05-31") return Invalid("anthropic_version: Field required");
        if (json.Find("max_tokens") is not { ValueKind: JsonValueKind.Number }) return Invalid("max_tokens: Field required");
        return json.FindArray("messages").Any() ? null : Invalid("messages: at least one message is required");
    }

    public override ChatCall Read(JsonElement body) => _anthropic.Read(body);

    public override JsonObject Completion(Answer answer) => _anthropic.Completion(answer);

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        StreamEvents events = _anthropic.Stream(answer, withUsage);
        return new StreamEvents([.. events.Opening.Select(Chunk)], [.. events.Deltas.Select(Chunk)], [.. events.Closing.Select(Chunk)], Chunk(events.Terminator));
    }

    /// <summary>The data of an event in a frame.</summary>
    private static byte[] Chunk(byte[] sse)
    {
        int start = sse.AsSpan().IndexOf("data: "u8) + "data: ".Length;
        return FrameForm.Event("chunk", JsonBytes.Of(new JsonObject { ["bytes"] = Convert.ToBase64String(sse.AsSpan(start).TrimEnd("\n"u8)), ["p"] = "abcdefgh" }));
    }
}
