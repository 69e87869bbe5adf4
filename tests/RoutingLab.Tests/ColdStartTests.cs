namespace RoutingLab.Tests;

/// <summary>The first samples of a cold process say nothing of a deployment: equal ones must get equal shares soon.</summary>
public class ColdStartTests
{
    private static readonly Contender Adaptive = Contender.All.Single(static contender => contender.Name == "Adaptive");

    public static TheoryData<string, double, double, bool> Cases()
    {
        var cases = new TheoryData<string, double, double, bool>();
        foreach (Scenario scenario in ScenarioCatalog.All.Where(static scenario => scenario.Name.StartsWith("cold-", StringComparison.Ordinal) && scenario.Calls > 0))
        {
            foreach (double firstToken in (double[])[0.1, 0.3, 1.5])
            {
                cases.Add(scenario.Name, firstToken, 0.02, false);
                cases.Add(scenario.Name, firstToken, 0.02, true);
                cases.Add(scenario.Name, firstToken, 0.1, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_equal_servers_get_equal_shares_within_200_calls(string name, double firstToken, double sigma, bool whole)
    {
        Scenario scenario = ScenarioCatalog.All.Single(each => each.Name == name);
        scenario = scenario with
        {
            WholeCalls = whole,
            InputTokens = 8,
            OutputTokens = whole ? 8 : scenario.OutputTokens,
            Providers = [.. scenario.Providers.Select(provider => provider with { FirstToken = firstToken, Sigma = sigma, TokensPerSecond = 1000 })],
        };
        (double least, double most) = sigma < 0.05 ? (0.2, 0.5) : (0.1, 0.6); // what luck alone makes of it
        for (ulong seed = 1; seed <= 8; seed++)
        {
            RunResult result = Simulation.Run(scenario, Adaptive, seed, 200);
            Assert.All(result.Shares, share => Assert.InRange(share, least, most));
        }
    }
}
