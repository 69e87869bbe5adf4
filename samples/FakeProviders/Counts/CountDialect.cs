using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>A provider's counter of tokens. It takes a chat's request without what has no tokens, and counts as the chat dialect does.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="form">How the counter is asked.</param>
/// <param name="time">Tells the time.</param>
internal sealed class CountDialect(WireDialect chat, CountForm form, TimeProvider time) : SideDialect(chat, time)
{
    public override string PathSuffix => form.Suffix;

    /// <summary>All counters.</summary>
    public static IEnumerable<WireDialect> All(TimeProvider time) =>
    [
        new CountDialect(new AnthropicDialect(time), CountForm.Anthropic, time),
        new CountDialect(new VertexClaudeDialect(time), CountForm.VertexClaude, time),
        new CountDialect(new OpenAIResponsesDialect(time), CountForm.Responses, time),
        new CountDialect(new GeminiDialect(time), CountForm.VertexGemini, time),
        new CountDialect(new GeminiDialect(time), CountForm.Gemini, time),
        new CountDialect(new InvokeDialect(time), CountForm.Invoke, time),
        new CountDialect(new ConverseDialect(time), CountForm.Converse, time),
    ];

    public override bool Serves(ReadOnlySpan<char> path) => path.EndsWith(form.Suffix, StringComparison.Ordinal) && path.Contains(form.Part, StringComparison.Ordinal);

    public override string? ModelOf(string path, JsonElement body) => form.ModelOf(path) ?? body.FindString("model");

    public override bool Takes(JsonElement body) => form.Marker is null || body.Find("input")?.Find(form.Marker) is not null;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } json || form.Unwrap(json) is not { } call) return Chat.Check(headers, null) ?? Chat.Error(400);
        return Chat.Check(headers, call);
    }

    public override ChatCall Read(JsonElement body) => Chat.Read(form.Unwrap(body)!.Value) with { Model = body.FindString("model") ?? "" };

    public override JsonObject Completion(Answer answer) => form.Answer(answer.InputTokens);
}
