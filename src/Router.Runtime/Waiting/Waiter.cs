using System.Runtime.ExceptionServices;

namespace RouterGen;

/// <summary>The order in which waiting calls are served: by priority (lower first), then as the calls were made.</summary>
/// <param name="Priority">The caller's.</param>
/// <param name="Started">When the call was made, in ticks of the router's clock.</param>
/// <param name="Ticket">Among calls of the same moment: in which order they began to wait.</param>
internal readonly record struct QueueRank(int Priority, long Started, long Ticket) : IComparable<QueueRank>
{
    public int CompareTo(QueueRank other)
    {
        int order = Priority.CompareTo(other.Priority);
        if (order == 0) order = Started.CompareTo(other.Started);
        return order != 0 ? order : Ticket.CompareTo(other.Ticket);
    }
}

/// <summary>What a queue asks a call that waits. Asked under the lock of the queues.</summary>
internal interface IWaitingCall
{
    /// <summary>Of the deployments that belong to those ahead of it, those that it must leave to them.</summary>
    DeploymentSet ClaimsToRespect(int place, DeploymentSet claimed);

    /// <summary>Picks and enters a deployment of the group, if one can take the call now.</summary>
    /// <param name="place">Which of the call's groups.</param>
    /// <param name="respected">Deployments that it must leave to those ahead of it.</param>
    /// <param name="now">The time.</param>
    /// <param name="returnsAt">Where there is none: when the first returns; see <see cref="DeploymentPicker.TryPick"/>.</param>
    bool TryEnter(int place, in DeploymentSet respected, long now, out long returnsAt);

    /// <summary>Whether the call is to look again by itself instead of waiting on: its policy has refused what returned.</summary>
    bool MustLookAgain { get; }

    /// <summary>The deployments of the group that the call waits for: those that may take it before its deadline.</summary>
    DeploymentSet Claims(int place, long now);

    /// <summary>When the first deployment returns in whichever of its groups; see <see cref="DeploymentPicker.TryPick"/>.</summary>
    long FirstReturn(long now);
}

/// <summary>A call that waits, asynchronously or on its thread, until it is let go.</summary>
/// <param name="call">The call.</param>
/// <param name="deadline">When it gives up, in ticks of the router's clock.</param>
/// <param name="notBefore">Until when it wants no deployment: the end of its backoff.</param>
/// <param name="async">Whether it waits asynchronously.</param>
internal sealed class Waiter(IWaitingCall call, long deadline, long notBefore, bool async)
{
    private const int Waiting = 0;
    private const int Released = 1;
    private const int Admitted = 2;

    private readonly TaskCompletionSource? _completion = async ? new() : null;
    private readonly ManualResetEventSlim? _event = async ? null : new();
    private Exception? _failure;
    private volatile int _state;

    public IWaitingCall Call { get; } = call;

    public long Deadline { get; } = deadline;

    public long NotBefore { get; } = notBefore;

    /// <summary>Where it stands; given when it joins.</summary>
    public QueueRank Rank { get; set; }

    public bool IsReleased => _state != Waiting;

    /// <summary>Whether a deployment was entered for it; otherwise it is to look for itself.</summary>
    public bool IsAdmitted => _state == Admitted;

    /// <summary>Releases it; <see cref="Resume"/> is to follow when the lock is released.</summary>
    public void Release(bool admitted, Exception? failure = null)
    {
        _failure = failure;
        _state = admitted ? Admitted : Released;
    }

    /// <summary>Lets the call itself go on.</summary>
    public void Resume(RouterClock clock)
    {
        if (_completion is null) _event!.Set();
        else clock.Post(static completion => completion.SetResult(), _completion);
    }

    /// <summary>Waits until it is let go.</summary>
    public async ValueTask WaitAsync()
    {
        if (!IsReleased)
        {
            if (_completion is null) _event!.Wait();
            else await _completion.Task.ConfigureAwait(false);
        }

        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }
}
