using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Puts <see cref="CallOptions"/> where only <see cref="ChatOptions"/> get through, and reads costs where only usage does.</summary>
public static class CallOptionsExtensions
{
    /// <summary>Options that carry how the call is to be routed, through whatever clients are in front of the group.</summary>
    /// <param name="options">The options; not changed. Null is like empty ones.</param>
    /// <param name="routing">How the call is to be routed; replaces what <paramref name="options"/> carried.</param>
    /// <returns>A clone of <paramref name="options"/> with <paramref name="routing"/> in its <see cref="ChatOptions.AdditionalProperties"/>.</returns>
    public static ChatOptions WithRouting(this ChatOptions? options, CallOptions routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        ChatOptions clone = options?.Clone() ?? new ChatOptions();
        (clone.AdditionalProperties ??= [])[CallOptions.PropertyName] = routing;
        return clone;
    }

    /// <summary>
    /// Returns what calls with tools cost together, for usage that was added up over them: that of a function invocation for example, whole or
    /// from the updates of its streams. Each call counts at the prices of the deployment that answered.
    /// </summary>
    /// <param name="usage">The usage of one or more calls with tools.</param>
    /// <returns>USD; null where a price is not known, and for the usage of calls without tools (see <see cref="RoutedResponse.Cost"/>).</returns>
    public static decimal? GetCost(this UsageDetails usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return CallCost.Of(usage, prices: null, default);
    }
}
