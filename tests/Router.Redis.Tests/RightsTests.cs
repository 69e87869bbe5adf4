using System.Text.RegularExpressions;
using RouterGen.Redis.Tests.Server;

namespace RouterGen.Redis.Tests;

/// <summary>The rights that the documentation says a user needs: enough, and each of them needed.</summary>
public sealed partial class RightsTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rights_of_the_documentation_are_enough_and_none_is_too_many()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        string[] rule = Rule().Match(await File.ReadAllTextAsync(Page(), Test)).Value.Replace("PASSWORD", "s3cret", StringComparison.Ordinal).Split(' ');
        Assert.Equal("+OK\r\n", await server.RunAsync(rule));
        await AssertAllAsync(server);

        // What connects does without these where it must; the script does not.
        string[] script = [.. rule.Where(static right => right[0] == '+').Except(["+info", "+select", "+echo", "+ping", "+unsubscribe", "+subscribe", "+publish", "+eval"])];
        foreach (string right in script)
        {
            Assert.Equal("+OK\r\n", await server.RunAsync("ACL", "SETUSER", "router", "-" + right[1..]));
            Exception? failure = await Record.ExceptionAsync(() => AssertAllAsync(server));
            Assert.True(failure is IOException { Message: var message } && message.Contains("does not allow the user all that it needs", StringComparison.Ordinal), $"{right}: {failure}");
            Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
            Assert.Equal("+OK\r\n", await server.RunAsync("ACL", "SETUSER", "router", right));
        }

        await AssertAllAsync(server);
        Assert.Equal("+OK\r\n", await server.RunAsync("ACL", "SETUSER", "router", "resetkeys", "~other:*"));
        Assert.Contains("does not allow", (await Assert.ThrowsAsync<IOException>(() => AssertAllAsync(server))).Message, StringComparison.Ordinal);
    }

    // All that a store does, with a script that the server does not know and with one that it does.
    private static async Task AssertAllAsync(RedisServer server)
    {
        Assert.Equal("+OK\r\n", await server.RunAsync("SCRIPT", "FLUSH"));
        await using var store = new RedisRouterStore(server.Address(more: ",user=router,password=s3cret"));
        await using var other = new RedisRouterStore(server.Address(more: ",user=router,password=s3cret"));
        var hint = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        other.Changed += () => hint.TrySetResult();
        string fleet = "rights-" + Guid.NewGuid().ToString("N");
        int sequence = 0;
        while (!other.IsListening(fleet)) await other.ExchangeAsync(Report("listener"), Test);
        await store.ExchangeAsync(Report("a") with { Rates = [new RateWish("limit", 600, 0, 0, 1, 0)], Amounts = [new AmountWish("places", 5, null, 0, 1, 2, 0)], Summary = "{}" }, Test);
        await store.ExchangeAsync(Report("a") with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromMilliseconds(1), FailureKind.Overloaded, 529)], Controls = [new SharedControl("group/one", "draining", null)] }, Test);
        await hint.Task.WaitAsync(TimeSpan.FromSeconds(60), Test);
        Assert.Equal(["a", "listener"], (await store.InstancesAsync(fleet, Test)).Select(static one => one.Id));
        await Task.Delay(20, Test);
        await store.ExchangeAsync(Report("a") with { Amounts = [new AmountWish("places", 5, null, 0, 0, 0, 0)], IsLast = true }, Test);

        StoreReport Report(string instance) => new() { Fleet = fleet, Instance = instance, Sequence = ++sequence, Lifetime = TimeSpan.FromSeconds(5) };
    }

    private static string Page([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../docs/redis.md");

    [GeneratedRegex("ACL SETUSER [^\n]+")]
    private static partial Regex Rule();
}
