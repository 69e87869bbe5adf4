namespace RouterGen;

/// <summary>What a call does next.</summary>
internal enum NextStep
{
    /// <summary>Ask <c>Journey.Deployment</c>.</summary>
    Try,

    /// <summary>Wait for <c>Journey.WaitFor</c> or a signal, then look again.</summary>
    Wait,

    /// <summary>The call has failed.</summary>
    GiveUp,
}
