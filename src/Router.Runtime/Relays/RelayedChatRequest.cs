using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The request of a gateway's client, which is read no sooner than a deployment needs it.</summary>
/// <param name="source">The request as the client wrote it.</param>
/// <param name="isStreaming">Whether the answer is to be streamed.</param>
/// <param name="client">The group that was asked.</param>
internal sealed class RelayedChatRequest(RelayedRequest source, bool isStreaming, IChatClient? client) : ChatRequest([], null, isStreaming, client), IPassedRequest
{
    /// <summary>Gets the request as the client wrote it.</summary>
    public RelayedRequest Source => source;

    /// <inheritdoc/>
    public override IReadOnlyList<ChatMessage> Messages => source.Messages;

    /// <inheritdoc/>
    public override ChatOptions? Options => source.Options;

    /// <inheritdoc/>
    public override ServiceTier? ServiceTier => AskedTier;

    internal override int? OutputLimit => source.OutputTokens > 0 ? source.OutputTokens : null;

    internal override bool IsPartOfMany => false;

    public bool PassesTo(ChatCodec codec) => codec.Passes == source.Dialect.Dialect && !source.HoldsState;

    public AttemptFailure? WriteBy(ChatCodec codec, RequestWriter body)
    {
        if (!PassesTo(codec))
        {
            if (source.WhyUnreadable is { } failure) return failure;
            foreach (string note in source.LeftOut) body.Note(note);
            return codec.WriteRequest(this, body);
        }

        foreach (KeyValuePair<string, string> header in source.Headers) body.AddHeader(header.Key, header.Value);
        return codec.PassRequest(source.Members, IsStreaming, body);
    }

    private protected override RequestShape Measure() => new(source.InputTokens, source.OutputTokens, source.Needs);

    internal override CallRequest Copy() => new RelayedChatRequest(source, isStreaming: false, Client) { AskedTier = AskedTier };
}
