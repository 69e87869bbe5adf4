using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>An answer as the body that a gateway's client expects, and how it came about.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RelayedAnswer : RoutedAnswer, ICallAnswer
{
    internal RelayedAnswer(ReadOnlyMemory<byte> body, RoutedResponse read)
    {
        Body = body;
        Read = read;
        Usage = read.Usage;
    }

    /// <summary>Gets the body, JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets what the body says.</summary>
    internal RoutedResponse Read { get; }

    ServiceTier? ICallAnswer.Tier => Read.Tier;
}
