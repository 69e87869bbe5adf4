using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of one kind of call have of their own.</summary>
/// <typeparam name="TUpdate">What a stream brings, piece by piece.</typeparam>
internal interface IStreamKind<TUpdate> where TUpdate : class
{
    /// <summary>Gets the failure of a stream that is complete and brought nothing.</summary>
    static abstract AttemptFailure Empty { get; }

    /// <summary>Starts to read the stream that an attempt opens.</summary>
    static abstract StreamDecoder<TUpdate> Start(in AttemptContext context);

    /// <summary>Reads an answer that came whole although a stream was asked for; some servers do that.</summary>
    static abstract AttemptResult<WholeStream<TUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body);

    /// <summary>Whether an update carries something that its reader may act on.</summary>
    static abstract bool HasContent(TUpdate update);

    /// <summary>Returns the usage that an update brings; null where it brings none.</summary>
    static abstract UsageDetails? UsageOf(TUpdate update);

    /// <summary>Returns the service tier that an update names; null where it names none.</summary>
    static abstract ServiceTier? TierOf(TUpdate update);

    /// <summary>Puts into an update what it was read from.</summary>
    static abstract void AttachRaw(TUpdate update, ReadOnlySpan<byte> data);

    /// <summary>Starts to keep of a stream that is played what its end needs.</summary>
    static abstract PlayedUpdates<TUpdate> StartPlaying();

    /// <summary>Makes the last update: what the dialect's terminator brought, and how the answer came about.</summary>
    /// <param name="route">The way of the call.</param>
    /// <param name="stream">The stream, which is complete; its update is the terminator's.</param>
    /// <param name="played">What the caller has had.</param>
    /// <param name="summary">How the answer came about.</param>
    static abstract TUpdate Last(CallRoute route, ProviderStream<TUpdate> stream, PlayedUpdates<TUpdate> played, RouteSummary summary);
}

/// <summary>An answer that came whole, in pieces.</summary>
/// <param name="Updates">The pieces.</param>
/// <param name="Usage">What the provider counted; null where it did not say.</param>
/// <param name="Tier">The service tier that served it; null where the provider did not say.</param>
internal sealed record WholeStream<TUpdate>(IReadOnlyList<TUpdate> Updates, UsageDetails? Usage, ServiceTier? Tier);
