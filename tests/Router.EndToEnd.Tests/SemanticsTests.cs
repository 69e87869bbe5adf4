using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Each row of the semantics table, from a real answer on a real socket, in both dialects and in each way to ask.</summary>
public sealed class SemanticsTests : IAsyncLifetime
{
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new([Dialect.OpenAIChat, Dialect.AnthropicMessages], Enum.GetValues<Way>());

    /// <summary>What a provider may say that another provider may not: the fault, what it means, and whether it takes minutes to cure.</summary>
    private static readonly Dictionary<string, (Fault Fault, FailureKind Kind, int? Status, bool TakesMinutes)> Curable = new()
    {
        ["429"] = (Fault.RateLimited(), FailureKind.RateLimited, 429, false),
        ["quota"] = (Fault.Quota, FailureKind.QuotaExhausted, 429, true),
        ["402"] = (Fault.Status(402), FailureKind.QuotaExhausted, 402, true),
        ["401"] = (Fault.Status(401), FailureKind.AuthenticationFailed, 401, true),
        ["403"] = (Fault.Status(403), FailureKind.PermissionDenied, 403, true),
        ["404"] = (Fault.Status(404), FailureKind.ModelNotFound, 404, true),
        ["408"] = (Fault.Status(408, "", "text/plain"), FailureKind.Timeout, 408, false),
        ["500"] = (Fault.Status(500), FailureKind.ServerError, 500, false),
        ["502 with a page"] = (Fault.Status(502, "<html>Bad gateway</html>", "text/html"), FailureKind.ServerError, 502, false),
        ["503"] = (Fault.Status(503), FailureKind.Overloaded, 503, false),
        ["504"] = (Fault.Status(504), FailureKind.Timeout, 504, false),
        ["529"] = (Fault.Status(529), FailureKind.Overloaded, 529, false),
        ["reset"] = (Fault.Reset, FailureKind.ConnectionFailed, null, false),
    };

    public static MatrixTheoryData<Dialect, Way, string> CurableRows =>
        new([Dialect.OpenAIChat, Dialect.AnthropicMessages], Enum.GetValues<Way>(), Curable.Keys);

