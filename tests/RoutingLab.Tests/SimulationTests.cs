namespace RoutingLab.Tests;

public class SimulationTests
{
    private static readonly Contender Adaptive = Contender.All.Single(static contender => contender.Name == "Adaptive");

    public static TheoryData<string> ScenarioNames => [.. ScenarioCatalog.All.Select(static scenario => scenario.Name)];

    public static TheoryData<string> ContenderNames => [.. Contender.All.Select(static contender => contender.Name)];

    [Theory]
    [MemberData(nameof(ScenarioNames))]
    public void The_same_seed_gives_the_same_run_to_the_last_call(string scenario)
    {
        ulong first = Run(scenario, Adaptive, seed: 7, calls: 1000).Hash;
        Assert.Equal(first, Run(scenario, Adaptive, seed: 7, calls: 1000).Hash);
        Assert.NotEqual(first, Run(scenario, Adaptive, seed: 8, calls: 1000).Hash);
    }

    [Theory]
    [MemberData(nameof(ContenderNames))]
    public void Every_contender_repeats_itself(string contender)
    {
        Contender chosen = Contender.All.Single(each => each.Name == contender);
        Assert.Equal(Run("everything", chosen, seed: 7, calls: 2000).Hash, Run("everything", chosen, seed: 7, calls: 2000).Hash);
    }

    [Fact]
    public void Calls_that_wait_repeat_themselves()
    {
        RunResult result = Run("queue", Adaptive, seed: 7, calls: 2500);
        Assert.True(result.Quantile(0.99) > 5, "Nobody waited.");
        Assert.Equal(result.Hash, Run("queue", Adaptive, seed: 7, calls: 2500).Hash);
    }

    [Fact]
    public void Adaptive_answers_999_of_1000_calls_of_Buoyants_test_in_one_attempt()
    {
        Scenario scenario = ScenarioCatalog.All.Single(static scenario => scenario.Name == "buoyant");
        RunResult result = Simulation.Run(scenario, Adaptive, seed: 101, scenario.CallsPerCycle);
        Assert.InRange(result.Success, 0.999, 1);
        Assert.Equal(0, result.RetriesPerCall);
    }

    [Fact]
    public void Who_does_not_look_fails_in_Buoyants_test()
    {
        // Else the test above would prove nothing. The router's cooldowns limit the damage even here.
        Scenario scenario = ScenarioCatalog.All.Single(static scenario => scenario.Name == "buoyant");
        RunResult random = Simulation.Run(scenario, Contender.All.Single(static contender => contender.Name == "random"), seed: 101, scenario.CallsPerCycle);
        Assert.InRange(random.Success, 0.9, 0.999);
    }

    [Fact]
    public void Shares_add_up_to_the_success()
    {
        RunResult result = Run("everything", Adaptive, seed: 3, calls: 3000);
        Assert.Equal(result.Success, result.Shares.Sum(), 0.000001);
        Assert.Equal(3000, result.Calls);
    }

    private static RunResult Run(string scenario, Contender contender, ulong seed, int calls) =>
        Simulation.Run(ScenarioCatalog.All.Single(each => each.Name == scenario), contender, seed, calls);
}
