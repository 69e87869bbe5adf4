using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Groups that stand in for each other: a call visits each once, wherever it begins, and ends.</summary>
public sealed class MutualFallbackTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData("a", "a b")]
    [InlineData("b", "b a")]
    public async Task Of_two_groups_each_is_asked_once(string first, string asked)
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b");
        groups["a"].General = [groups["b"]];
        groups["b"].General = [groups["a"]];

        await AssertAllAskedAsync(groups[first], FailureKind.Overloaded, asked);
    }

    [Theory]
    [InlineData("a", "a b c")]
    [InlineData("b", "b a c")]
    [InlineData("c", "c a b")]
    public async Task Of_three_groups_that_all_name_each_other_each_is_asked_once(string first, string asked)
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b", "c");
        foreach ((string name, TestGroup group) in groups) group.General = [.. groups.Where(other => other.Key != name).Select(other => other.Value)];

        await AssertAllAskedAsync(groups[first], FailureKind.Overloaded, asked);
    }

    [Theory]
    [InlineData("a", "a b c")]
    [InlineData("b", "b c a")]
    [InlineData("c", "c a b")]
    public async Task A_ring_is_gone_round_once(string first, string asked)
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b", "c");
        groups["a"].General = [groups["b"]];
        groups["b"].General = [groups["c"]];
        groups["c"].General = [groups["a"]];

        await AssertAllAskedAsync(groups[first], FailureKind.Overloaded, asked);
    }

    [Theory]
    [InlineData(FailureKind.ContentFiltered, "a", "a b")]
    [InlineData(FailureKind.ContentFiltered, "b", "b a")]
    [InlineData(FailureKind.ContextWindowExceeded, "a", "a b")]
    [InlineData(FailureKind.ContextWindowExceeded, "b", "b a")]
    public async Task Those_for_the_content_and_for_the_window_likewise(FailureKind kind, string first, string asked)
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b");
        groups["a"].Larger = groups["a"].Lenient = [groups["b"]];
        groups["b"].Larger = groups["b"].Lenient = [groups["a"]];

        await AssertAllAskedAsync(groups[first], kind, asked);
    }

    [Fact]
    public async Task One_occasion_may_lead_back_to_where_another_came_from()
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b");
        groups["a"].Lenient = [groups["b"]];
        groups["b"].General = [groups["a"]];
        Transport.On("a", Failing(FailureKind.ContentFiltered)).On("b", Failing(FailureKind.Overloaded));

        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(groups["a"].CompleteAsync("Hi", CallOnce)));

        Assert.Equal(["a", "b"], Transport.Asked);
    }

    [Fact]
    public async Task The_other_group_answers()
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b");
        groups["a"].General = [groups["b"]];
        groups["b"].General = [groups["a"]];
        Transport.On("a", FakeTransport.Text("from a")).On("b", Failing(FailureKind.Overloaded));

        Assert.Equal("from a", (await groups["b"].CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task A_stream_ends_too()
    {
        Dictionary<string, TestGroup> groups = Groups("a", "b");
        groups["a"].General = [groups["b"]];
        groups["b"].General = [groups["a"]];
        foreach (string host in groups.Keys) Transport.On(host, Failing(FailureKind.Overloaded));

        Task<RoutingException> failure = Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (var _ in groups["b"].StreamAsync("Hi", CallOnce))
            {
            }
        });

        await _router.RunAsync(failure);
        Assert.Equal(["b", "a"], Transport.Asked);
    }

    // More attempts than there are deployments, none of which is asked again.
    private static readonly CallOptions CallOnce = new()
    {
        MaxAttempts = 20,
        Retries = new Dictionary<FailureKind, int> { [FailureKind.Overloaded] = 0, [FailureKind.ContentFiltered] = 0, [FailureKind.ContextWindowExceeded] = 0 },
    };

    private async Task AssertAllAskedAsync(TestGroup group, FailureKind kind, string asked)
    {
        foreach (string host in new[] { "a", "b", "c" }) Transport.On(host, Failing(kind));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", CallOnce)));

        Assert.Equal(asked, string.Join(' ', Transport.Asked));
        Assert.Equal(asked, string.Join(' ', failure.Attempts.Select(attempt => attempt.Deployment)));
    }

    private static FakeTransport.Reply Failing(FailureKind kind) => FakeTransport.Respond(HttpStatusCode.BadRequest, $"!{kind} no");

    private Dictionary<string, TestGroup> Groups(params string[] names) =>
        names.ToDictionary(name => name, name => _router.Group(new GroupDefinition { Name = name, Deployments = [TestRouter.Deployment(name)] }));
}
