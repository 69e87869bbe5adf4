using System.Text.Json;

namespace RouterGen.FakeProviders;

/// <summary>Another part of a provider's API than its chat, whose answers come whole. Keys, errors and headers are those of the chat dialect.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="time">Tells the time.</param>
internal abstract class SideDialect(WireDialect chat, TimeProvider time) : WireDialect(time)
{
    /// <summary>The chat dialect.</summary>
    protected WireDialect Chat { get; } = chat;

    public override string RequestIdHeader => Chat.RequestIdHeader;

    public override bool TakesSignatures => Chat.TakesSignatures;

    public override bool IsStreamed(string path, JsonElement body) => false;

    public override bool WantsUsage(JsonElement body) => false;

    public override StreamEvents Stream(Answer answer, bool withUsage) => throw new NotSupportedException("The answers are not streamed.");

    public override Refusal Error(int statusCode) => Chat.Error(statusCode);

    public override Refusal Quota() => Chat.Quota();

    public override Refusal ContextWindow() => Chat.ContextWindow();

    public override Refusal PromptFiltered() => Chat.PromptFiltered();

    public override byte[] StreamError() => Chat.StreamError();
}
