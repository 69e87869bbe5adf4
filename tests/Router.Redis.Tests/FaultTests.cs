using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Redis.Tests.Server;

namespace RouterGen.Redis.Tests;

/// <summary>A server that is away, killed, a replica, full or without its scripts, and a network that is slow, silent or cut: calls go on without waiting for it, and what was used is counted once.</summary>
public sealed class FaultTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_found_later()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var program = new FleetProgram(server.Address());
        await AssertFailsAsync(program, "cannot be reached", server.Port);
        await server.StartAgainAsync();
        await program.CallUntilAnsweredAsync();
        Assert.Equal("one", Assert.Single(await program.Fleet.InstancesAsync(Test)).Id);
    }

    [Fact]
    public async Task A_server_that_is_killed_comes_back_with_full_limits_and_what_is_spent_from_then_on()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var program = new FleetProgram(server.Address());
        await program.CallUntilAnsweredAsync();
        await program.CallUntilAsync(() => program.Spent > 0, "something is spent");
        for (int i = 0; i < 3; i++)
        {
            await server.KillAsync();
            await AssertFailsAsync(program, "Redis", server.Port);
            await server.StartAgainAsync();
            await program.CallUntilAnsweredAsync();
        }

        await using var store = new RedisRouterStore(server.Address());
        Assert.Equal((600, 5), await UseAsync(store, "a", 1, 5));
        await server.KillAsync();
        await Assert.ThrowsAsync<IOException>(() => UseAsync(store, "a", 2, 7));
        await server.StartAgainAsync();
        Assert.Equal((600, 7), await RepeatAsync(store, "a", 2, 7));
    }

    [Fact]
    public async Task Scripts_that_a_server_has_lost_are_sent_again()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var store = new RedisRouterStore(server.Address());
        Assert.Equal(1, (await UseAsync(store, "a", 1, 1)).Spent);
        Assert.Equal("+OK\r\n", await server.RunAsync("SCRIPT", "FLUSH"));
        Assert.Equal(2, (await UseAsync(store, "a", 2, 1)).Spent);
        Assert.Equal(3, (await UseAsync(store, "a", 3, 1)).Spent);
    }

    [Fact]
    public async Task A_network_that_takes_a_second_is_no_failure()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var network = new FaultyNetwork(server.Port) { Delay = TimeSpan.FromSeconds(1) };
        await using var store = new RedisRouterStore(server.Address(network.Port));
        Assert.Equal(1, (await UseAsync(store, "a", 1, 1)).Spent);
        Assert.Equal(2, (await UseAsync(store, "a", 2, 1)).Spent);
        network.Delay = TimeSpan.Zero;

        // And of one that answers later than what it granted holds, calls take no notice.
        await using var program = new FleetProgram(server.Address(network.Port));
        await program.CallUntilAnsweredAsync();
        network.Delay = TimeSpan.FromSeconds(1);
        await program.CallUntilAsync(() => program.Fleet.LastError is not null, "the store is too slow");
        int answers = program.Answers;
        for (int i = 0; i < 20; i++) await program.CallAsync();
        Assert.InRange(program.Answers, answers, answers + 1);
        network.Delay = TimeSpan.Zero;
        await program.CallUntilAnsweredAsync();
    }

    [Theory]
    [InlineData("has not answered in time")] // Commands are lost on a connection that goes on: no reply may be taken for that of another one.
    [InlineData("cannot be reached")] // The connection is given up as dead.
    public async Task A_silent_network_is_noticed_and_what_follows_it_is_used(string until)
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var network = new FaultyNetwork(server.Port);
        await using var program = new FleetProgram(server.Address(network.Port));
        await program.CallUntilAnsweredAsync();
        network.IsSilent = true;
        await AssertFailsAsync(program, until, network.Port);
        int answers = program.Answers;
        for (int i = 0; i < 20; i++) await program.CallAsync();
        Assert.Equal(answers, program.Answers);
        network.IsSilent = false;
        await program.CallUntilAnsweredAsync();
    }

    [Fact]
    public async Task Connections_that_are_cut_before_the_reply_count_nothing_twice()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var network = new FaultyNetwork(server.Port);
        await using var store = new RedisRouterStore(server.Address(network.Port));
        long spent = 0;
        for (int sequence = 1; sequence <= 25; sequence++)
        {
            if (sequence % 2 == 0) network.CutReplies(1);
            spent += sequence;
            Assert.Equal(spent, (await RepeatAsync(store, "a", sequence, sequence)).Spent);
        }

        Assert.True(network.Lost >= 10, $"{network.Lost} replies were lost");
        await using var other = new RedisRouterStore(server.Address());
        Assert.Equal(spent, (await UseAsync(other, "b", 1, 0)).Spent);
    }

    [Fact]
    public async Task A_replica_is_told_as_one_and_used_when_it_is_the_primary()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var program = new FleetProgram(server.Address());
        await program.CallUntilAnsweredAsync();
        Assert.Equal("+OK\r\n", await server.RunAsync("REPLICAOF", "127.0.0.1", "1"));
        await AssertFailsAsync(program, "is a replica, which is read-only", server.Port);
        Assert.Equal("+OK\r\n", await server.RunAsync("REPLICAOF", "NO", "ONE"));
        await program.CallUntilAnsweredAsync();
    }

    [Fact]
    public async Task A_server_without_memory_is_told_as_one_and_used_when_it_has_some()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var program = new FleetProgram(server.Address());
        await program.CallUntilAnsweredAsync();
        Assert.Equal("+OK\r\n", await server.RunAsync("CONFIG", "SET", "maxmemory", "100000"));
        await AssertFailsAsync(program, "has no memory left", server.Port);
        Assert.Equal("+OK\r\n", await server.RunAsync("CONFIG", "SET", "maxmemory", "0"));
        await program.CallUntilAnsweredAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        await using RedisServer server = await RedisServer.StartAsync(settings: ["--requirepass", RedisServer.Password]);
        foreach (string more in (string[])[",password=wr0ng-secret", ",user=router,password=wr0ng-secret", ""])
        {
            await using var program = new FleetProgram(server.Address(more: more));
            await AssertFailsAsync(program, "refuses the user or the password", server.Port);
        }

        await using var right = new FleetProgram(server.Address(more: ",password=" + RedisServer.Password));
        await right.CallUntilAnsweredAsync();
        await using var url = new FleetProgram($"redis://:{Uri.EscapeDataString(RedisServer.Password)}@127.0.0.1:{server.Port}/3");
        await url.CallUntilAnsweredAsync();
        await server.KillAsync();
        await AssertFailsAsync(right, "cannot be reached", server.Port);
    }

    // Calls go on until the fleet's last failure says so.
    private static async Task AssertFailsAsync(FleetProgram program, string says, int port)
    {
        await program.CallUntilAsync(() => program.Fleet.LastError?.Message.Contains(says, StringComparison.Ordinal) == true, $"the store '{says}'");
        Exception failure = program.Fleet.LastError!;
        Assert.StartsWith($"Redis at 127.0.0.1:{port} ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(long Granted, long Spent)> UseAsync(RedisRouterStore store, string instance, long sequence, long spent)
    {
        StoreAnswer answer = await store.ExchangeAsync(
            new StoreReport
            {
                Fleet = "faults",
                Instance = instance,
                Sequence = sequence,
                Lifetime = TimeSpan.FromSeconds(5),
                Rates = [new RateWish("limit", 600, 0, 0, 600, 0)],
                Amounts = [new AmountWish("money", 1_000_000, BudgetPeriod.Month, spent, 0, 1, 0)],
            },
            Test);
        return (answer.Rates[0].Granted, answer.Amounts[0].Spent);
    }

    // As a fleet does it: the same report until it is answered.
    private static async Task<(long Granted, long Spent)> RepeatAsync(RedisRouterStore store, string instance, long sequence, long spent)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await UseAsync(store, instance, sequence, spent);
            }
            catch (IOException) when (i < 1000)
            {
                await Task.Delay(20, Test);
            }
        }
    }
}
