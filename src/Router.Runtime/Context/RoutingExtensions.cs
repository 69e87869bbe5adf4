using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Puts <see cref="RoutingOptions"/> where only <see cref="ChatOptions"/> get through.</summary>
public static class RoutingExtensions
{
    /// <summary>Options that carry how the call is to be routed, through whatever clients are in front of the group.</summary>
    /// <param name="options">The options; not changed. Null is like empty ones.</param>
    /// <param name="routing">How the call is to be routed; replaces what <paramref name="options"/> carried.</param>
    /// <returns>A clone of <paramref name="options"/> with <paramref name="routing"/> in its <see cref="ChatOptions.AdditionalProperties"/>.</returns>
    public static ChatOptions WithRouting(this ChatOptions? options, RoutingOptions routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        ChatOptions clone = options?.Clone() ?? new ChatOptions();
        (clone.AdditionalProperties ??= [])[RoutingOptions.PropertyName] = routing;
        return clone;
    }
}
