using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The stream of a deployment's client. It is complete where it ends: an SDK throws when its connection breaks, and many clients state no reason to
/// stop. Disposing it cancels the token that the client got.
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="options">The options for the client.</param>
internal sealed class ClientStream(AttemptContext context, ChatOptions options) : ProviderStream<ChatResponseUpdate>
{
    /// <summary>The failure of an answer that its provider's filter withheld.</summary>
    public static readonly AttemptFailure Filtered = new(FailureKind.ContentFiltered, "The provider's content filter withheld the answer.");

    private readonly CancellationTokenSource _cancellation = new();
    private UsageDetails? _counted;
    private ChatResponseUpdate? _last;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;
    private Task<bool>? _next;
    private int _brought;
    private bool _hasContent;
    private bool _isLeft;

    /// <summary>Gets the sum of what the client has counted: some SDKs count the prompt first, and the answer later.</summary>
    public override UsageDetails? Usage => _counted;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true)
    {
        // The first update may say no more than that there is an answer to come; those after it are the beginning of something.
        if (_brought > 1 && idle is { } limit) clock.Arm(limit, CancelCause.StreamIdleTimeout);
        if (_next is null && TryRead()) return Signal;
        try
        {
            bool hasNext = await _next!.WaitAsync(clock.Token).ConfigureAwait(false);
            _next = null;
            return Signal = Take(hasNext);
        }
        catch (Exception exception) when (!clock.IsCancelledByCaller)
        {
            return Fail(exception);
        }
    }

    /// <inheritdoc/>
    public override bool TryRead()
    {
        if (_next is { IsCompleted: false }) return false;
        try
        {
            _updates ??= ClientCall.Open(context, options, _cancellation.Token);
            Task<bool>? before = _next;
            _next = null;
            ValueTask<bool> next = before is null ? _updates.MoveNextAsync() : new(before);
            if (!next.IsCompleted)
            {
                _next = next.AsTask();
                return false;
            }

            Signal = Take(next.GetAwaiter().GetResult());
        }
        catch (Exception exception) when (!context.Clock.IsCancelledByCaller)
        {
            Fail(exception);
        }

        return true;
    }

    public override void Dispose()
    {
        if (_isLeft) return;
        _isLeft = true;
        if (Signal is not StreamSignal.Completed) ClientCall.Cancel(_cancellation);
        ClientCall.Forget(LeaveAsync());
    }

    private StreamSignal Take(bool hasNext)
    {
        Update = null;
        if (!hasNext) return End();
        _last = Update = Own(_updates!.Current ?? new ChatResponseUpdate());
        Note<ChatStreams>(Update);
        _brought++;
        _hasContent |= AnswerContent.HasContent(Update);
        if (_hasContent || Update.FinishReason != ChatFinishReason.ContentFilter) return StreamSignal.Update;
        Failure = Filtered;
        return StreamSignal.Failed;
    }

    /// <summary>Usage comes at the end, when all of it and its cost are known.</summary>
    private StreamSignal End()
    {
        if (_counted is not null)
        {
            Update = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(_counted)]) { ResponseId = _last!.ResponseId, MessageId = _last.MessageId, ModelId = _last.ModelId };
        }

        return StreamSignal.Completed;
    }

    private StreamSignal Fail(Exception exception)
    {
        Update = null;
        Failure = ClientCall.FailureOf(context, exception);
        return Signal = StreamSignal.Failed;
    }

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

    /// <summary>Ends the enumeration, once nothing is under way in it.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            if (_next is { } next) await next.ConfigureAwait(false);
        }
        finally
        {
            if (_updates is { } updates) await updates.DisposeAsync().ConfigureAwait(false);
        }
    }
}
