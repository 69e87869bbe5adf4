using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>
/// What a model wants back with a call, such as a signature, stamped by its codec. Clients know no place for it, so that it goes to them, and comes
/// back, beside the call.
/// </summary>
internal static class CallState
{
    private const string Property = "routergen.state";

    /// <summary>Returns the state of a call; null where it has none.</summary>
    public static string? Of(FunctionCallContent call) => call.AdditionalProperties is { } properties && properties.TryGetValue(Property, out object? state) ? state as string : null;

    /// <summary>Gives a call the state that came with it. Codecs look what it is, and pass over what is no call's.</summary>
    public static void Put(FunctionCallContent call, string state) => (call.AdditionalProperties ??= [])[Property] = state;

    /// <summary>Gives a call the state that stands in front of it, if there is any.</summary>
    public static void PutFrom(List<AIContent> before, FunctionCallContent call)
    {
        if (before is [.., TextReasoningContent { Text.Length: 0, ProtectedData: { } state }]) Put(call, state);
    }
}
