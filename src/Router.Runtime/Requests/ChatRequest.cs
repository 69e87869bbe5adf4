using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A request of a chat, before any dialect.</summary>
/// <param name="messages">The conversation, at least one message. Never changed.</param>
/// <param name="options">The caller's options. Never changed.</param>
/// <param name="isStreaming">Whether the answer is to be streamed.</param>
/// <param name="client">The client that was asked, for <see cref="ChatOptions.RawRepresentationFactory"/>.</param>
public partial class ChatRequest(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool isStreaming, IChatClient? client = null) : CallRequest(isStreaming)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Chat;

    /// <summary>Gets the conversation, at least one message.</summary>
    public virtual IReadOnlyList<ChatMessage> Messages => messages;

    /// <summary>Gets the caller's options.</summary>
    public virtual ChatOptions? Options => options;

    /// <summary>Gets the client that was asked; null where a codec is used without one.</summary>
    public IChatClient? Client { get; } = client;

    /// <summary>Gets whether the answer tells in its additional properties how it came about: clients around the group may write it as JSON.</summary>
    internal bool TellsRoute { get; init; }

    internal override int? OutputLimit => Options?.MaxOutputTokens;

    /// <inheritdoc/>
    public override ServiceTier? ServiceTier => AskedTier ?? ServiceTierNames.AskedIn(Options?.AdditionalProperties);

    /// <summary>Gets the service tier that the call's routing options ask for.</summary>
    internal ServiceTier? AskedTier { get; init; }

    internal override bool IsPartOfMany => Options?.Tools is { Count: > 0 };

    private protected override RequestShape Measure() => ChatShape.Of(Messages, Options, Answer?.SchemaText.Length ?? 0);

    internal override CallRequest Copy() => new ChatRequest([.. Messages], Options?.Clone(), isStreaming: false, Client) { AskedTier = AskedTier, Answer = Answer };

    /// <summary>
    /// Providers cache from the start of the prompt: tools, instructions, messages. The names of the tools stand for them, and
    /// the first part of the text for all of it.
    /// </summary>
    internal override ulong? HashOfPrefix(int characters)
    {
        ulong hash = 0;
        int left = characters;
        if (Options is { } options)
        {
            for (int i = 0; i < options.Tools?.Count; i++) hash = StableHash.Of(options.Tools[i].Name, hash);
            Append(options.Instructions, ref hash, ref left);
        }

        for (int i = 0; i < Messages.Count && left > 0; i++)
        {
            IList<AIContent> contents = Messages[i].Contents;
            for (int j = 0; j < contents.Count && left > 0; j++)
            {
                if (contents[j] is TextContent text) Append(text.Text, ref hash, ref left);
            }
        }

        return left > 0 ? null : hash;
    }

    private static void Append(string? text, ref ulong hash, ref int left)
    {
        if (string.IsNullOrEmpty(text)) return;
        int length = Math.Min(text.Length, left);
        hash = StableHash.Of(text.AsSpan(0, length), hash);
        left -= length;
    }
}
