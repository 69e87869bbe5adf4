using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>How a server goes on with a text. Keys, errors and headers are those of its chat dialect.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="time">Tells the time.</param>
internal abstract class CompletionDialect(WireDialect chat, TimeProvider time) : WireDialect(time)
{
    private static readonly JsonElement ValidChat = JsonDocument.Parse("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""").RootElement;

    public override string RequestIdHeader => chat.RequestIdHeader;

    public override StreamForm Form => chat.Form;

    public override bool WantsUsage(JsonElement body) => chat.WantsUsage(body);

    public override Refusal? CheckAddress(HttpRequest request, JsonElement? body) => chat.CheckAddress(request, body);

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body) =>
        chat.Check(headers, ValidChat) ?? (body is { ValueKind: JsonValueKind.Object } json && json.FindString("prompt") is not null && IsValid(json) ? null : chat.Error(400));

    public override ChatCall Read(JsonElement body)
    {
        string prompt = body.FindString("prompt")!;
        int length = prompt.Length + (body.FindString("suffix")?.Length ?? 0);
        return new ChatCall(body.FindString("model") ?? "", prompt, false, length, [], null) { Alternatives = AlternativesOf(body) };
    }

    public override Refusal Error(int statusCode) => chat.Error(statusCode);

    public override Refusal Quota() => chat.Quota();

    public override Refusal ContextWindow() => chat.ContextWindow();

    public override Refusal PromptFiltered() => chat.PromptFiltered();

    public override byte[] StreamError() => chat.StreamError();

    /// <summary>How many alternatives of each token are asked for; null for no probabilities.</summary>
    protected virtual int? AlternativesOf(JsonElement body) => null;

    /// <summary>Whether the server takes the rest of the body.</summary>
    protected virtual bool IsValid(JsonElement body) => true;

    protected static string Finish(Answer answer) => answer.IsFiltered ? "content_filter" : "stop";

    protected static JsonObject Usage(Answer answer) => new()
    {
        ["prompt_tokens"] = answer.InputTokens,
        ["completion_tokens"] = answer.OutputTokens,
        ["total_tokens"] = answer.InputTokens + answer.OutputTokens,
    };
}
