using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream that a deployment has opened. Disposing it ends it, so that the provider stops generating.</summary>
internal abstract class ProviderStream : IDisposable, ICallAnswer
{
    /// <summary>
    /// How long a stream that has said why the model stopped may be silent before it counts as complete. What a server sends later, usage for
    /// example, is lost.
    /// </summary>
    public static readonly TimeSpan SilenceAfterFinish = TimeSpan.FromSeconds(2);

    /// <summary>Gets why the last read failed.</summary>
    public AttemptFailure? Failure { get; protected set; }

    /// <summary>Gets what the last read returned.</summary>
    public StreamSignal Signal { get; protected set; }

    /// <summary>Gets the usage as far as the provider has reported it.</summary>
    public virtual UsageDetails? Usage => Noted;

    /// <summary>Gets the service tier that serves it, as far as the provider has said so.</summary>
    public ServiceTier? Tier { get; protected set; }

    /// <summary>Gets or sets when the first content arrived; null before it.</summary>
    public long? FirstContentAt { get; set; }

    /// <summary>Gets or sets what was left out of the request or changed in it; null where nothing was.</summary>
    public List<string>? Notes { get; set; }

    /// <summary>Gets or sets the usage that updates have brought.</summary>
    private protected UsageDetails? Noted { get; set; }

    public abstract void Dispose();
}

/// <summary>A stream that a deployment has opened, read update by update.</summary>
/// <typeparam name="TUpdate">What it brings, piece by piece.</typeparam>
internal abstract class ProviderStream<TUpdate> : ProviderStream where TUpdate : class
{
    /// <summary>Gets what the last <see cref="ReadAsync"/> brought for the caller.</summary>
    public TUpdate? Update { get; protected set; }

    /// <summary>Gets the updates without content that came before the first content: they are handed out with it, not before.</summary>
    public List<TUpdate> Held { get; } = [];

    /// <summary>
    /// Reads up to the next update, the end, or a failure, within the limit that is armed. A model that writes what is not
    /// for the caller yet, a long tool call for example, is not silent: from then on the limit is <paramref name="idle"/>, where
    /// there is one. A stream that has said why the model stopped ends with its connection, or after <see cref="ProviderStream.SilenceAfterFinish"/>.
    /// </summary>
    public abstract ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true);

    /// <summary>Does what <see cref="ReadAsync"/> does, as far as it takes no waiting.</summary>
    /// <returns>False where more must arrive first.</returns>
    public abstract bool TryRead();

    /// <summary>Reads up to the first content.</summary>
    /// <returns>Why there is none; null where there is.</returns>
    public async ValueTask<AttemptFailure?> ReadToFirstContentAsync<TKind>(AttemptContext context)
        where TKind : IStreamKind<TUpdate>
    {
        while (true)
        {
            StreamSignal signal = await ReadAsync(context.Clock, context.Limits.StreamIdleTimeout).ConfigureAwait(false);
            if (signal is StreamSignal.Failed) return Failure;
            bool hasContent = Update is not null && TKind.HasContent(Update);
            if (hasContent) FirstContentAt = context.Router.Clock.Now;
            if (hasContent) return null;
            if (signal is StreamSignal.Completed) return TKind.Empty;
            if (Update is { } early) Held.Add(early);
        }
    }

    /// <summary>Notes what an update counts.</summary>
    private protected void Note<TKind>(TUpdate update) where TKind : IStreamKind<TUpdate>
    {
        Tier = TKind.TierOf(update) ?? Tier;
        Noted = TKind.UsageOf(update) ?? Noted;
    }
}
