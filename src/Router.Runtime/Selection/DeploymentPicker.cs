using System.Buffers;
using System.Numerics;

namespace RouterGen;

/// <summary>Finds the deployments of a group that can take a call now, and lets a policy choose among them.</summary>
internal sealed class DeploymentPicker(Deployment[] deployments)
{
    private readonly DeploymentTable _table = deployments[0].Table;
    private readonly AdmissionCache _admissions = new(deployments[0].Table);

    // A larger buffer would cost more to clear than most groups need; the pool lends one without allocating.
    private const int OnStack = 16;

    /// <summary>Picks and enters a deployment.</summary>
    /// <param name="policy">What chooses.</param>
    /// <param name="call">What the call demands.</param>
    /// <param name="filter">The deployments that it may still try.</param>
    /// <param name="now">The time.</param>
    /// <param name="picked">The deployment, entered.</param>
    /// <param name="lease">What <see cref="Deployment.Leave"/> wants back.</param>
    /// <param name="returnsAt">
    /// Where none was picked: when the first returns (<see cref="CircuitBreaker.OnSignal"/> where only a signal can tell,
    /// <see cref="long.MaxValue"/> where none will).
    /// </param>
    public bool TryPick(SelectionPolicy policy, in CallProfile call, in PickFilter filter, long now, out Deployment picked, out Lease lease, out long returnsAt)
    {
        Refusals refusals = default;
        return TryPickOrRefuse(policy, call, filter, now, out picked, out lease, out returnsAt, ref refusals);
    }

    /// <summary>Does what <see cref="TryPick"/> does, and tells what the policy refused.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="call">What the call demands.</param>
    /// <param name="filter">The deployments that the call may still try.</param>
    /// <param name="now">The time.</param>
    /// <param name="picked">The deployment, entered.</param>
    /// <param name="lease">What <see cref="Deployment.Leave"/> wants back.</param>
    /// <param name="returnsAt">Where none was picked: when the first returns that was not refused.</param>
    /// <param name="refusals">Gets what the policy refused.</param>
    public bool TryPickOrRefuse(
        SelectionPolicy policy, in CallProfile call, in PickFilter filter, long now, out Deployment picked, out Lease lease, out long returnsAt, ref Refusals refusals)
    {
        int[]? rented = deployments.Length <= OnStack ? null : ArrayPool<int>.Shared.Rent(deployments.Length);
        bool isPicked = TryPickOf(policy, call, filter, now, rented is null ? stackalloc int[OnStack] : rented, out picked, out lease, out returnsAt, ref refusals);
        if (rented is not null) ArrayPool<int>.Shared.Return(rented); // not where something is thrown: the collector takes it then
        return isPicked;
    }

    private bool TryPickOf(
        SelectionPolicy policy, in CallProfile call, PickFilter filter, long now, Span<int> eligible, out Deployment picked, out Lease lease, out long returnsAt, ref Refusals refusals)
    {
        while (true)
        {
            int count = FindEligible(call, filter, now, eligible, out returnsAt);
            if (count == 0) break;
            int chosen = Choose(policy, new SelectionContext(deployments, eligible[..count], call, now), filter.Sticky);
            if (chosen < 0)
            {
                // Those of the next order may be taken.
                refusals.Add(eligible[..count], chosen);
                DeploymentSet excluded = filter.Excluded;
                excluded.Add(refusals.Deployments);
                filter = filter with { Excluded = excluded };
                continue;
            }

            picked = deployments[eligible[chosen]];
            if (picked.TryEnter(now, call, out lease)) return true;

            // Another call took the last place since we looked: look again, it is not eligible any more.
        }

        picked = null!;
        lease = default;
        return false;
    }

    /// <summary>Whether another deployment could take the call now.</summary>
    public bool HasEligible(in CallProfile call, in PickFilter filter, long now)
    {
        for (int first = 0; first < deployments.Length; first += RevisionWords.Block)
        {
            ulong fitting = FittingOfBlock(first, filter);
            ulong able = fitting & Known(first, call);
            if (able != 0) return true;
            for (; fitting != 0; fitting &= fitting - 1)
            {
                if (Ask(first + BitOperations.TrailingZeroCount(fitting), call, now) <= now) return true;
            }
        }

        return false;
    }

