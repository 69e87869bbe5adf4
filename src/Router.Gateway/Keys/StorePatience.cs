namespace RouterGen.Gateway.Keys;

/// <summary>How long requests wait for a store that is asked beside them: a moment, and not at all while it failed or was slow the last time. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class StorePatience(TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250); // for a store that works

    private volatile bool _isSlow;

    /// <summary>Notes that the store has answered, or that it has failed.</summary>
    public void Note(bool hasAnswered) => _isSlow = !hasAnswered;

    /// <summary>Waits a moment; false where the store has not answered by then.</summary>
    /// <param name="loading">What it is asked for.</param>
    public async ValueTask<bool> EndsSoonAsync(Task loading)
    {
        if (loading.IsCompleted) return true;
        if (!_isSlow)
        {
            using var over = new CancellationTokenSource();
            await Task.WhenAny(loading, Task.Delay(Grace, time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            _isSlow = !loading.IsCompleted;
        }

        return loading.IsCompleted;
    }
}
