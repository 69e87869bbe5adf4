namespace RouterGen;

/// <summary>The limits of one attempt: those of the call where it states them, else those of the group that is asked.</summary>
/// <param name="group">What of the group can be changed at run time.</param>
/// <param name="call">How the call is routed.</param>
internal readonly struct CallLimits(LiveGroupSettings group, CallOptions call)
{
    /// <summary>Gets the longest non-streaming attempt; zero where it is not stated.</summary>
    public TimeSpan AttemptTimeout => call.AttemptTimeout ?? group.AttemptTimeout;

    /// <summary>Gets the longest wait for a stream's first content; zero where it is not stated.</summary>
    public TimeSpan FirstTokenTimeout => call.FirstTokenTimeout ?? group.FirstTokenTimeout;

    /// <summary>Gets the longest silence within a stream.</summary>
    public TimeSpan StreamIdleTimeout => call.StreamIdleTimeout ?? group.StreamIdleTimeout;

    /// <summary>Gets the longest time for a new connection. A call has none of its own: connections serve many calls.</summary>
    public TimeSpan ConnectTimeout => group.ConnectTimeout;

    /// <summary>Gets the largest answer that is read whole, in bytes.</summary>
    public int MaxAnswerBytes => call.MaxAnswerBytes ?? group.MaxAnswerBytes;
}
