using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// An attempt that, when it takes unusually long, gets a second one at another deployment beside it. The first to answer wins;
/// the other is cancelled at once. A failure of one leaves the call to the other.
/// </summary>
internal static class HedgedAttempt
{
    public static async ValueTask<AttemptResult<T>> RunAsync<TAttempt, T>(CallRoute route, AttemptContext context, TimeSpan delay)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        var first = new Contender<TAttempt, T>(context);
        if (await first.EndsWithinAsync(delay).ConfigureAwait(false) || !route.TryHedge(out AttemptScope? beside)) return await first.EndAsync().ConfigureAwait(false);

        route.Observe(beside);
        var second = new Contender<TAttempt, T>(context with { Attempt = beside });
        bool firstEnded = await Task.WhenAny(first.Task, second.Task).ConfigureAwait(false) == first.Task;
        (Contender<TAttempt, T> ended, Contender<TAttempt, T> other) = firstEnded ? (first, second) : (second, first);
        try
        {
            route.Adopt(ended.Attempt);
            if (ended.HasDecided)
            {
                if (context.Clock.Caller.IsCancellationRequested && !ended.HasAnswer) route.NoteCanceled(other.Attempt);
                else route.NoteSuperseded(other.Attempt);
                return await ended.EndAsync().ConfigureAwait(false);
            }

            AttemptResult<T> failed = await ended.EndAsync().ConfigureAwait(false);
            route.EndFailed(failed.Failure!, failed.Usage, failed.Value);
            route.Adopt(other.Attempt);
            return await other.EndAsync().ConfigureAwait(false);
        }
        finally
        {
            other.Supersede(); // unless the call became its own
        }
    }

    /// <summary>One of the two attempts, with limits of its own: that it is cancelled must not cancel the call.</summary>
    private sealed class Contender<TAttempt, T>
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        private readonly RouterContext _router;
        private readonly CallClock _clock;
        private bool _isTaken;

        public Contender(in AttemptContext context)
        {
            _router = context.Router;
            _clock = _router.StartCall(context.Clock.Remaining, context.Clock.Caller);
            Attempt = context.Attempt;
            Task = MockedAttempt.RunAsync<TAttempt, T>(context with { Clock = _clock }, async: true).AsTask();
        }

        public AttemptScope Attempt { get; }

        public Task<AttemptResult<T>> Task { get; }

        /// <summary>Gets whether it ended with what ends the call: an answer that holds something, or what the caller did.</summary>
        public bool HasDecided => !Task.IsCompletedSuccessfully || Task.Result.Failure is null || Task.Result is { Value: not null, Failure.Kind: not FailureKind.EmptyResponse };

        /// <summary>Gets whether it ended with an answer, or with a part of one.</summary>
        public bool HasAnswer => Task.IsCompletedSuccessfully && Task.Result.Value is not null;

        public async ValueTask<bool> EndsWithinAsync(TimeSpan delay)
        {
            try
            {
                await Task.WaitAsync(delay, _router.Clock.Provider).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!Task.IsCompleted)
            {
                return false;
            }
            catch (Exception)
            {
                // EndAsync throws it.
            }

            return true;
        }

        /// <summary>Its result, for the call to go on with.</summary>
        public async ValueTask<AttemptResult<T>> EndAsync()
        {
            _isTaken = true;
            try
            {
                return await Task.ConfigureAwait(false);
            }
            finally
            {
                _router.EndCall(_clock);
            }
        }

        /// <summary>Cancels it, unless its result was taken; its place at the deployment is free when it has ended.</summary>
        public void Supersede()
        {
            if (_isTaken) return;
            _clock.Supersede();
            _ = LeaveAsync();
        }

        private async Task LeaveAsync()
        {
            UsageDetails? usage = null;
            try
            {
                AttemptResult<T> result = await EndAsync().ConfigureAwait(false);
                using var stream = result.Value as IDisposable;
                usage = (result.Value as ICallAnswer)?.Usage ?? result.Usage;
            }
            catch (Exception)
            {
                // Whatever it was, it is not the call's any more.
            }

            Attempt.End(new AttemptReport { Abandoned = true, Unanswered = FailureKind.Superseded, Usage = usage, IsCut = true });
        }
    }
}
