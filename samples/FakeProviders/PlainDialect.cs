using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>A call whose answer comes in one piece. Keys, errors and headers are those of the provider's chat dialect.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="time">Tells the time.</param>
internal abstract class PlainDialect(WireDialect chat, string validChat, TimeProvider time) : WireDialect(time)
{
    protected const string OpenAIChat = """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""";
    protected const string Converse = """{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""";

    private readonly JsonElement _validChat = JsonDocument.Parse(validChat).RootElement;

    public override string RequestIdHeader => chat.RequestIdHeader;

    public override bool TakesSignatures => chat.TakesSignatures;

    public override bool IsStreamed(string path, JsonElement body) => false;

    public override bool WantsUsage(JsonElement body) => false;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (chat.Check(headers, _validChat) is { } refusal) return refusal;
        return body is { ValueKind: JsonValueKind.Object } json && IsValid(json) ? null : chat.Error(400);
    }

    public override StreamEvents Stream(Answer answer, bool withUsage) => throw new NotSupportedException("The answer is not streamed.");

    public override Refusal Error(int statusCode) => chat.Error(statusCode);

    public override Refusal Quota() => chat.Quota();

    public override Refusal ContextWindow() => chat.ContextWindow();

    public override Refusal PromptFiltered() => chat.PromptFiltered();

    public override byte[] StreamError() => chat.StreamError();

    /// <summary>Whether the provider takes the body.</summary>
    protected abstract bool IsValid(JsonElement body);

    protected static int? Number(JsonElement? body, string name) => body?.Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    protected static IEnumerable<string> Strings(JsonElement body, string name) => body.FindArray(name).Select(text => text.ValueKind is JsonValueKind.String ? text.GetString()! : "");
}