    /// <summary>When the first deployment that fits the call can take it; see <see cref="TryPick"/>.</summary>
    public long FirstReturn(in CallProfile call, in PickFilter filter, long now)
    {
        long first = long.MaxValue;
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment.Index, filter)) first = Math.Min(first, deployment.ReturnsAt(now, call));
        }

        return first;
    }

    /// <summary>The same of those that return as soon as the call waits for them; see <see cref="Deployment.ReturnsInTime"/>.</summary>
    public long FirstInTime(in CallProfile call, in PickFilter filter, long now)
    {
        long first = long.MaxValue;
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment.Index, filter)) first = Math.Min(first, deployment.ReturnsInTime(now, call));
        }

        return first;
    }

    /// <summary>The deployments that fit the call, whether they can take it now or not.</summary>
    public DeploymentSet Fitting(in CallProfile call, in PickFilter filter)
    {
        DeploymentSet fitting = default;
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment.Index, filter)) fitting.Add(deployment.Index);
        }

        return fitting;
    }

    /// <summary>Those of them that can take the call by a certain time, or whose return will be signalled.</summary>
    public DeploymentSet ReturningBy(long deadline, in CallProfile call, in PickFilter filter, long now)
    {
        DeploymentSet returning = default;
        foreach (Deployment deployment in deployments)
        {
            if (!Fits(deployment.Index, filter)) continue;
            long at = deployment.ReturnsInTime(now, call);
            if (at <= deadline || at == CircuitBreaker.OnSignal) returning.Add(deployment.Index);
        }

        return returning;
    }

    /// <summary>Lists those that can take the call now and are of the lowest order among them.</summary>
    private int FindEligible(in CallProfile call, in PickFilter filter, long now, Span<int> eligible, out long returnsAt)
    {
        returnsAt = long.MaxValue;
        int count = 0;
        for (int first = 0; first < deployments.Length; first += RevisionWords.Block)
        {
            ulong fitting = FittingOfBlock(first, filter);
            ulong able = fitting & Known(first, call);
            for (ulong unknown = fitting ^ able; unknown != 0; unknown &= unknown - 1)
            {
                int index = first + BitOperations.TrailingZeroCount(unknown);
                long at = Ask(index, call, now);
                returnsAt = Math.Min(returnsAt, at);
                if (at <= now) able |= 1UL << index; // shifts count modulo 64
            }

            if (able == ulong.MaxValue)
            {
                _table.Everyone.Slice(first, RevisionWords.Block).CopyTo(eligible[count..]);
                count += RevisionWords.Block;
                continue;
            }

            for (; able != 0; able &= able - 1) eligible[count++] = first + BitOperations.TrailingZeroCount(able);
        }

        return _table.HasOrders ? KeepLowestOrder(eligible[..count]) : count;
    }

    private int KeepLowestOrder(Span<int> eligible)
    {
        int lowest = int.MaxValue;
        foreach (int index in eligible) lowest = Math.Min(lowest, _table.Order(index));
        int count = 0;
        foreach (int index in eligible)
        {
            if (_table.Order(index) == lowest) eligible[count++] = index;
        }

        return count;
    }

    /// <summary>
    /// Which of a block of deployments are known to take the call. None is where the group's budget is used up: that happens
    /// to all deployments at once, and moves no revision.
    /// </summary>
    private ulong Known(int first, in CallProfile call) => deployments[0].IsGroupSpent ? 0 : _admissions.Holding(first, call.Tokens);

    /// <summary>When a deployment can take the call; remembered where that is now, and nothing is special about the call.</summary>
    private long Ask(int index, in CallProfile call, long now)
    {
        uint revision = _table.RevisionOf(index);
        Deployment deployment = deployments[index];
        long at = deployment.ReturnsAt(now, call);
        if (at <= now && deployment.IsOpenToAll) _admissions.Keep(index, revision, deployment.RoomFor(call.Tokens, now));
        return at;
    }

    /// <summary>A call that belongs to others goes where they went, if it can; the policy is asked for all else, and one of the user's own for all.</summary>
    private static int Choose(SelectionPolicy policy, in SelectionContext context, StickyKey key)
    {
        if (key.IsNone) return policy.Pick(context);
        int kept = StickyChoice.Pick(context, key, policy.KeepsShares);
        if (kept == StickyChoice.None) return policy.Pick(context);
        return policy.DecidesAlone ? policy.Pick(context with { PinnedIndex = kept }) : kept;
    }

    /// <summary>A limit that is not known may be high enough: a model that is not listed is asked.</summary>
    private bool Fits(int index, in PickFilter filter) =>
        !filter.Excluded.Contains(index)
        && (filter.LongerThan == 0 || deployments[index].ModelLimits.LongestPrompt is not { } longest || longest > filter.LongerThan);

    /// <summary>Which of 64 deployments fit; bit i is the deployment <paramref name="first"/> + i.</summary>
    private ulong FittingOfBlock(int first, in PickFilter filter)
    {
        ulong fitting = RevisionWords.All(first, deployments.Length) & ~filter.Excluded.Word(first / RevisionWords.Block);
        if (filter.LongerThan == 0) return fitting;
        for (ulong left = fitting; left != 0; left &= left - 1)
        {
            int index = first + BitOperations.TrailingZeroCount(left);
            if (!Fits(index, filter)) fitting &= ~(1UL << index);
        }

        return fitting;
    }
}
