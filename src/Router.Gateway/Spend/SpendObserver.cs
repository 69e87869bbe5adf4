using System.Collections.Concurrent;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Spend;

/// <summary>Charges requests to their keys when they end, and has their rows written. Nothing of their content is in them.</summary>
/// <param name="writer">Writes rows.</param>
/// <param name="instance">What rows of this gateway have in their ids, and no other's: two that count connections from nearly the same start would have the same ones.</param>
internal sealed class SpendObserver(SpendWriter writer, string instance) : IGatewayObserver
{
    private const int MostModels = 10_000;

    private readonly ConcurrentDictionary<(string Provider, string Model), string> _models = new();
    private readonly EndUserLabels _endUsers = new();
    private int _late;

    /// <inheritdoc/>
    public void CallEnded(GatewayCall call)
    {
        if (call.Caller is not { HasEntered: true } caller) return;
        long input = call.InputTokens;
        long output = call.OutputTokens;
        decimal cost = call.Cost;
        writer.Add(RowOf(call, caller, call.LastAttempt) with
        {
            Duration = call.Duration,
            Status = call.Status,
            InputTokens = input,
            OutputTokens = output,
            Cost = cost,
            Charges = caller.Leave(input + output, cost, call.Now),
        });
    }

    /// <inheritdoc/>
    public void AttemptEndedLate(GatewayCall call, ObservedAttempt attempt)
    {
        if (call.Caller is not { HasEntered: true } caller) return;
        long input = attempt.Usage?.InputTokenCount ?? 0;
        long output = attempt.Usage?.OutputTokenCount ?? 0;
        decimal cost = attempt.Cost ?? 0;
        if (input == 0 && output == 0 && cost == 0) return;
        GatewaySpend row = RowOf(call, caller, attempt);
        writer.Add(row with
        {
            Id = FormattableString.Invariant($"{row.Id}-late-{Interlocked.Increment(ref _late)}"),
            Duration = attempt.Duration,
            Status = call.Status,
            InputTokens = input,
            OutputTokens = output,
            Cost = cost,
            Charges = caller.Charge(input + output, cost, call.Now),
        });
    }

    private GatewaySpend RowOf(GatewayCall call, Caller caller, ObservedAttempt? attempt) => new()
    {
        Id = $"{call.Id}-{instance}",
        At = call.StartedAt,
        Endpoint = call.Endpoint,
        Group = call.Group?.Name ?? "",
        Deployment = attempt?.Deployment ?? "",
        Model = attempt is null ? "" : ModelOf(attempt),
        KeyId = caller.Grant?.Id,
        TeamId = caller.Grant?.TeamId,
        UserId = caller.UserId,
        EndUser = caller.HasCustomer ? call.EndUser : _endUsers.Label(call.EndUser, call.StartedAt),
        Tags = caller.Grant is not { Tags.Length: > 0 } grant ? call.Tags : call.Tags.Length == 0 ? grant.Tags : [.. grant.Tags.Union(call.Tags, StringComparer.Ordinal)],
    };
    // Rows wait, and are kept: they share what they have in common.
    private string ModelOf(ObservedAttempt attempt)
    {
        if (_models.Count > MostModels) _models.Clear(); // Groups that change at run time may have new ones for ever.
        return _models.GetOrAdd((attempt.Provider, attempt.Model), static key => $"{key.Provider}/{key.Model}");
    }
}
