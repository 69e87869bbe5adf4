using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>A piece of a stream as the events that a gateway's client expects.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class RelayedUpdate
{
    internal RelayedUpdate(Deployment deployment, ReadOnlyMemory<byte> events, ChatResponseUpdate? read, bool hasContent)
    {
        Deployment = deployment;
        Events = events;
        Read = read;
        HasContent = hasContent;
    }

    /// <summary>Gets the deployment that sends the stream.</summary>
    public Deployment Deployment { get; }

    /// <summary>Gets whole events, ready to be sent; empty where the client is to see nothing of it. They hold until the next update is asked for.</summary>
    public ReadOnlyMemory<byte> Events { get; }

    /// <summary>Gets what the events say; null where that was not looked at.</summary>
    internal ChatResponseUpdate? Read { get; }

    /// <summary>Gets what deltas of text said that came before <see cref="Read"/>, together with it; null where there were none.</summary>
    internal ChatResponseUpdate? Before { get; init; }

    /// <summary>Gets whether it carries something that its reader may act on.</summary>
    internal bool HasContent { get; }
}

/// <summary>The end of a stream, and how it came about.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RelayedEnd : RelayedUpdate
{
    private readonly RouteSummary _route;

    internal RelayedEnd(Deployment deployment, ReadOnlyMemory<byte> events, UsageDetails? usage, RouteSummary route) : base(deployment, events, null, hasContent: false)
    {
        _route = route;
        Usage = usage;
    }

    /// <summary>Gets what was counted; null where the provider did not say.</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-4o-mini</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets what was left out of the request or changed in it because the model does not take it; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal init; } = [];

    /// <summary>Gets what the stream cost in USD; null where no price is known or the provider reported no usage.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time from the start of the answering attempt to its first content; null where there was none.</summary>
    public TimeSpan? TimeToFirstToken => _route.TimeToFirstToken;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;
}
