using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>
/// What is known of one kind of a deployment's latency: of the time to the first token of its streams, or of the whole
/// time of its other calls. Lock-free.
/// </summary>
/// <param name="period">How long a latency holds in <see cref="Window"/>, in ticks.</param>
internal struct LatencyRecord(long period)
{
    // Input takes time to read. An answer to so many tokens is taken to need twice the time of one to a short prompt.
    private const float TokensOfTwiceTheTime = 8000;

    /// <summary>A deployment that is due for measurement gets one call; if that call reports nothing within so many ticks, another may measure it.</summary>
    public const long InvitationHolds = 5 * TimeSpan.TicksPerSecond;

    private long _invitedUntil = long.MinValue;
    private float _load;
    private OtherWindow? _others; // where groups forget at different times; usually none

    /// <summary>The moving average, as for short prompts.</summary>
    public LatencyAverage Average;

    /// <summary>What the calls tell that wait for an answer.</summary>
    public PendingWaits Pending;

    /// <summary>The recent mean.</summary>
    public LatencyWindow Window;

    /// <summary>The last latencies, as they were.</summary>
    public readonly RecentLatencies Recent = new();

    /// <summary>Gets the calls in flight at which <see cref="Average"/> was measured: an average with the same shares. 0 before the first sample.</summary>
    public readonly float Load => Volatile.Read(in _load);

    /// <summary>Adds the latency of an answer.</summary>
    /// <param name="latency">Ticks.</param>
    /// <param name="inputTokens">The tokens that had to be read for it.</param>
    /// <param name="now">The time.</param>
    /// <param name="inFlight">The calls in flight when it was asked for.</param>
    /// <param name="isCold">Whether the call had to open a connection.</param>
    public void Add(long latency, long inputTokens, long now, int inFlight, bool isCold = false)
    {
        float sample = Milliseconds(latency);
        float share = Average.Add(ForShortPrompt(sample, inputTokens), now, isCold);
        AddLoad(inFlight, share);
        Recent.Add(sample); // What connections take counts for limits.
        if (share == 0) return;
        if (Volatile.Read(ref _invitedUntil) > now) Volatile.Write(ref _invitedUntil, now); // It has told; should that not do, another call is invited.
        if (Average.IsProvisional) return;

        Window.Add(sample, LatencyWindow.HalfAt(now, period));
        for (OtherWindow? other = _others; other is not null; other = other.Next) other.Window.Add(sample, LatencyWindow.HalfAt(now, other.Period));
    }

    /// <summary>Adds that an answer would have come no sooner than this: the attempt ran out of time.</summary>
    public void AddTimeout(long waited, long inputTokens, long now, int inFlight)
    {
        AddSlow(waited, inputTokens, now, inFlight);
        float sample = Milliseconds(waited);
        Window.AddFirst(sample, LatencyWindow.HalfAt(now, period));
        for (OtherWindow? other = _others; other is not null; other = other.Next) other.Window.AddFirst(sample, LatencyWindow.HalfAt(now, other.Period));
        Recent.Add(sample); // So that a limit which turns out to be too strict grows.
    }

    /// <summary>Adds that there was no answer for so long; it counts where that is slow. A fast failure tells nothing of latency.</summary>
    public void AddSlow(long waited, long inputTokens, long now, int inFlight)
    {
        float sample = Milliseconds(waited);
        float normalized = ForShortPrompt(sample, inputTokens);
        if (normalized > Average.Value) AddLoad(inFlight, Average.Add(normalized, now));
        Window.AddSlower(sample, LatencyWindow.HalfAt(now, period));
        for (OtherWindow? other = _others; other is not null; other = other.Next) other.Window.AddSlower(sample, LatencyWindow.HalfAt(now, other.Period));
    }

    /// <summary>Keeps the recent mean also over another period: the same latencies may be those of several groups. Not to be called by two threads at once.</summary>
    public void Keep(long other)
    {
        if (other != period && Find(other) is null) Volatile.Write(ref _others, new OtherWindow(other, _others));
    }

    /// <summary>Returns the recent mean over a period: the record's own, or one that <see cref="Keep"/> was given.</summary>
    [UnscopedRef]
    public ref LatencyWindow WindowOf(long other)
    {
        if (other == period || Find(other) is not { } found) return ref Window;
        return ref found.Window;
    }

    private readonly OtherWindow? Find(long other)
    {
        OtherWindow? found = Volatile.Read(in _others);
        while (found is not null && found.Period != other) found = found.Next;
        return found;
    }

    /// <summary>The latency to expect, in milliseconds; low where a measurement is due.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float ExpectedAt(long now)
    {
        float faded = Average.FadedAt(now);
        return Volatile.Read(in _invitedUntil) > now ? Average.Value : faded;
    }

    /// <summary>Claims the measurement that is due: one call at a time makes it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="holds">For how long no other call makes it, should there be no result, in ticks.</param>
    public bool TryInvite(long now, long holds)
    {
        long until = Volatile.Read(ref _invitedUntil);
        return until <= now && Interlocked.CompareExchange(ref _invitedUntil, now + holds, until) == until;
    }

    private void AddLoad(int inFlight, float share)
    {
        while (true)
        {
            float load = Load;
            if (Interlocked.CompareExchange(ref _load, load + share * (inFlight - load), load) == load) return;
        }
    }

    /// <summary>How many times as long as to a short prompt an answer to so many tokens takes.</summary>
    public static float PromptFactor(long inputTokens) => 1 + Math.Max(0, inputTokens) * (1 / TokensOfTwiceTheTime);

    private static float Milliseconds(long ticks) => ticks * (1f / TimeSpan.TicksPerMillisecond);

    private static float ForShortPrompt(float sample, long inputTokens) => sample / PromptFactor(inputTokens);

    /// <summary>The recent mean over another period.</summary>
    private sealed class OtherWindow(long period, OtherWindow? next)
    {
        public LatencyWindow Window;

        public long Period => period;

        public OtherWindow? Next => next;
    }
}
