using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class MirroringTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_shadow_gets_its_share_of_the_calls_and_never_answers()
    {
        TestGroup group = Group(share: 0.25);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        for (int i = 0; i < 100; i++)
        {
            RoutedResponse reply = await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal("from a", reply.Text);
            Assert.Single(reply.Attempts);
            await SettleAsync(group);
        }

        Assert.InRange(_router.Transport.Asked.Count(static host => host == "shadow"), 24, 26);
        Assert.Equal(100, _router.Transport.Asked.Count(static host => host == "a"));
    }

    [Fact]
    public async Task A_callers_answer_does_not_wait_for_a_shadow_that_hangs()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Hang(out Task reached));
        Assert.Equal("from a", (await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken)).Text);
        _router.Time.Advance(TimeSpan.Zero);
        await reached;
        Assert.Equal(1, group.Deployments[1].InFlight);
        _router.Time.Advance(TimeSpan.FromSeconds(600)); // The copy has a deadline of its own.
        await SettleAsync(group);
    }

    [Fact]
    public async Task Copies_under_way_are_bounded()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Hang(out _));
        for (int i = 0; i < 100; i++) await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(32, group.Deployments[1].InFlight);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_fails_no_call_and_gives_its_place_back()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        for (int i = 0; i < 100; i++)
        {
            RoutedResponse reply = await group.CompleteAsync("Hello", new Uncopied(), TestContext.Current.CancellationToken);
            Assert.Equal("from a", reply.Text);
        }

        await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await SettleAsync(group);
        Assert.Single(_router.Transport.Asked, static host => host == "shadow");
    }

    private sealed class Uncopied : ChatOptions
    {
        public override ChatOptions Clone() => throw new InvalidOperationException("There is one of me.");
    }

    [Fact]
    public async Task What_fails_at_a_shadow_is_the_shadows_alone()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"));
        RoutedResponse reply = await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0.00002m, reply.Cost);
        await SettleAsync(group);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Deployments[1].Status.Health);

        await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await SettleAsync(group);
        Assert.Single(_router.Transport.Asked, static host => host == "shadow"); // It cools down: no copy.
    }

    [Fact]
    public async Task A_stream_is_copied_too_and_the_copy_outlives_the_callers_messages()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Events("from a", "[end]")).On("shadow", FakeTransport.Text("from shadow"));
        var messages = new List<ChatMessage> { new(ChatRole.User, "Hello") };
        await group.StreamAsync(messages, cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        messages.Clear();
        await SettleAsync(group);
        Assert.Contains("shadow", _router.Transport.Asked);
        Assert.Equal(0, group.Deployments[1].Status.FailuresInARow);
    }

    [Fact]
    public async Task What_a_caller_demands_holds_for_copies_too()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        CallOptions[] refusing =
        [
            new() { Region = "eu" },
            new() { Tags = ["free"] },
            new() { ExcludedTags = ["paid"] },
            new() { Deployment = "a" },
            new() { ApiKeys = new Dictionary<string, string> { ["other"] = "sk-callers-own-key" } },
        ];
        foreach (CallOptions routing in refusing)
        {
            await AskAsync(group, routing);
            await SettleAsync(group);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => group.CompleteAsync("Hello", cancellationToken: new CancellationToken(canceled: true)));
        await SettleAsync(group);
        Assert.DoesNotContain("shadow", _router.Transport.Asked);

        await AskAsync(group, new CallOptions { Tags = ["SHARED"] });
        await SettleAsync(group);
        Assert.Single(_router.Transport.Asked, static host => host == "shadow");
    }

    [Fact]
    public async Task A_copy_costs_the_shadow_not_the_group()
    {
        TestGroup group = Group(share: 1, budget: 0.00003m); // A call costs 0.00002.
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        for (int i = 0; i < 2; i++)
        {
            await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            await SettleAsync(group);
        }

        Assert.Equal(0.00004m, group.Spend.Spent);
        Assert.Equal(0.00004m, group.Deployments[1].Status.Spend.Spent);

        // Nor does the group's budget, now that it is spent, keep copies away.
        Assert.True(group.Deployments[1].TryEnter(_router.Context.Clock.Now, Subjects.Call(), out _));
    }

    [Fact]
    public async Task A_shadow_that_has_spent_its_budget_gets_no_copies()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [Deployment("a", "eu", []), Deployment("shadow", "us", [], share: 1, budget: 0.00001m)] });
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        for (int i = 0; i < 3; i++)
        {
            await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            await SettleAsync(group);
        }

        Assert.Single(_router.Transport.Asked, "shadow");
    }

    [Fact]
    public async Task A_token_limit_that_is_set_live_holds_for_copies()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Hang(out Task reached));
        group["shadow"].SetLimits(rpm: null, tpm: 1000, maxConcurrency: null);
        await group.CompleteAsync(new string('x', 2000), cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.Zero);
        await reached;
        Assert.Equal(0.499, group.Deployments[1].Headroom, 3); // 501 tokens, as estimated
    }

    [Fact]
    public async Task The_groups_policy_hears_nothing_of_shadows()
    {
        TestGroup group = Group(share: 1);
        var observed = new List<string>();
        group.Policy = new Observing(observed.Add);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await SettleAsync(group);
        Assert.Contains("shadow", _router.Transport.Asked);
        Assert.Equal(["a"], observed);
    }

    private sealed class Observing(Action<string> see) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation) => see(observation.Deployment.Name);
    }

    private TestGroup Group(double share, decimal? budget = null) => _router.Group(new GroupDefinition
    {
        Name = "test",
        Budget = budget,
        Deployments = [Deployment("a", "eu", ["free", "shared"]), Deployment("shadow", "us", ["paid", "shared"], share)],
    });

    private static DeploymentDefinition Deployment(string name, string region, string[] tags, double share = 0, decimal? budget = null) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainCodec(),
        Prices = new ModelPrices(1m, 2m),
        Region = region,
        Tags = tags,
        MirrorShare = share,
        Budget = budget,
    };

    private static Task AskAsync(TestGroup group, CallOptions routing) => group.CompleteAsync("Hello", routing, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Copies start as soon as time is looked at; then waits until none is under way.</summary>
    private async Task SettleAsync(TestGroup group)
    {
        _router.Time.Advance(TimeSpan.Zero);
        while (group.Status.Any(static status => status.InFlight > 0)) await Task.Yield();
    }
}
