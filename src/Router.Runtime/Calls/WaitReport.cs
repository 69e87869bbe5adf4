using System.Globalization;
using System.Text;

namespace RouterGen;

/// <summary>What the exception at the end of a call says of its waits: how long, and for what.</summary>
internal static class WaitReport
{
    public static void Append(StringBuilder text, CallRoute route)
    {
        if (route.WaitedForLimits > TimeSpan.Zero) text.Append(CultureInfo.InvariantCulture, $"\n  It waited {route.WaitedForLimits.TotalSeconds:F1} s for room within limits.");
        if (route.WaitedForReturn == TimeSpan.Zero && !route.LostPatience) return;
        text.Append(CultureInfo.InvariantCulture, $"\n  It waited {route.WaitedForReturn.TotalSeconds:F1} s for a deployment to return");
        if (route.LostPatience) text.Append(CultureInfo.InvariantCulture, $", and may wait {route.MaxWait.TotalSeconds:0.###} s (MaxWaitSeconds)");
        string[] awaited = [.. route.Suited.Where(deployment => !deployment.Breakers.IsClosed).Select(Describe).Distinct()];
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
