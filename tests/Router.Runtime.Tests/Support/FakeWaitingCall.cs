namespace RouterGen.Runtime.Tests;

/// <summary>A call that waits and decides as a test tells it. It counts how often it is asked.</summary>
internal sealed class FakeWaitingCall(string name = "") : IWaitingCall
{
    /// <summary>When a deployment of its group can take it; none before it is set.</summary>
    public Func<long, long> ReturnsAt { get; set; } = static _ => CircuitBreaker.OnSignal;

    /// <summary>What it does to the deployment that it enters; false where somebody else was quicker.</summary>
    public Func<long, bool> Take { get; set; } = static _ => true;

    /// <summary>The deployments that it may enter.</summary>
    public int[] Deployments { get; init; } = [0];

    /// <summary>Whether it decides by itself, as where a policy of the user's chooses.</summary>
    public bool Decides { get; init; }

    public int Looks { get; private set; }

    public string Name => name;

    public DeploymentSet Wants
    {
        get
        {
            DeploymentSet wants = default;
            foreach (int index in Deployments) wants.Add(index);
            return wants;
        }
    }

    public DeploymentSet ClaimsToRespect(int place, DeploymentSet claimed) => claimed;

    public Turn TakeTurn(int place, in DeploymentSet respected, long now, out long returnsAt)
    {
        Looks++;
        returnsAt = CircuitBreaker.OnSignal;
        foreach (int index in Deployments)
        {
            if (respected.Contains(index)) continue;
            returnsAt = ReturnsAt(now);
            if (returnsAt > now) return Turn.Wait;
            return Decides ? Turn.Decide : Take(now) ? Turn.Enter : Turn.Wait;
        }

        return Turn.Wait;
    }

    public DeploymentSet Claims(int place, long now) => Wants;

    public long FirstReturn(long now)
    {
        Looks++;
        return ReturnsAt(now);
    }
}
