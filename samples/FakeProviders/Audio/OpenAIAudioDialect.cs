using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>What OpenAI's transcriptions and speech have in common. Keys, addresses and errors are those of the chat dialect, which may be Azure's.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="time">Tells the time.</param>
internal abstract class OpenAIAudioDialect(OpenAIDialect chat, TimeProvider time) : WireDialect(time)
{
    private static readonly JsonElement ValidChat = JsonDocument.Parse("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""").RootElement;

    public override string RequestIdHeader => chat.RequestIdHeader;

    // Azure's address has the API behind the resource.
    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && (chat is not AzureDialect || path.StartsWith("/openai/", StringComparison.Ordinal));

    public override Refusal? CheckAddress(HttpRequest request, JsonElement? body) => chat.CheckAddress(request, body);

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body) =>
        chat.Check(headers, ValidChat) ?? (body is { ValueKind: JsonValueKind.Object } json && json.FindString("model") is not null ? CheckBody(json) : chat.Error(400));

    public override bool WantsUsage(JsonElement body) => true;

    public override Refusal Error(int statusCode) => chat.Error(statusCode);

    public override Refusal Quota() => chat.Quota();

    public override Refusal ContextWindow() => chat.ContextWindow();

    public override Refusal PromptFiltered() => chat.PromptFiltered();

    public override byte[] StreamError() => chat.StreamError();

    /// <summary>What the provider says against the rest of the request; null if nothing.</summary>
    protected abstract Refusal? CheckBody(JsonElement body);

    protected static JsonObject Tokens(int input, int output) => new() { ["type"] = "tokens", ["input_tokens"] = input, ["output_tokens"] = output, ["total_tokens"] = input + output };
}
