using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What becomes of an attempt that failed: its deployment is left, its journey goes on without it, and it is logged.</summary>
internal static class FailedAttempt
{
    /// <summary>Notes the failure of the attempt that <paramref name="journey"/> is at, and leaves its deployment. What came beside the failure may still be handed on.</summary>
    public static void Note(RouterContext router, Journey journey, AttemptFailure told, UsageDetails? usage, object? value)
    {
        if (value is not null) journey.PassOver(value, told.Kind);
        Deployment deployment = journey.Deployment;
        AttemptFailure failure = FailureLog.Redact(told, journey.Credentials);
        deployment.Leave(journey.Lease, new AttemptReport { Failure = failure, Abandoned = journey.ProvesNothing(failure), Usage = usage, IsCut = true });
        journey.Fail(failure);
        FailureLog.Log(router, deployment, journey.Lease, failure);
    }
}
