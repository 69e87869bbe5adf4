namespace RouterGen;

/// <summary>What a call does next.</summary>
internal enum NextStep
{
    /// <summary>Ask <c>CallRoute.Deployment</c>.</summary>
    Try,

    /// <summary>Wait (<c>CallRoute.WaitAsync</c>) until a deployment was entered or something has changed, then look again.</summary>
    Wait,

    /// <summary>The call has failed.</summary>
    GiveUp,
}
