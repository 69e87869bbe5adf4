using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's completions, which servers of open models have too; with Azure's chat dialect before it, Azure's.</summary>
internal sealed class OpenAICompletionDialect(OpenAIDialect chat, TimeProvider time) : CompletionDialect(chat, time)
{
    public override string PathSuffix => "/completions";

    public override bool Serves(ReadOnlySpan<char> path) =>
        base.Serves(path) && path.Length > PathSuffix.Length // not /chat/completions without a provider
        && !path.EndsWith("/chat/completions", StringComparison.Ordinal) && !path.EndsWith("/fim/completions", StringComparison.Ordinal)
        && (chat is not AzureDialect || path.StartsWith("/openai/", StringComparison.Ordinal)); // Azure's address has the API behind the resource.

    public override JsonObject Completion(Answer answer) => Chunk(NextId("cmpl-"), UnixTime, answer, answer.Text, answer.Pieces, Finish(answer), Usage(answer));

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string id = NextId("cmpl-");
        long created = UnixTime;
        byte[] usage = SseBytes.Event(new JsonObject { ["id"] = id, ["object"] = "text_completion", ["created"] = created, ["model"] = answer.Model, ["choices"] = new JsonArray(), ["usage"] = Usage(answer) });
        byte[] finish = SseBytes.Event(Chunk(id, created, answer, "", [], Finish(answer), usage: null));
        return new StreamEvents(
            [], [.. answer.Pieces.Select(piece => SseBytes.Event(Chunk(id, created, answer, piece, [piece], finish: null, usage: null)))], withUsage ? [finish, usage] : [finish], "data: [DONE]\n\n"u8.ToArray());
    }

    protected override int? AlternativesOf(JsonElement body) => body.Find("logprobs") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    protected override bool IsValid(JsonElement body) => body.FindString("model") is not null && AlternativesOf(body) is null or (>= 0 and <= 5);

    private static JsonObject Chunk(string id, long created, Answer answer, string text, string[] tokens, string? finish, JsonObject? usage)
    {
        var chunk = new JsonObject
        {
            ["id"] = id,
            ["object"] = "text_completion",
            ["created"] = created,
            ["model"] = answer.Model,
            ["choices"] = new JsonArray(new JsonObject { ["text"] = text, ["index"] = 0, ["logprobs"] = ProbabilitiesOf(answer, tokens), ["finish_reason"] = finish }),
        };
        if (usage is not null) chunk["usage"] = usage;
        return chunk;
    }

    private static JsonObject? ProbabilitiesOf(Answer answer, string[] tokens) => answer.Call?.Alternatives is not { } alternatives ? null : new()
    {
        ["tokens"] = new JsonArray([.. tokens.Select(token => JsonValue.Create(token))]),
        ["token_logprobs"] = new JsonArray([.. tokens.Select(_ => JsonValue.Create(-0.25))]),
        ["top_logprobs"] = alternatives == 0 ? null : new JsonArray([.. tokens.Select(token => new JsonObject { [token] = -0.25, [" other"] = -2.5 })]),
        ["text_offset"] = new JsonArray([.. tokens.Select((_, i) => JsonValue.Create(i))]),
    };
}
