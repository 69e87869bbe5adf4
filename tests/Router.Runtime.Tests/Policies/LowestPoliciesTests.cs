using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>The strategies that compare one number: calls in flight, used limits, cost.</summary>
public class LowestPoliciesTests
{
    private static readonly RandomSource Random = new(1);

    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;

    public LowestPoliciesTests() => _context = Subjects.Context(_time);

    [Fact]
    public void The_least_busy_is_asked_and_equals_share()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"), Subjects.Definition("c"));
        var policy = new LeastBusyPolicy(Random);
        deployments[1].Enter(0);
        int[] picks = policy.Picks(deployments, 1000, now: 0);
        Assert.Equal(0, picks[1]);
        Assert.InRange(picks[0], 420, 580);

        deployments[0].Enter(0);
        deployments[2].Enter(0);
        deployments[2].Enter(0);
        deployments[1].Enter(0);
        Assert.Equal([10, 0, 0], policy.Picks(deployments, 10, now: 0));
    }

    [Fact]
    public void The_least_busy_levels_the_load()
    {
        Deployment[] deployments = Make([.. Enumerable.Range(0, 5).Select(static index => Subjects.Definition($"d{index}"))]);
        var policy = new LeastBusyPolicy(Random);
        for (int i = 0; i < 500; i++) deployments[policy.PickOf(deployments, [0, 1, 2, 3, 4])].Enter(0);
        Assert.All(deployments, static deployment => Assert.Equal(100, deployment.InFlight));
    }

    [Fact]
    public void The_smallest_used_part_of_a_limit_is_asked()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", rpm: 10), Subjects.Definition("b", rpm: 100), Subjects.Definition("c", rpm: 1000, tpm: 100));
        var policy = new LowestUsagePolicy(deployments[0].Table, Random);
        deployments[0].Enter(0); // a tenth
        for (int i = 0; i < 9; i++) deployments[1].Enter(0); // less
        deployments[2].Enter(0, tokens: 11); // more, of its tokens
        Assert.Equal([0, 10, 0], policy.Picks(deployments, 10, now: 0));

        for (int i = 0; i < 2; i++) deployments[1].Enter(0);
        Assert.Equal([10, 0, 0], policy.Picks(deployments, 10, now: 0));

        _time.Advance(TimeSpan.FromMinutes(1)); // All have their whole minute again.
        Assert.All(policy.Picks(deployments, 3000, _context.Clock.Now), static count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Limits_are_used_up_at_one_rate()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", rpm: 100), Subjects.Definition("b", rpm: 900));
        var policy = new LowestUsagePolicy(deployments[0].Table, Random);
        for (int i = 0; i < 500; i++) deployments[policy.PickOf(deployments, [0, 1])].Enter(0);
        Assert.InRange(deployments[0].InFlight, 49, 51);
        Assert.InRange(deployments[1].InFlight, 449, 451);
    }

    [Fact]
    public void The_cheapest_for_the_call_is_asked()
    {
        DeploymentDefinition[] definitions =
        [
            Priced("reads cheaply", new ModelPrices(1m, 20m)),
            Priced("writes cheaply", new ModelPrices(10m, 1m)),
            Priced("unknown", null),
        ];
        Deployment[] deployments = Make(definitions);
        var policy = new LowestCostPolicy(Group(definitions), Random, TimeProvider.System);
        Assert.Equal([0, 10, 0], policy.Picks(deployments, 10, 0, Asking(characters: 400, maxOutputTokens: null)));
        Assert.Equal([10, 0, 0], policy.Picks(deployments, 10, 0, Asking(characters: 40_000, maxOutputTokens: null)));
        Assert.Equal([10, 0, 0], policy.Picks(deployments, 10, 0, Asking(characters: 400, maxOutputTokens: 10)));
    }

    [Fact]
    public void What_was_measured_of_a_call_is_not_measured_again()
    {
        DeploymentDefinition[] definitions = [Priced("reads cheaply", new ModelPrices(1m, 20m)), Priced("writes cheaply", new ModelPrices(10m, 1m))];
        var policy = new LowestCostPolicy(Group(definitions), Random, TimeProvider.System);
        CallProfile call = Asking(characters: 400, maxOutputTokens: null) with { Request = new ShapedRequest(new RequestShape(10_000, 0, ModelCapabilities.None)) };
        Assert.Equal([10, 0], policy.Picks(Make(definitions), 10, 0, call));
    }

    [Fact]
    public void Output_below_nothing_costs_nothing()
    {
        DeploymentDefinition[] definitions = [Priced("reads cheaply", new ModelPrices(1m, 20m)), Priced("writes dearly", new ModelPrices(10m, 2_000m))];
        var policy = new LowestCostPolicy(Group(definitions), Random, TimeProvider.System);
        Assert.Equal([10, 0], policy.Picks(Make(definitions), 10, 0, Asking(characters: 400, maxOutputTokens: -1_000)));
    }

    [Fact]
    public void Free_is_cheaper_than_anything_and_the_unknown_are_equals_at_the_end()
    {
        DeploymentDefinition[] definitions = [Priced("a", new ModelPrices(decimal.MaxValue, decimal.MaxValue)), Priced("b", new ModelPrices(0m, 0m)), Priced("c", null), Priced("d", null)];
        Deployment[] deployments = Make(definitions);
        var policy = new LowestCostPolicy(Group(definitions), Random, TimeProvider.System);
        Assert.Equal([0, 10, 0, 0], policy.Picks(deployments, 10, 0));
        Assert.Equal(0, policy.PickOf(deployments, [0, 2, 3]));

        int[] unknown = new int[2];
        for (int i = 0; i < 1000; i++) unknown[policy.PickOf(deployments, [2, 3])]++;
        Assert.InRange(unknown[0], 420, 580);
    }

    [Theory]
    [InlineData(RoutingStrategy.Adaptive)]
    [InlineData(RoutingStrategy.Weighted)]
    [InlineData(RoutingStrategy.LeastBusy)]
    [InlineData(RoutingStrategy.LowestLatency)]
    [InlineData(RoutingStrategy.LowestUsage)]
    [InlineData(RoutingStrategy.LowestCost)]
    public void No_pick_allocates(RoutingStrategy strategy)
    {
        DeploymentDefinition[] definitions = [.. Enumerable.Range(0, 100).Select(static index => Subjects.Definition($"d{index}", rpm: 1000, tpm: 1000, maxConcurrency: 10))];
        Deployment[] deployments = Make(definitions);
        int[] eligible = [.. Enumerable.Range(0, 100)];
        SelectionPolicy policy = Strategies.Create(strategy, Group(definitions), deployments[0].Table, Random, TimeProvider.System, measure: null);
        CallProfile call = Subjects.Call();
        Run(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (int i = 0; i < times; i++) policy.Pick(new SelectionContext(deployments, eligible, call, now: i));
        }
    }

    private static DeploymentDefinition Priced(string name, ModelPrices? prices) => new()
    {
        Name = name,
        Provider = "provider",
        Model = "model",
        Endpoint = "https://provider.example/v1",
        Codec = Subjects.SilentCodec.Instance,
        Prices = prices,
    };

    private static CallProfile Asking(int characters, int? maxOutputTokens) =>
        new(new ChatRequest([new ChatMessage(ChatRole.User, new string('x', characters))], new ChatOptions { MaxOutputTokens = maxOutputTokens }, isStreaming: false), CallOptions.None, Tokens: 0);

    private static GroupDefinition Group(DeploymentDefinition[] definitions) => new() { Name = "group", Deployments = definitions };

    private Deployment[] Make(params DeploymentDefinition[] definitions) => Subjects.Deployments(_context, definitions);
}
