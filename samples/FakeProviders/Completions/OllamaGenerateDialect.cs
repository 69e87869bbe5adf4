using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Ollama's <c>/api/generate</c>, which streams lines of JSON unless it is told not to.</summary>
internal sealed class OllamaGenerateDialect(OllamaDialect chat, TimeProvider time) : CompletionDialect(chat, time)
{
    private readonly TimeProvider _time = time;

    public override string PathSuffix => "/api/generate";

    public override bool IsStreamed(string path, JsonElement body) => body.Find("stream") is not { ValueKind: JsonValueKind.False };

    public override JsonObject Completion(Answer answer) => Finished(answer, answer.Text, answer.Pieces);

    public override StreamEvents Stream(Answer answer, bool withUsage) =>
        new([], [.. answer.Pieces.Select(piece => LineOf(Started(answer, piece, [piece])))], [], LineOf(Finished(answer, "", [])));

    protected override int? AlternativesOf(JsonElement body) => !body.IsTrue("logprobs") ? null : body.Find("top_logprobs") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;

    private static byte[] LineOf(JsonObject json) => [.. JsonBytes.Of(json), (byte)'\n'];

    private JsonObject Started(Answer answer, string text, string[] tokens)
    {
        var line = new JsonObject
        {
            ["model"] = answer.Model,
            ["created_at"] = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["response"] = text,
            ["done"] = false,
        };
        if (answer.Call?.Alternatives is { } alternatives) line["logprobs"] = new JsonArray([.. tokens.Select(token => TokenOf(token, alternatives))]);
        return line;
    }

    private static JsonObject TokenOf(string token, int alternatives)
    {
        var read = new JsonObject { ["token"] = token, ["logprob"] = -0.25 };
        if (alternatives > 0) read["top_logprobs"] = new JsonArray(new JsonObject { ["token"] = token, ["logprob"] = -0.25 }, new JsonObject { ["token"] = " other", ["logprob"] = -2.5 });
        return read;
    }

    private JsonObject Finished(Answer answer, string text, string[] tokens)
    {
        JsonObject line = Started(answer, text, tokens);
        line["done"] = true;
        line["done_reason"] = "stop";
        line["total_duration"] = 5_000_000;
        line["prompt_eval_count"] = answer.InputTokens;
        line["eval_count"] = answer.OutputTokens;
        return line;
    }
}
