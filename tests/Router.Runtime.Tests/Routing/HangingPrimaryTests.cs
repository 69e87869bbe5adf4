using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>A deployment that accepts requests and never answers: no caller after the first pays for finding out.</summary>
public sealed class HangingPrimaryTests
{
    private const double Limit = 6;

    private readonly TestRouter _router = new();
    private bool _streams;

    private FakeTransport Transport => _router.Transport;

    public enum Kind
    {
        Whole,
        Stream,
        Synchronous,
    }

    public static TheoryData<Kind> Kinds => [Kind.Whole, Kind.Stream, Kind.Synchronous];

    [Fact]
    public async Task It_rests_no_less_than_its_failure_cost()
    {
        TestGroup group = await HangAsync(Group());
        Assert.Equal(Limit, group.Status[0].CooldownRemaining.TotalSeconds, 0.001);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task While_another_can_answer_a_request_in_the_background_finds_out(Kind kind)
    {
        TestGroup group = await HangAsync(Group());
        Transport.Asked.Clear();
        for (int i = 0; i < 5; i++) Assert.Equal("b", await AskAsync(group, kind));
        Assert.Equal(["b", "b", "b", "b", "b"], Transport.Asked); // It rests.

        _router.Time.Advance(TimeSpan.FromSeconds(Limit + 0.1));
        Transport.On("a", FakeTransport.Hang(out Task reached));
        Transport.Asked.Clear();
        Assert.Equal("b", await AskAsync(group, kind));
        _router.Time.Advance(TimeSpan.Zero);
        await reached;
        for (int i = 0; i < 5; i++) Assert.Equal("b", await AskAsync(group, kind));
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Single(Transport.Asked, "a"); // One request finds out, and is no call.
        Assert.Equal(0, group.Status[0].Calls - 1);

        _router.Time.Advance(TimeSpan.FromSeconds(Limit));
        await UntilAsync(() => group.Status[0].InFlight == 0);
        Assert.True(group.Status[0].CooldownRemaining.TotalSeconds >= Limit - 0.001); // It hangs on, and rests again.
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_takes_calls_again_when_that_request_was_answered(Kind kind)
    {
        TestGroup group = await HangAsync(Group());
        _router.Time.Advance(TimeSpan.FromSeconds(Limit + 0.1));
        Answer("a");
        Assert.Equal("b", await AskAsync(group, kind));
        _router.Time.Advance(TimeSpan.Zero);
        await UntilAsync(() => group.Status[0].Health is DeploymentHealth.Healthy && group.Status[0].InFlight == 0);
        Assert.Equal(1, group.Status[0].LatencyProbes);
        Assert.Equal("a", await AskAsync(group, kind));
    }

    [Fact]
    public async Task A_fallback_group_that_can_answer_is_another()
    {
        TestGroup fallback = _router.Group(new GroupDefinition { Name = "fallback", Deployments = [TestRouter.Deployment("b")] });
        TestGroup group = Group(TestRouter.Deployment("a"));
        group.General = [fallback];
        await HangAsync(group);
        _router.Time.Advance(TimeSpan.FromSeconds(Limit + 0.1));
        Answer("a");
        Assert.Equal("b", await AskAsync(group, Kind.Stream));
        _router.Time.Advance(TimeSpan.Zero);
        await UntilAsync(() => group.Status[0].Health is DeploymentHealth.Healthy);
        Assert.Equal("a", await AskAsync(group, Kind.Stream));
    }

    [Fact]
    public async Task Where_nothing_else_can_answer_one_caller_at_a_time_finds_out()
    {
        TestGroup group = await HangAsync(Group());
        group.Deployments[1].Disable();
        _router.Time.Advance(TimeSpan.FromSeconds(Limit + 0.1));
        Transport.On("a", FakeTransport.Hang(out Task reached), Reply());
        Transport.Asked.Clear();
        Task<string> probe = AskAsync(group, Kind.Stream);
        await reached;
        Task<string>[] others = [.. Enumerable.Range(0, 3).Select(_ => AskAsync(group, Kind.Stream))];
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a"], Transport.Asked);
        group.Deployments[1].Enable();
        foreach (Task<string> other in others) Assert.Equal("b", await _router.RunAsync(other));
        _router.Time.Advance(TimeSpan.FromSeconds(Limit));
        Assert.Equal("b", await _router.RunAsync(probe));
    }

    [Fact]
    public async Task What_fails_at_once_is_found_out_about_by_callers()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.ServiceUnavailable, ""), Reply());
        Answer("b");
        Assert.Equal("b", await AskAsync(group, Kind.Stream));
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await AskAsync(group, Kind.Stream));
        Assert.Equal(0, group.Status[0].LatencyProbes);
    }

    [Fact]
    public async Task One_answer_that_went_astray_among_others_is_no_hang()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Hang(out Task reached), Reply());
        Answer("b");
        Task<string> astray = AskAsync(group, Kind.Stream);
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await AskAsync(group, Kind.Stream));
        _router.Time.Advance(TimeSpan.FromSeconds(Limit - 1));
        Assert.Equal("b", await _router.RunAsync(astray));
        Assert.InRange(group.Status[0].CooldownRemaining.TotalSeconds, 0.1, 0.3);
    }

    [Fact]
    public async Task A_transport_that_cannot_probe_leaves_it_to_a_caller()
    {
        TestGroup group = await HangAsync(Group());
        _router.Time.Advance(TimeSpan.FromSeconds(Limit + 0.1));
        Transport.On("a", FakeTransport.Throw(new NotSupportedException()), Reply());
        Assert.Equal("b", await AskAsync(group, Kind.Stream));
        _router.Time.Advance(TimeSpan.Zero);
        await UntilAsync(() => group.Status[0].InFlight == 0);
        Assert.Equal("a", await AskAsync(group, Kind.Stream));
    }

    /// <summary>a is preferred, b takes over.</summary>
    private TestGroup Group(params DeploymentDefinition[] deployments) => _router.Group(new GroupDefinition
    {
        Name = "test",
        FirstTokenTimeout = TimeSpan.FromSeconds(Limit),
        AttemptTimeout = TimeSpan.FromSeconds(Limit),
        Deployments = deployments.Length > 0 ? deployments : [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)],
    });

    private async Task<TestGroup> HangAsync(TestGroup group)
    {
        Transport.On("a", FakeTransport.Hang(out Task reached));
        Answer("b");
        Task<string> call = AskAsync(group, Kind.Stream);
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(Limit));
        Assert.Equal("b", await _router.RunAsync(call));
        return group;
    }

    private void Answer(string host) => Transport.On(host, Reply());

    /// <summary>Answers calls, and the router's own request, which is a stream.</summary>
    private FakeTransport.Reply Reply() => async (request, token) =>
    {
        bool stream = _streams || (await request.Content!.ReadAsStringAsync(token)).Contains("\"Hi\"", StringComparison.Ordinal);
        return await (stream ? FakeTransport.Events("x", "[end]") : FakeTransport.Text("x"))(request, token);
    };

    private async Task<string> AskAsync(TestGroup group, Kind kind)
    {
        _streams = kind is Kind.Stream;
        if (kind is Kind.Synchronous) return group.Complete("Hello").Deployment;
        if (kind is Kind.Whole) return (await group.CompleteAsync("Hello")).Deployment;
        RoutedResponseUpdate? last = null;
        await foreach (ChatResponseUpdate update in group.StreamAsync("Hello")) last = update as RoutedResponseUpdate;
        return last!.Deployment;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 10_000 && !condition(); i++) await Task.Yield();
        Assert.True(condition());
    }
}
