namespace RouterGen.Runtime.Tests;

/// <summary>What routes calls knows no kind of call: a second kind needs no change there.</summary>
public class KindOfCallTests
{
    // What begins with one of these, and all that is nested in it.
    private static readonly string[] Routing =
    [
        "AdmissionCache", "AttemptContext", "AttemptObservation", "CallProfile", "CallQueue", "PickFilter", "Demands", "Deployment", "FigureCache", "GroupPolicy",
        "CallScope", "AttemptScope", "GroupState", "GuardedPolicy", "HedgedAttempt", "HedgeBudget", "IAttempt`", "CallRoute", "LatencyProber", "LeastBusyPolicy", "MinimumPicker", "Mirroring", "ModelGroup", "OutgoingRequest",
        "RecoveryProber", "RetryLoop", "SelectionContext", "SelectionPolicy", "SharedStates", "StickyChoice", "StickyKey", "Strategies", "Suitability", "Waiter", "WeightedPolicy",
        "WholeAttempt", "AdaptivePolicy", "CallRequest", "Codec", "RequestShape", "CallBudget", "CircuitBreaker", "EndpointBreakers", "EventStream", "IStreamKind", "PlayedUpdates", "RoutedStream", "StreamAttempt", "StreamDecoder",
    ];

    [Fact]
    public void What_routes_names_no_type_of_chat()
    {
        Type[] types = [.. typeof(ModelGroup).Assembly.GetTypes().Where(static type => Array.Exists(Routing, name => TypeReferences.Outermost(type).Name.StartsWith(name, StringComparison.Ordinal)))];
        Assert.True(types.Length > Routing.Length);
        string[] found = [.. types.SelectMany(static type => TypeReferences.Of(type).Where(IsOfChat).Select(used => $"{type.Name}: {used}")).Distinct().Order(StringComparer.Ordinal)];
        Assert.Empty(found);
    }

    [Fact]
    public void It_is_found_where_it_is()
    {
        Assert.Contains(TypeReferences.Of(typeof(ChatGroup)), IsOfChat);
        Assert.Contains(TypeReferences.Of(typeof(ChatStreams)), IsOfChat);
        Assert.Contains(typeof(ChatGroup).Assembly.GetTypes().Where(static type => TypeReferences.Outermost(type) == typeof(StructuredStream)).SelectMany(TypeReferences.Of), IsOfChat);
    }

    private static bool IsOfChat(Type type) =>
        (type.Name.Contains("Chat", StringComparison.Ordinal) || type.Name.Contains("Embedding", StringComparison.Ordinal) || type.Name.Contains("Rerank", StringComparison.Ordinal) || type.Name.Contains("Moderation", StringComparison.Ordinal) || type.Name.StartsWith("Completion", StringComparison.Ordinal) || type.Name.StartsWith("Routed", StringComparison.Ordinal) || type.Name is "AIContent")
        && type.Name is not (nameof(ChatGroup) or "ChatResponse" or "RoutedStream`3"); // named in documentation, by what a broken stream has left, and by its own name
}
