namespace RouterGen.Interleavings.Tests;

/// <summary>What must hold holds, in whatever order threads come to shared state.</summary>
public class InterleavingTests
{
    public static TheoryData<string> Scenarios => new(Scenario.Names);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_holds_in_every_interleaving(string name)
    {
        string? failure = Explorer.Explore(Scenario.Find(name));
        Assert.True(failure is null, $"{name}: {failure}");
    }
}
