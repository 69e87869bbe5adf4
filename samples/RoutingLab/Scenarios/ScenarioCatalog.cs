namespace RoutingLab;

/// <summary>All scenarios.</summary>
internal static class ScenarioCatalog
{
    public static Scenario[] All { get; } = [.. TuningScenarios.All, .. JudgingScenarios.All, .. ColdScenarios.All];
}
