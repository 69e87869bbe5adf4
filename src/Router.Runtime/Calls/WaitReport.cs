using System.Globalization;
using System.Text;

namespace RouterGen;

/// <summary>What the exception at the end of a call says of its waits: how long, and for what.</summary>
internal static class WaitReport
{
    public static void Append(StringBuilder text, Journey journey)
    {
        if (journey.WaitedForLimits > TimeSpan.Zero) text.Append(CultureInfo.InvariantCulture, $"\n  It waited {journey.WaitedForLimits.TotalSeconds:F1} s for room within limits.");
        if (journey.WaitedForReturn == TimeSpan.Zero && !journey.LostPatience) return;
        text.Append(CultureInfo.InvariantCulture, $"\n  It waited {journey.WaitedForReturn.TotalSeconds:F1} s for a deployment to return");
        if (journey.LostPatience) text.Append(CultureInfo.InvariantCulture, $", and may wait {journey.MaxWait.TotalSeconds:0.###} s (MaxWaitSeconds)");
        string[] awaited = [.. journey.Suited.Where(deployment => !deployment.Breakers.IsClosed).Select(Describe).Distinct()];
        if (awaited.Length > 0) text.Append(": ").AppendJoin(", ", awaited);
        text.Append('.');
    }

    private static string Describe(Deployment deployment)
    {
        DeploymentStatus status = deployment.Status;
        FailureKind? failure = deployment.LastFailure?.Kind;
        return status.CooldownRemaining > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"{deployment.Name} returns in {status.CooldownRemaining.TotalSeconds:F1} s after {failure}")
            : $"{deployment.Name} is being probed after {failure}";
    }
}
