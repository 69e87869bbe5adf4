using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a stream has brought a gateway's client so far, as far as its events were read.</summary>
internal sealed class PlayedRelay : PlayedUpdates<RelayedUpdate>
{
    private readonly PlayedStream _read = new();

    /// <inheritdoc/>
    public override string Arrived => _read.Arrived;

    /// <inheritdoc/>
    public override void Add(RelayedUpdate update)
    {
        Last = update;
        if (update.Before is { } before) _read.Add(before);
        if (update.Read is { } read) _read.Add(read);
    }

    /// <inheritdoc/>
    public override ChatResponse ToResponse() => _read.ToResponse();

    /// <inheritdoc/>
    public override ChatResponse ToResponse(RelayedUpdate? last)
    {
        if (last?.Before is { } before && last != Last)
        {
            Last = last; // once, although it is asked for more than once
            _read.Add(before);
        }

        return _read.ToResponse(last?.Read);
    }

    /// <inheritdoc/>
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported) => _read.EstimateUsage(inputTokens, reported);
}
