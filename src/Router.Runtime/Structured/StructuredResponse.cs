using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A structured answer, and how it came about.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
public sealed class StructuredResponse<T>
{
    private readonly StructuredCost _cost;

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public StructuredResponse(T value, RoutedResponse response) : this(value, response, new StructuredCost(response, null))
    {
    }

    internal StructuredResponse(T value, RoutedResponse response, StructuredCost cost) => (Value, Response, _cost) = (value, response, cost);

    /// <summary>Gets the answer.</summary>
    public T Value { get; }

    /// <summary>Gets the answer of the last call, with its text.</summary>
    public RoutedResponse Response { get; }

    /// <summary>Gets how the deployment that answered was asked for the schema.</summary>
    public AnswerMechanism Mechanism => Response.Mechanism ?? AnswerMechanism.JsonSchema;

    /// <summary>Gets whether the first answer did not fit, so that a second call was made.</summary>
    public bool Repaired => _cost.First is not null;

    /// <summary>Gets the usage of all calls; null where no provider reported any.</summary>
    public UsageDetails? Usage => _cost.Usage;

    /// <summary>Gets what all calls cost in USD; null where the cost of one is not known.</summary>
    public decimal? Cost => _cost.Sum;

    /// <summary>Gets the attempts of all calls, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _cost.Attempts;
}
