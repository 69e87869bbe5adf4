using RouterGen.Infrastructure;
using RouterGen.Redis.Exchange;
using RouterGen.Redis.Tests.Server;
using StackExchange.Redis;

namespace RouterGen.Redis.Tests;

/// <summary>The script against the store in memory: the same reports at the same times are answered the same.</summary>
public sealed class ModelTests(SharedServers servers)
{
    private static readonly BudgetPeriod?[] Periods = [null, BudgetPeriod.Minute, BudgetPeriod.Month];

    [Theory]
    [InlineData(ServerKind.Redis, 1)]
    [InlineData(ServerKind.Redis, 2)]
    [InlineData(ServerKind.Redis, 3)]
    [InlineData(ServerKind.Garnet, 4)]
    public async Task All_reports_are_answered_as_the_store_in_memory_does(ServerKind kind, int seed)
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync((await servers.GetAsync(kind)).Address());
        IDatabase database = connection.GetDatabase();
        string script = ExchangeScript.Text.Replace("call('TIME')", "{ARGV[2], ARGV[3]}", StringComparison.Ordinal);
        var clock = new StandingClock { Now = new DateTimeOffset(2026, 11, 30, 23, 50, 0, TimeSpan.Zero) };
        var model = new MemoryRouterStore(clock);
        var random = new Random(seed);
        var granted = new Dictionary<(string Instance, string Scope), long>();
        var lives = new Dictionary<string, DateTimeOffset>();
        string fleet = $"model-{Guid.NewGuid():N}";
        for (int sequence = 1; sequence <= 400; sequence++)
        {
            clock.Now += TimeSpan.FromMilliseconds(random.Next(5) == 0 ? random.Next(200_000) : random.Next(2000));
            string instance = $"i{random.Next(6)}";
            StoreReport report = new()
            {
                Fleet = fleet,
                Instance = instance,
                Sequence = sequence,
                Lifetime = TimeSpan.FromSeconds(random.Next(60, 120)),
                IsLast = random.Next(25) == 0,
                Rates = [.. Some(random).Select(i => new RateWish($"r{i}", (int)(60 * Math.Pow(10, i)), random.Next(3) == 0 ? random.Next(100) : 0, Returned(instance, $"r{i}"), random.Next(-1, 200), random.Next(2) * random.Next(150)))],
                Amounts = [.. Some(random).Select(i => new AmountWish($"a{i}", 1000, Periods[i], i == 0 ? 0 : random.Next(40), i == 0 ? random.Next(10) : 0, random.Next(200), random.Next(2) * random.Next(300)))],
            };
            StoreAnswer expected = await model.ExchangeAsync(report, TestContext.Current.CancellationToken);
            TimeSpan time = clock.Now - DateTimeOffset.UnixEpoch;
            long seconds = (long)Math.Floor(time.TotalSeconds);
            RedisResult result = await database.ScriptEvaluateAsync(script, new FleetKeys(fleet).Of(report), [StoreText.Write(report), seconds, (long)(time - TimeSpan.FromSeconds(seconds)).TotalMicroseconds]);
            StoreAnswer actual = StoreText.Read((string)result[0]!);
            Assert.Equal(expected.Amounts, actual.Amounts);
            Assert.Equal(expected.Rates.Select(static rate => (rate.Granted, rate.Instances, Math.Round(rate.Headroom, 5), Math.Ceiling(rate.OpensIn.TotalMilliseconds))), actual.Rates.Select(static rate => (rate.Granted, rate.Instances, Math.Round(rate.Headroom, 5), rate.OpensIn.TotalMilliseconds)));
            if (report.IsLast) lives.Remove(instance);
            else lives[instance] = clock.Now + report.Lifetime;
            if (!report.IsLast) Assert.Equal(lives.Values.Count(until => until > clock.Now), actual.Instances);
            for (int i = 0; i < report.Rates.Count; i++) granted[(instance, report.Rates[i].Scope)] = expected.Rates[i].Granted;
        }

        long Returned(string instance, string scope) => granted.TryGetValue((instance, scope), out long most) && most > 0 ? random.NextInt64(most) : 0;
    }

    private static IEnumerable<int> Some(Random random) => Enumerable.Range(0, 3).Where(_ => random.Next(3) > 0).ToArray();

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
