using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>
/// What a fleet costs a pick: picks among deployments with limits of requests, tokens, calls under way and money, of a router alone and of an instance of a fleet, in turns in one process. Budget: a ratio of 1.02,
/// and no allocation.
/// </summary>
internal static class FleetPicks
{
    private const int Rounds = 31;
    private const int Picks = 200_000;

    public static async Task RunAsync()
    {
        Console.WriteLine("Picks with all limits on, in a fleet against alone; ns for a pick and its end, medians and spread of the ratios of rounds");
        foreach (int deployments in (int[])[2, 16, 1000])
        {
            int picks = Picks / Math.Max(1, deployments / 16);
            using var alone = new Side(fleet: null, deployments);
            await using var fleet = new RouterFleet(new GenerousStore());
            using var shared = new Side(fleet, deployments);
            shared.Run(1000);
            await Task.Delay(TimeSpan.FromSeconds(3)); // What is asked for is held by then.
            for (int i = 0; i < 5; i++) (_, _) = (alone.Run(picks), shared.Run(picks));
            var ratios = new List<double>();
            var times = new List<(double Alone, double Shared)>();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                bool swapped = i % 2 == 1;
                double first = (swapped ? shared : alone).Run(picks);
                double second = (swapped ? alone : shared).Run(picks);
                times.Add(swapped ? (second, first) : (first, second));
                ratios.Add(swapped ? first / second : second / first);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            ratios.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{deployments,5} deployments: alone {Median(times.Select(static time => time.Alone)):F0} ns, fleet {Median(times.Select(static time => time.Shared)):F0} ns, ratio {ratios[Rounds / 2]:F3} ({ratios[0]:F2} … {ratios[^1]:F2}), {(double)allocated / (2L * Rounds * picks):F2} B"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed class Side : IDisposable
    {
        private static readonly UsageDetails Usage = new() { InputTokenCount = 1, OutputTokenCount = 0, TotalTokenCount = 1 };

        private readonly CallProfile _call = new(new ChatRequest([new ChatMessage(ChatRole.User, "Hello")], options: null, isStreaming: false), CallOptions.None, Tokens: 1);
        private readonly RouterContext _router;
        private readonly DeploymentPicker _picker;
        private readonly SelectionPolicy _policy;

        public Side(RouterFleet? fleet, int deployments)
        {
            _router = new RouterContext(new RouterOptions { Variables = static _ => "key", Seed = 1, Fleet = fleet });
            var definition = new GroupDefinition { Name = "group", Budget = 1_000_000, Deployments = [.. Enumerable.Range(0, deployments).Select(Define)] };
            var spend = new BudgetMeter(definition.Budget, definition.BudgetPeriod, TimeProvider.System, Deployment.ShareOfBudget(fleet, "group//budget", definition.BudgetPeriod));
            Deployment[] all = Deployment.Create(_router, definition, groupSpend: spend);
            _picker = new DeploymentPicker(all);
            _policy = Strategies.Create(RoutingStrategy.Weighted, definition, all[0].Table, _router.Random, TimeProvider.System, measure: null);
        }

        /// <summary>Picks that often, and returns the time of one in nanoseconds.</summary>
        public double Run(int picks)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < picks; i++)
            {
                if (!_picker.TryPick(_policy, _call, default, _router.Clock.Now, out Deployment picked, out Lease lease, out _)) throw new InvalidOperationException("Nobody can take the call.");
                picked.Leave(lease, new AttemptReport { Usage = Usage });
            }

            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / picks;
        }

        public void Dispose() => _router.Dispose();

        private static DeploymentDefinition Define(int index) => new()
        {
            Name = "deployment-" + index,
            Provider = "openai",
            Model = "gpt-4o-mini-" + index, // one model for all would be one endpoint, and one state
            Endpoint = "https://api.openai.com/v1",
            KeyVariable = "OPENAI_API_KEY",
            Codec = Codecs.OpenAI,
            Rpm = int.MaxValue,
            Tpm = int.MaxValue,
            MaxConcurrency = 1000,
            Prices = new ModelPrices(0.000001m, 0.000001m),
            Budget = 1_000_000,
        };
    }

    /// <summary>A store that grants all that there is, so that no pick finds a limit.</summary>
    private sealed class GenerousStore : IRouterStore
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken) => new(new StoreAnswer
        {
            Instances = 1,
            Rates = [.. report.Rates.Select(static wish => new RateGrant(wish.PerMinute, 1, TimeSpan.Zero, 1))],
            Amounts = [.. report.Amounts.Select(static wish => new AmountGrant(wish.Cap, 0, TimeSpan.FromDays(1), 1))],
        });

        public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken) => new([]);
    }
}