    public static MatrixTheoryData<Dialect, string> CurableRowsAskedOnce => new([Dialect.OpenAIChat, Dialect.AnthropicMessages], Curable.Keys);

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(CurableRows))]
    public async Task Another_deployment_answers_and_the_first_cools_down(Dialect dialect, Way way, string row)
    {
        (Fault fault, FailureKind kind, int? status, bool takesMinutes) = Curable[row];
        _world.Script(dialect).Always(fault);
        ChatGroup group = _world.Pair(dialect);

        Got got = await group.AskAsync(way);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.StartsWith("Hello from", got.Text);
        Assert.Equal([kind, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(status, got.Attempts[0].StatusCode);
        Assert.Equal(World.NameOf(dialect), got.Attempts[0].Model);
        Assert.True(got.Attempts[0].Message is { Length: >= 10 }, $"No help: '{got.Attempts[0].Message}'");
        Assert.Null(got.Attempts[1].Message);

        DeploymentStatus failed = group.Status[0];
        Assert.Equal(DeploymentHealth.CoolingDown, failed.Health);
        Assert.Equal(1, failed.FailuresInARow);
        Assert.Equal(takesMinutes, failed.CooldownRemaining > TimeSpan.FromMinutes(1));
        Assert.Equal(DeploymentHealth.Healthy, group.Status[1].Health);
        Assert.Contains(_world.Log.Entries, entry => entry.Level == (takesMinutes ? LogLevel.Error : LogLevel.Warning) && entry.Text.Contains(kind.ToString()));

        // While it cools nobody asks it, and there is no failure on the way.
        Got second = await group.AskAsync(way);
        Assert.Single(second.Attempts);
        Assert.Equal(1, _world.Script(dialect).Calls);
    }

    [Theory]
    [MemberData(nameof(CurableRowsAskedOnce))]
    public async Task The_only_deployment_is_asked_again_where_that_may_help(Dialect dialect, string row)
    {
        (Fault fault, FailureKind kind, int? status, bool takesMinutes) = Curable[row];
        _world.Script(dialect).Next(fault);

        if (takesMinutes)
        {
            RoutingException failure = await _world.Only(dialect).FailAsync(Way.Whole);
            Assert.Equal(kind, failure.Kind);
            Assert.Equal(status, failure.StatusCode);
            Assert.Single(failure.Attempts);
            Assert.Contains(World.NameOf(dialect), failure.Message);
            Assert.Contains(failure.ProviderMessage!, failure.Message);
            return;
        }

        Got got = await _world.Only(dialect).AskAsync(Way.Whole);
        Assert.Equal([kind, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(DeploymentHealth.Healthy, _world.Only(dialect).Status[0].Health);
        Assert.Equal(0, _world.Only(dialect).Status[0].FailuresInARow);
    }

    [Theory]
    [MemberData(nameof(CurableRowsAskedOnce))]
    public async Task A_group_without_an_answer_hands_over_to_its_fallback(Dialect dialect, string row)
    {
        (Fault fault, FailureKind kind, _, _) = Curable[row];
        _world.Script(dialect).Always(fault);
        _world.Script(World.Other(dialect)).Always(fault);

        if (kind is FailureKind.AuthenticationFailed or FailureKind.QuotaExhausted or FailureKind.PermissionDenied) // The last one: OpenAI refuses a whole country so.
        {
            // The fallback's key is the same as that of one of them: it is not asked.
            RoutingException failure = await _world.Fleet.Guarded.FailAsync(Way.Whole);
            Assert.Equal([kind, kind], failure.Attempts.Select(attempt => attempt.Outcome));
            Assert.Contains("of its key", failure.Message);
            Assert.Equal(0, _world.Providers["openai/gpt-4.1-nano"].Calls);
            return;
        }

        Got got = await _world.Fleet.Guarded.AskAsync(Way.Whole);

        Assert.Equal("openai/gpt-4.1-nano", got.Deployment);
        Assert.Equal([kind, kind, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(["guarded", "guarded", "rescue"], got.Attempts.Select(attempt => attempt.Group));
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, 400)]
    [InlineData(Dialect.OpenAIChat, 422)]
    [InlineData(Dialect.AnthropicMessages, 400)]
    [InlineData(Dialect.AnthropicMessages, 422)]
    public async Task A_request_that_nobody_would_take_goes_to_nobody_else(Dialect dialect, int status)
    {
        foreach (Way way in Enum.GetValues<Way>())
        {
            _world.Script(dialect).Next(Fault.Status(status));

            RoutingException failure = await _world.Pair(dialect).FailAsync(way);

            Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
            Assert.Equal(status, failure.StatusCode);
            Assert.Single(failure.Attempts);
            Assert.Null(failure.RetryAfter);
            Assert.Contains(failure.ProviderMessage!, failure.Message);
        }

        Assert.Equal(0, _world.Script(World.Other(dialect)).Calls);
        Assert.All(_world.Pair(dialect).Status, deployment => Assert.Equal(DeploymentHealth.Healthy, deployment.Health));
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task A_prompt_that_is_too_long_goes_to_a_larger_window_only(Way way)
    {
        // gpt-4o-mini has 128,000 tokens, claude-haiku-4-5 has 200,000.
        _world.Script(Dialect.OpenAIChat).Always(Fault.ContextWindow);
        Got got = await _world.Fleet.OpenaiFirst.AskAsync(way);
        Assert.Equal([FailureKind.ContextWindowExceeded, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(DeploymentHealth.Healthy, _world.Fleet.OpenaiFirst.Status[0].Health);

        _world.Providers.Reset();
        _world.Script(Dialect.AnthropicMessages).Always(Fault.ContextWindow);
        RoutingException failure = await _world.Fleet.AnthropicFirst.FailAsync(way);
        Assert.Equal(FailureKind.ContextWindowExceeded, failure.Kind);
        Assert.Equal(400, failure.StatusCode);
        Assert.Equal(0, _world.Script(Dialect.OpenAIChat).Calls);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_prompt_that_is_too_long_for_all_goes_to_the_groups_for_that(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.ContextWindow);
        _world.Script(World.Other(dialect)).Always(Fault.ContextWindow);

        Got got = await _world.Fleet.Guarded.AskAsync(way);

        Assert.Equal("openai/gpt-4.1", got.Deployment);
        Assert.Equal(0, _world.Providers["openai/gpt-4.1-nano"].Calls);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_prompt_that_a_filter_refuses_goes_to_nobody_else(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.PromptFiltered);

        RoutingException failure = await _world.Pair(dialect).FailAsync(way);

        Assert.Equal(FailureKind.ContentFiltered, failure.Kind);
        Assert.Single(failure.Attempts);
        Assert.Equal(DeploymentHealth.Healthy, _world.Pair(dialect).Status[0].Health);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_prompt_that_a_filter_refuses_goes_to_the_groups_for_that(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.PromptFiltered);
        _world.Script(World.Other(dialect)).Always(Fault.PromptFiltered);

        Got got = await _world.Fleet.Guarded.AskAsync(way);

        Assert.Equal("anthropic/claude-opus-4-6", got.Deployment);
        Assert.Equal([FailureKind.ContentFiltered, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task What_a_filter_let_through_is_the_answer_where_nobody_else_is_to_be_asked(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.ContentFiltered).ReplyWith(new Reply { Text = "As far as" });

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal("As far as", got.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, got.FinishReason);
        Assert.Equal(World.NameOf(dialect), got.Deployment);
        Assert.Equal(DeploymentHealth.Healthy, _world.Pair(dialect).Status[0].Health);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Synchronous)]
    public async Task A_withheld_answer_goes_to_the_groups_for_that(Way way)
    {
        foreach (Dialect dialect in Enum.GetValues<Dialect>()) _world.Script(dialect).Always(Fault.ContentFiltered);

        Got got = await _world.Fleet.Guarded.AskAsync(way);

        Assert.Equal("anthropic/claude-opus-4-6", got.Deployment);
        Assert.NotEqual(ChatFinishReason.ContentFilter, got.FinishReason);
    }

    [Fact]
    public async Task Each_group_is_entered_once_and_all_attempts_are_told()
    {
        foreach (string deployment in (string[])["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5", "openai/gpt-4.1-nano"]) _world.Providers[deployment].Always(Fault.Status(404)); // not 401: two of them have the same key

        RoutingException failure = await _world.Fleet.Guarded.FailAsync(Way.Whole);

        Assert.Equal(3, failure.Attempts.Count);
        Assert.Equal(3, failure.Attempts.Select(attempt => attempt.Deployment).Distinct().Count());
        Assert.All(failure.Attempts, attempt => Assert.Contains(attempt.Message!, failure.Message));
    }

    [Fact]
    public async Task A_deployment_without_a_key_is_passed_over_and_named()
    {
        await using World world = await World.StartAsync(("OPENAI_API_KEY", ""));

        Got got = await world.Fleet.OpenaiFirst.AskAsync(Way.Whole);
        RoutingException failure = await world.Fleet.OpenaiOnly.FailAsync(Way.Whole);

        Assert.Single(got.Attempts);
        Assert.Equal(World.NameOf(Dialect.AnthropicMessages), got.Deployment);
        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("OPENAI_API_KEY", failure.Message);
        Assert.Contains(world.Log.Entries, entry => entry.Level is LogLevel.Warning && entry.Text.Contains("OPENAI_API_KEY"));
    }
}
