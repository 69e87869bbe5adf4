using System.Globalization;
using System.Text.RegularExpressions;
using RouterGen.Infrastructure;
using RouterGen.Redis.Exchange;
using RouterGen.Redis.Tests.Server;
using StackExchange.Redis;

namespace RouterGen.Redis.Tests;

/// <summary>What the script does beyond what all stores do: reports that come again or late, keys that end, periods of the calendar, clusters.</summary>
public sealed partial class ExchangeTests(SharedServers servers)
{
    private readonly string _fleet = "exchange-" + Guid.NewGuid().ToString("N");

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task A_report_that_comes_again_long_after_its_answer_held_counts_once_and_is_answered_anew(ServerKind kind)
    {
        await using var store = new RedisRouterStore((await servers.GetAsync(kind)).Address());
        StoreReport report = Spending("a", 1, 100) with { Lifetime = TimeSpan.FromMilliseconds(50), Rates = [new RateWish("limit", 600, Debt: 100, 0, 0, 0)] };
        Assert.Equal(100, (await store.ExchangeAsync(report, Test)).Amounts[0].Spent);
        await Task.Delay(200, Test);
        Assert.Equal(3, (await store.ExchangeAsync(Holding("b", 1, 3), Test)).Amounts[0].Held);

        // Meanwhile another has what it held.
        StoreAnswer again = await store.ExchangeAsync(report with { Lifetime = TimeSpan.FromSeconds(5), Amounts = [report.Amounts[0], Holding("a", 1, 5).Amounts[0]] }, Test);
        Assert.Equal((100, 2), (again.Amounts[0].Spent, again.Amounts[1].Held));
        Assert.InRange(again.Rates[0].Headroom, 0.83, 1);
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task A_report_that_was_late_counts_nothing_and_one_of_a_program_with_an_old_id_all(ServerKind kind)
    {
        await using var store = new RedisRouterStore((await servers.GetAsync(kind)).Address());
        Assert.Equal(10, (await store.ExchangeAsync(Spending("a", 1000, 10), Test)).Amounts[0].Spent);
        Assert.Equal(10, (await store.ExchangeAsync(Spending("a", 999, 5), Test)).Amounts[0].Spent);
        Assert.Equal(10, (await store.ExchangeAsync(Spending("a", 1000, 10), Test)).Amounts[0].Spent);
        Assert.Equal(12, (await store.ExchangeAsync(Spending("a", 1, 2), Test)).Amounts[0].Spent);
        Assert.Equal(14, (await store.ExchangeAsync(Spending("a", 2, 2), Test)).Amounts[0].Spent);
        StoreReport last = Spending("a", 3, 6) with { IsLast = true };
        Assert.Equal(20, (await store.ExchangeAsync(last, Test)).Amounts[0].Spent);
        Assert.Equal(20, (await store.ExchangeAsync(last, Test)).Amounts[0].Spent);
        Assert.Empty(await store.InstancesAsync(_fleet, Test));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task A_cooldown_is_taken_from_a_report_that_comes_again(ServerKind kind)
    {
        await using var store = new RedisRouterStore((await servers.GetAsync(kind)).Address());
        await store.ExchangeAsync(Spending("a", 1, 10), Test);
        StoreAnswer again = await store.ExchangeAsync(Spending("a", 1, 10) with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(30), FailureKind.RateLimited, 429)] }, Test);
        Assert.Equal(10, again.Amounts[0].Spent);
        Assert.Equal("endpoint", Assert.Single(again.Cooldowns).Scope);
    }

    [Fact]
    public async Task Changes_after_a_loss_of_data_are_new_to_those_that_knew_earlier_ones()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var store = new RedisRouterStore(server.Address());
        StoreAnswer known = await store.ExchangeAsync(Changing(1, "draining"), Test);
        Assert.Equal("+OK\r\n", await server.RunAsync("FLUSHALL"));
        StoreAnswer news = await store.ExchangeAsync(Changing(2, "enabled") with { ControlsSeen = known.ControlsSeen }, Test);
        Assert.Equal([new SharedControl("group/one", "enabled", null)], news.Controls);

        StoreReport Changing(long sequence, string state) => Report("a", sequence) with { Controls = [new SharedControl("group/one", state, null)] };
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task Each_key_ends_by_itself_and_all_are_the_fleets_own(ServerKind kind)
    {
        RedisServer server = await servers.GetAsync(kind);
        await using var store = new RedisRouterStore(server.Address());
        StoreReport report = Spending("a", 1, 10) with
        {
            Rates = [new RateWish("limit", 600, 700, 0, 10, 0)],
            Amounts = [new AmountWish("money", 1000, BudgetPeriod.Month, 1, 0, 10, 0), new AmountWish("places", 5, null, 0, 1, 2, 0)],
            Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(30), FailureKind.RateLimited, 429)],
            Controls = [new SharedControl("group/one", "draining", 0.1)],
            Summary = "{}",
        };
        await store.ExchangeAsync(report, Test);
        await store.ExchangeAsync(report with { Sequence = 2, Amounts = [report.Amounts[0] with { Wanted = 0 }, report.Amounts[1] with { Used = 0, Wanted = 0 }] }, Test);
        string prefix = $"{{routergen:{_fleet}}}:";
        string[] keys = [.. KeyNames().Matches(await server.RunAsync("KEYS", prefix.Replace("{", "\\{", StringComparison.Ordinal) + "*")).Select(static one => one.Value)];
        Assert.Equal(9, keys.Length);
        foreach (string key in keys)
        {
            long left = long.Parse((await server.RunAsync("PTTL", key)).Trim()[1..], CultureInfo.InvariantCulture);
            Assert.True(left is > 0 and <= 32L * 24 * 3600 * 1000, $"{key} is there for {left} ms");
        }
    }

    [Fact]
    public async Task A_cluster_has_all_keys_of_a_fleet_in_one_place()
    {
        await using RedisServer server = await RedisServer.StartAsync(settings: ["--cluster-enabled", "yes"]);
        Assert.Equal("+OK\r\n", await server.RunAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
        while (!(await server.RunAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal)) await Task.Delay(20, Test);
        foreach (string fleet in (string[])["default", "a}b", "{x}", "ü {}:"])
        {
            await using var store = new RedisRouterStore(server.Address());
            Assert.Equal(7, (await store.ExchangeAsync(Spending("}{a", 1, 7) with { Fleet = fleet, Rates = [new RateWish("{limit}", 600, 0, 0, 10, 0)] }, Test)).Amounts[0].Spent);
            Assert.Equal(["}{a"], (await store.InstancesAsync(fleet, Test)).Select(static one => one.Id));
        }
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task Periods_are_those_of_the_calendar(ServerKind kind)
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync((await servers.GetAsync(kind)).Address());
        string script = ExchangeScript.Text.Replace("call('TIME')", "{ARGV[2], ARGV[3]}", StringComparison.Ordinal);
        Assert.NotEqual(ExchangeScript.Text, script);
        DateTime day = new(2025, 12, 30, 23, 59, 58, 250);
        for (int i = 0; i < 400; i++, day = day.AddDays(i % 2 == 0 ? 1 : 29).AddMinutes(7)) await AssertEndsAsync(day);
        foreach (int year in (int[])[2027, 2028, 2099, 2100, 2101, 2400, 2999])
        {
            foreach (DateTime start in Enumerable.Range(1, 12).Select(month => new DateTime(year, month, 1)))
            {
                await AssertEndsAsync(start);
                await AssertEndsAsync(start.AddMilliseconds(-1));
            }
        }

        async Task AssertEndsAsync(DateTime now)
        {
            TimeSpan sinceEpoch = now - DateTime.UnixEpoch;
            StoreReport report = Report("a", 1) with { Amounts = [.. Enum.GetValues<BudgetPeriod>().Select(static period => new AmountWish(period.ToString(), 9, period, 0, 0, 0, 0))] };
            long seconds = (long)Math.Floor(sinceEpoch.TotalSeconds);
            RedisKey[] keys = new FleetKeys($"{_fleet}-{now.Ticks}").Of(report);
            RedisResult result = await connection.GetDatabase().ScriptEvaluateAsync(script, keys, [StoreText.Write(report), seconds, (long)(sinceEpoch - TimeSpan.FromSeconds(seconds)).TotalMicroseconds]);
            DateTime[] ends = [.. StoreText.Read((string)result[0]!).Amounts.Select(amount => now + amount.EndsIn)];
            Assert.Equal(Enum.GetValues<BudgetPeriod>().Select(period => EndOf(now, period)), ends);
        }

        static DateTime EndOf(DateTime now, BudgetPeriod period) => period switch
        {
            BudgetPeriod.Minute => new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0).AddMinutes(1),
            BudgetPeriod.Hour => now.Date.AddHours(now.Hour + 1),
            BudgetPeriod.Day => now.Date.AddDays(1),
            _ => new DateTime(now.Year, now.Month, 1).AddMonths(1),
        };
    }

    [GeneratedRegex(@"\{routergen:[^\r\n]+")]
    private static partial Regex KeyNames();

    private StoreReport Report(string instance, long sequence) => new() { Fleet = _fleet, Instance = instance, Sequence = sequence, Lifetime = TimeSpan.FromSeconds(5) };

    private StoreReport Spending(string instance, long sequence, long spent) => Report(instance, sequence) with { Amounts = [new AmountWish("money", 1_000_000, BudgetPeriod.Month, spent, 0, 1, 0)] };

    private StoreReport Holding(string instance, long sequence, long wanted) => Report(instance, sequence) with { Amounts = [new AmountWish("places", 5, null, 0, 0, wanted, wanted)] };
}
