using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>A call that takes what the provider's chat takes of keys, and a body of its own.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="time">Tells the time.</param>
internal abstract class PlainDialect(WireDialect chat, string validChat, TimeProvider time) : SideDialect(chat, time)
{
    protected const string OpenAIChat = """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""";
    protected const string Converse = """{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""";

    private readonly JsonElement _validChat = JsonDocument.Parse(validChat).RootElement;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (Chat.Check(headers, _validChat) is { } refusal) return refusal;
        return body is { ValueKind: JsonValueKind.Object } json && IsValid(json) ? null : Chat.Error(400);
    }

    /// <summary>Whether the provider takes the body.</summary>
    protected abstract bool IsValid(JsonElement body);

    protected static int? Number(JsonElement? body, string name) => body?.Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    protected static IEnumerable<string> Strings(JsonElement body, string name) => body.FindArray(name).Select(text => text.ValueKind is JsonValueKind.String ? text.GetString()! : "");
}
