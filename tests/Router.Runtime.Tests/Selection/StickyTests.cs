using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class StickyTests
{
    private const int Keys = 20_000;

    private readonly RouterContext _context = Subjects.Context();

    [Theory]
    [InlineData("", 0UL)]
    [InlineData("user-1", 18175731982960332874UL)]
    [InlineData("Überraschung", 1638932133583305404UL)]
    public void A_hash_is_the_same_in_every_process(string text, ulong expected) => Assert.Equal(expected, StableHash.Of(text));

    [Fact]
    public void A_key_keeps_to_one_whatever_the_order_of_the_others()
    {
        string[] names = ["a", "b", "c", "d"];
        Deployment[] forward = Make(names);
        Deployment[] backward = Make([.. names.Reverse()]);
        for (int i = 0; i < 200; i++) Assert.Equal(PickOf(forward, $"user-{i}"), PickOf(backward, $"user-{i}"));
    }

    [Fact]
    public void Over_many_keys_the_shares_are_as_the_weights()
    {
        Deployment[] deployments = Subjects.Deployments(_context, Subjects.Definition("a", weight: 1), Subjects.Definition("b", weight: 2), Subjects.Definition("c", weight: 7));
        var counts = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 0 };
        for (int i = 0; i < Keys; i++) counts[PickOf(deployments, $"user-{i}")]++;

        // Four standard deviations of a binomial share.
        foreach ((string name, double share) in new[] { ("a", 0.1), ("b", 0.2), ("c", 0.7) })
            Assert.InRange(counts[name], Keys * share - 4 * Math.Sqrt(Keys * share * (1 - share)), Keys * share + 4 * Math.Sqrt(Keys * share * (1 - share)));
    }

    [Fact]
    public void When_one_goes_away_only_its_keys_move_and_evenly()
    {
        Deployment[] all = Make("a", "b", "c", "d");
        int[] withoutB = [0, 2, 3];
        var moved = new Dictionary<string, int> { ["a"] = 0, ["c"] = 0, ["d"] = 0 };
        for (int i = 0; i < Keys; i++)
        {
            string before = PickOf(all, $"user-{i}");
            string after = PickOf(all, $"user-{i}", withoutB);
            if (before == "b") moved[after]++;
            else Assert.Equal(before, after);
        }

        Assert.All(moved.Values, count => Assert.InRange(count, Keys / 12 * 0.85, Keys / 12 * 1.15));
    }

    [Fact]
    public void A_greater_weight_only_draws_keys_toward_it()
    {
        Deployment[] before = Make("a", "b", "c");
        Deployment[] after = Subjects.Deployments(_context, Subjects.Definition("a"), Subjects.Definition("b", weight: 3), Subjects.Definition("c"));
        for (int i = 0; i < 2_000; i++)
        {
            string now = PickOf(after, $"user-{i}");
            if (now != "b") Assert.Equal(PickOf(before, $"user-{i}"), now);
        }
    }

    [Fact]
    public void A_session_comes_back_when_its_deployment_does()
    {
        var time = new VirtualTime();
        RouterContext context = Subjects.Context(time);
        Deployment[] deployments = Subjects.Deployments(context, Subjects.Definition("a"), Subjects.Definition("b"), Subjects.Definition("c"));
        var picker = new DeploymentPicker(deployments);
        CallProfile call = Subjects.Call(routing: new CallOptions { SessionKey = "user-1" });
        PickFilter choice = default(PickFilter) with { Sticky = StickyKey.Of(call, Group) };
        string home = Pick();
        for (int i = 0; i < 10; i++) Assert.Equal(home, Pick());

        deployments.Single(deployment => deployment.Name == home).Breakers.Outage.Fail(context.Clock.Now + TimeSpan.FromSeconds(5).Ticks, probe: false);
        string other = Pick();
        Assert.NotEqual(home, other);
        for (int i = 0; i < 10; i++) Assert.Equal(other, Pick());
        time.Advance(TimeSpan.FromSeconds(5));
        for (int i = 0; i < 10; i++) Assert.Equal(home, Pick());

        string Pick()
        {
            Assert.True(picker.TryPick(new WeightedPolicy(context.Random), call, choice, context.Clock.Now, out Deployment picked, out Lease lease, out _));
            picked.Leave(lease, default);
            return picked.Name;
        }
    }

    [Fact]
    public void A_pin_is_left_while_it_is_twice_as_slow_and_taken_up_again()
    {
        Deployment[] deployments = Make("a", "b", "c");
        StickyKey key = StickyKey.Of(Subjects.Call(routing: new CallOptions { SessionKey = "user-1" }), Group);
        int home = Pick(0);
        foreach (Deployment deployment in deployments) Measure(deployment, 200, 0);
        Assert.Equal(home, Pick(0));

        for (int i = 0; i < 50; i++) Measure(deployments[home], 390, 0);
        Assert.Equal(home, Pick(0));
        for (int i = 0; i < 50; i++) Measure(deployments[home], 2_000, 0);
        int other = Pick(0);
        Assert.NotEqual(home, other);
        Assert.Equal(home, Pick(0, keepsShares: true)); // A test's arm is not left.

        // After a long silence one call measures it; the others wait for what that finds.
        long later = TimeSpan.FromSeconds(120).Ticks;
        Assert.Equal(home, Pick(later));
        Assert.Equal(other, Pick(later));
        Measure(deployments[home], 150, later);
        Assert.Equal(home, Pick(later));

        int Pick(long now, bool keepsShares = false) => StickyChoice.Pick(new SelectionContext(deployments, [0, 1, 2], Subjects.Call(), now), key, keepsShares);

        static void Measure(Deployment deployment, double milliseconds, long now) =>
            deployment.LatencyOf(streaming: false).Add(TimeSpan.FromMilliseconds(milliseconds).Ticks, inputTokens: 0, now, inFlight: 1);
    }

    [Fact]
    public void Among_the_fast_and_the_unknown_no_pin_is_left()
    {
        Deployment[] deployments = Make("a", "b", "c");
        StickyKey key = StickyKey.Of(Subjects.Call(routing: new CallOptions { SessionKey = "user-1" }), Group);
        int home = StickyChoice.Pick(new SelectionContext(deployments, [0, 1, 2], Subjects.Call(), 0), key, keepsShares: false);
        deployments[home].LatencyOf(streaming: false).Add(TimeSpan.FromMilliseconds(5_000).Ticks, 0, 0, inFlight: 1);
        Assert.Equal(home, StickyChoice.Pick(new SelectionContext(deployments, [0, 1, 2], Subjects.Call(), 0), key, keepsShares: false));

        Deployment[] fast = Make("a", "b", "c");
        foreach (Deployment deployment in fast) deployment.LatencyOf(streaming: false).Add(TimeSpan.FromMilliseconds(deployment.Index == home ? 90 : 2).Ticks, 0, 0, inFlight: 1);
        Assert.Equal(home, StickyChoice.Pick(new SelectionContext(fast, [0, 1, 2], Subjects.Call(), 0), key, keepsShares: false));
    }

    [Fact]
    public void Limits_go_before_it()
    {
        Deployment[] deployments = Subjects.Deployments(_context, Subjects.Definition("a", rpm: 2), Subjects.Definition("b", rpm: 2));
        var picker = new DeploymentPicker(deployments);
        CallProfile call = Subjects.Call(routing: new CallOptions { SessionKey = "user-1" });
        PickFilter choice = default(PickFilter) with { Sticky = StickyKey.Of(call, Group) };
        string[] picked = [.. Enumerable.Range(0, 4).Select(_ => picker.TryPick(new WeightedPolicy(_context.Random), call, choice, 0, out Deployment one, out Lease _, out long _) ? one.Name : "")];
        Assert.Equal(picked[0], picked[1]);
        Assert.NotEqual(picked[1], picked[2]);
        Assert.Equal(picked[2], picked[3]);
    }

    [Fact]
    public void A_prefix_leaves_a_deployment_that_has_more_than_its_share()
    {
        Deployment[] deployments = Make("a", "b", "c", "d");
        var picker = new DeploymentPicker(deployments);
        CallProfile call = Subjects.Call();
        PickFilter choice = default(PickFilter) with { Sticky = new StickyKey(42, StickyKind.Prefix) };
        for (int i = 0; i < 400; i++) Assert.True(picker.TryPick(new WeightedPolicy(_context.Random), call, choice, 0, out _, out _, out _));
        Assert.All(deployments, deployment => Assert.InRange(deployment.InFlight, 0, 1.25 * 100 + 2));

        choice = default(PickFilter) with { Sticky = new StickyKey(42, StickyKind.Session) };
        int[] before = [.. deployments.Select(static deployment => deployment.InFlight)];
        for (int i = 0; i < 400; i++) Assert.True(picker.TryPick(new WeightedPolicy(_context.Random), call, choice, 0, out _, out _, out _));
        Assert.Single(deployments, deployment => deployment.InFlight == before[deployment.Index] + 400); // A session stays.
    }

    [Fact]
    public void A_prefix_that_alone_is_under_way_keeps_to_one()
    {
        Deployment[] deployments = Make("a", "b", "c", "d");
        var context = new SelectionContext(deployments, [0, 1, 2, 3], Subjects.Call(), 0);
        int first = StickyChoice.Pick(context, new StickyKey(7, StickyKind.Prefix), keepsShares: false);
        Assert.True(deployments[first].TryEnter(0, Subjects.Call(), out _));
        Assert.Equal(first, StickyChoice.Pick(context, new StickyKey(7, StickyKind.Prefix), keepsShares: false));
    }

    [Fact]
    public void Only_a_session_or_a_long_prompt_where_the_group_asks_for_it_is_a_key()
    {
        string longText = new('x', 5_000);
        Assert.True(KeyOf(longText, affinity: false).IsNone);
        Assert.True(KeyOf(new string('x', 4_095), affinity: true).IsNone);
        Assert.Equal(StickyKind.Prefix, KeyOf(new string('x', 4_096), affinity: true).Kind);
        Assert.Equal(StickyKind.Prefix, KeyOf(new string('x', 96), affinity: true, instructions: new string('y', 4_000)).Kind);
        Assert.Equal(StickyKind.Session, KeyOf(longText, affinity: true, session: "user-1").Kind);
        Assert.True(KeyOf("Hello", affinity: true, session: "").IsNone);
    }

    [Fact]
    public void What_a_provider_would_have_cached_is_what_a_prefix_key_is_made_of()
    {
        string start = new('x', 4_096);
        StickyKey key = KeyOf(start, affinity: true);
        Assert.Equal(key, KeyOf(start + " and a question", affinity: true));
        Assert.Equal(key, KeyOf(start, affinity: true, next: "a later turn"));
        Assert.NotEqual(key, KeyOf("y" + start[1..], affinity: true));
        Assert.NotEqual(key, KeyOf(start[1..] + "y", affinity: true));
        Assert.NotEqual(key, KeyOf(start, affinity: true, instructions: "Be brief."));
        Assert.NotEqual(key, KeyOf(start, affinity: true, tool: "search"));
        Assert.NotEqual(KeyOf(start, affinity: true, tool: "find"), KeyOf(start, affinity: true, tool: "search"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_sticky_pick_allocates_nothing(int count)
    {
        Deployment[] deployments = Subjects.Deployments(_context, [.. Enumerable.Range(0, count).Select(static index => Subjects.Definition($"d{index}", weight: 1 + index, rpm: 1_000_000, tpm: 100_000_000, maxConcurrency: 4))]);
        var picker = new DeploymentPicker(deployments);
        var policy = new WeightedPolicy(_context.Random);
        var group = new GroupDefinition { Name = "group", Deployments = [], PromptCacheAffinity = true };
        CallProfile call = new(new ChatRequest([new ChatMessage(ChatRole.User, new string('x', 8_000))], new ChatOptions { Instructions = "Be brief." }, isStreaming: false), CallOptions.None, Tokens: 10);
        Run(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                PickFilter choice = default(PickFilter) with { Sticky = StickyKey.Of(call, group) };
                if (picker.TryPick(policy, call, choice, 0, out Deployment picked, out Lease lease, out _)) picked.Leave(lease, default);
            }
        }
    }

    private static GroupDefinition Group { get; } = new() { Name = "group", Deployments = [] };

    private Deployment[] Make(params string[] names) => Subjects.Deployments(_context, [.. names.Select(static name => Subjects.Definition(name))]);

    private static string PickOf(Deployment[] deployments, string session, int[]? eligible = null)
    {
        CallProfile call = Subjects.Call(routing: new CallOptions { SessionKey = session });
        int[] indexes = eligible ?? [.. Enumerable.Range(0, deployments.Length)];
        return deployments[indexes[StickyChoice.Pick(new SelectionContext(deployments, indexes, call, 0), StickyKey.Of(call, Group), keepsShares: false)]].Name;
    }

    private static StickyKey KeyOf(string text, bool affinity, string? session = null, string? instructions = null, string? tool = null, string? next = null)
    {
        ChatMessage[] messages = next is null ? [new ChatMessage(ChatRole.User, text)] : [new ChatMessage(ChatRole.User, text), new ChatMessage(ChatRole.User, next)];
        var options = new ChatOptions { Instructions = instructions, Tools = tool is null ? null : [AIFunctionFactory.Create(static () => 1, tool)] };
        var call = new CallProfile(new ChatRequest(messages, options, isStreaming: false), new CallOptions { SessionKey = session }, 0);
        return StickyKey.Of(call, new GroupDefinition { Name = "group", Deployments = [], PromptCacheAffinity = affinity });
    }
}
