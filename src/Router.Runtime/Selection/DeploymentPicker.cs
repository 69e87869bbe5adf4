using System.Buffers;

namespace RouterGen;

/// <summary>Finds the deployments of a group that can take a call now, and lets a policy choose among them.</summary>
internal sealed class DeploymentPicker(Deployment[] deployments)
{
    // A larger buffer would cost more to clear than most groups need; the pool lends one without allocating.
    private const int OnStack = 16;

    /// <summary>Picks and enters a deployment.</summary>
    /// <param name="policy">Who chooses.</param>
    /// <param name="call">What the call demands.</param>
    /// <param name="choice">Whom it can still turn to.</param>
    /// <param name="now">The time.</param>
    /// <param name="picked">The deployment, entered.</param>
    /// <param name="lease">What <see cref="Deployment.Leave"/> wants back.</param>
    /// <param name="returnsAt">
    /// Where none was picked: when the first returns (<see cref="CircuitBreaker.OnSignal"/> where only a signal can tell,
    /// <see cref="long.MaxValue"/> where none will).
    /// </param>
    public bool TryPick(SelectionPolicy policy, in CallProfile call, in Choice choice, long now, out Deployment picked, out Lease lease, out long returnsAt)
    {
        int[]? rented = deployments.Length <= OnStack ? null : ArrayPool<int>.Shared.Rent(deployments.Length);
        Span<int> eligible = rented is null ? stackalloc int[OnStack] : rented;
        try
        {
            while (true)
            {
                int count = FindEligible(call, choice, now, eligible, out returnsAt);
                if (count == 0) break;
                picked = deployments[eligible[policy.Pick(new SelectionContext(deployments, eligible[..count], call, now))]];
                if (picked.TryEnter(now, call, out lease)) return true;

                // Somebody else took the last place since we looked: look again, it is not eligible any more.
            }
        }
        finally
        {
            if (rented is not null) ArrayPool<int>.Shared.Return(rented);
        }

        picked = null!;
        lease = default;
        return false;
    }

    /// <summary>Whether another deployment could take the call now.</summary>
    public bool HasEligible(in CallProfile call, in Choice choice, long now)
    {
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment, choice) && deployment.ReturnsAt(now, call.Tokens) <= now) return true;
        }

        return false;
    }

    /// <summary>When the first deployment that fits the call can take it; see <see cref="TryPick"/>.</summary>
    public long FirstReturn(in CallProfile call, in Choice choice, long now)
    {
        long first = long.MaxValue;
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment, choice)) first = Math.Min(first, deployment.ReturnsAt(now, call.Tokens));
        }

        return first;
    }

    /// <summary>The deployments that fit the call, whether they can take it now or not.</summary>
    public DeploymentSet Fitting(in CallProfile call, in Choice choice)
    {
        DeploymentSet fitting = default;
        foreach (Deployment deployment in deployments)
        {
            if (Fits(deployment, choice)) fitting.Add(deployment.Index);
        }

        return fitting;
    }

    /// <summary>Those of them that can take the call by a certain time, or whose return will be signalled.</summary>
    public DeploymentSet ReturningBy(long deadline, in CallProfile call, in Choice choice, long now)
    {
        DeploymentSet returning = default;
        foreach (Deployment deployment in deployments)
        {
            if (!Fits(deployment, choice)) continue;
            long at = deployment.ReturnsAt(now, call.Tokens);
            if (at <= deadline || at == CircuitBreaker.OnSignal) returning.Add(deployment.Index);
        }

        return returning;
    }

    /// <summary>Lists those that can take the call now and are of the lowest order among them.</summary>
    private int FindEligible(in CallProfile call, in Choice choice, long now, Span<int> eligible, out long returnsAt)
    {
        returnsAt = long.MaxValue;
        int count = 0;
        int order = int.MaxValue;
        foreach (Deployment deployment in deployments)
        {
            if (deployment.Definition.Order > order || !Fits(deployment, choice)) continue;
            long at = deployment.ReturnsAt(now, call.Tokens);
            returnsAt = Math.Min(returnsAt, at);
            if (at > now) continue;
            if (deployment.Definition.Order < order)
            {
                order = deployment.Definition.Order;
                count = 0;
            }

            eligible[count++] = deployment.Index;
        }

        return count;
    }

    private static bool Fits(Deployment deployment, in Choice choice) =>
        !choice.Excluded.Contains(deployment.Index)
        && (choice.LargerThanWindow == 0 || deployment.Definition.ContextWindow > choice.LargerThanWindow);
}
