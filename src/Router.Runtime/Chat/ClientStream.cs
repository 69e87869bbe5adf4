using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The stream of a deployment's client. It is complete where it ends: an SDK throws when its connection breaks, and many clients state no reason to
/// stop.
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="options">The options for the client.</param>
internal sealed class ClientStream(AttemptContext context, ChatOptions options) : EnumeratedStream<ChatResponseUpdate>(context)
{
    /// <summary>The failure of an answer that its provider's filter withheld.</summary>
    public static readonly AttemptFailure Filtered = new(FailureKind.ContentFiltered, "The provider's content filter withheld the answer.");

    private UsageDetails? _counted;
    private ChatResponseUpdate? _last;
    private bool _hasContent;

    /// <summary>Gets the sum of what the client has counted: some SDKs count the prompt first, and the answer later.</summary>
    public override UsageDetails? Usage => _counted;

    private protected override IAsyncEnumerator<ChatResponseUpdate> Open(CancellationToken cancellationToken) => ClientCall.Open(Context, options, cancellationToken);

    private protected override StreamSignal Take(ChatResponseUpdate update)
    {
        _last = Update = Own(update ?? new ChatResponseUpdate());
        Note<ChatStreams>(Update);
        _hasContent |= AnswerContent.HasContent(Update);
        if (_hasContent || Update.FinishReason != ChatFinishReason.ContentFilter) return StreamSignal.Update;
        Failure = Filtered;
        return StreamSignal.Failed;
    }

    /// <summary>Usage comes at the end, when all of it and its cost are known.</summary>
    private protected override StreamSignal End()
    {
        if (_counted is not null)
        {
            Update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(_counted)]) { ResponseId = _last!.ResponseId, MessageId = _last.MessageId, ModelId = _last.ModelId };
        }

        return StreamSignal.Completed;
    }

    private protected override AttemptFailure? FailureOf(Exception exception) => ClientCall.FailureOf(Context, exception);

    /// <summary>Returns an update that is the call's own where something is to be changed in it: clients may give the same one to many calls.</summary>
    private ChatResponseUpdate Own(ChatResponseUpdate update)
    {
        bool countsUsage = update.Contents.Any(static content => content is UsageContent);
        if (update.ConversationId is null && !countsUsage) return update;
        ChatResponseUpdate own = update.Clone();
        own.ConversationId = null; // The next call may go to another deployment.
        if (!countsUsage) return own;
        own.Contents = [.. update.Contents.Where(static content => content is not UsageContent)];
        foreach (UsageContent usage in update.Contents.OfType<UsageContent>()) (_counted ??= new()).Add(usage.Details);
        return own;
    }
}
