using System.Globalization;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>How a provider says when to come back, and that it is obeyed.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private World _world = null!;

    public static MatrixTheoryData<Dialect, RetryAfterForm> Forms => new(Dialects, Enum.GetValues<RetryAfterForm>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_is_left_alone_for_as_long_as_it_asks(Dialect dialect, RetryAfterForm form)
    {
        _world.Script(dialect).Next(Fault.RateLimited(TimeSpan.FromSeconds(100), form));

        Got got = await _world.Pair(dialect).AskAsync(Way.Whole);

        TimeSpan asked = got.Attempts[0].RetryAfter!.Value;
        Assert.InRange(asked, TimeSpan.FromSeconds(95), TimeSpan.FromSeconds(100)); // A date has whole seconds only.
        Assert.InRange(_world.Pair(dialect).Status[0].CooldownRemaining, TimeSpan.FromSeconds(60), asked);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, Way.Whole)]
    [InlineData(Dialect.AnthropicMessages, Way.Streamed)]
    [InlineData(Dialect.OpenAIChat, Way.Synchronous)]
    public async Task The_only_deployment_is_waited_for(Dialect dialect, Way way)
    {
        _world.Script(dialect).Next(Fault.RateLimited(TimeSpan.FromMilliseconds(700), RetryAfterForm.Milliseconds));
        long start = TimeProvider.System.GetTimestamp();

        Got got = await _world.Only(dialect).AskAsync(way);

        Assert.Equal([FailureKind.RateLimited, FailureKind.None], got.Attempts.Select(attempt => attempt.Outcome));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(700), "It came back before its time.");
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task A_wait_beyond_the_deadline_is_the_callers_to_decide(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.RateLimited(TimeSpan.FromSeconds(90)));

        RoutingException failure = await _world.Only(dialect).FailAsync(Way.Whole);

        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.Equal(429, failure.StatusCode);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        Assert.Contains("Try again in", failure.Message);

        // A second call is not sent at all, and says the same.
        RoutingException second = await _world.Only(dialect).FailAsync(Way.Whole);
        Assert.Empty(second.Attempts);
        Assert.Equal(FailureKind.RateLimited, second.Kind);
        Assert.NotNull(second.RetryAfter);
        Assert.Equal(1, _world.Script(dialect).Calls);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task An_absurd_wait_is_cut(Dialect dialect)
    {
        // As a provider has really said it: three days.
        _world.Script(dialect).Always(Fault.Status(429) with { Headers = new Dictionary<string, string> { ["retry-after-ms"] = "274579000" } });

        Got got = await _world.Pair(dialect).AskAsync(Way.Whole);

        Assert.Equal(TimeSpan.FromMilliseconds(274_579_000), got.Attempts[0].RetryAfter);
        Assert.InRange(_world.Pair(dialect).Status[0].CooldownRemaining, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task The_headers_of_OpenAI_alone_say_when()
    {
        var headers = new Dictionary<string, string>
        {
            ["x-ratelimit-remaining-requests"] = "17",
            ["x-ratelimit-reset-requests"] = "9m0s",
            ["x-ratelimit-remaining-tokens"] = "0",
            ["x-ratelimit-reset-tokens"] = "1m40s",
        };
        _world.Script(Dialect.OpenAIChat).Always(Fault.Status(429) with { Headers = headers });

        Got got = await _world.Fleet.OpenaiFirst.AskAsync(Way.Whole);

        Assert.Equal(TimeSpan.FromSeconds(100), got.Attempts[0].RetryAfter);
        Assert.InRange(_world.Fleet.OpenaiFirst.Status[0].CooldownRemaining, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task The_headers_of_Anthropic_alone_say_when()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var headers = new Dictionary<string, string>
        {
            ["anthropic-ratelimit-requests-remaining"] = "17",
            ["anthropic-ratelimit-requests-reset"] = Rfc3339(now.AddMinutes(9)),
            ["anthropic-ratelimit-input-tokens-remaining"] = "0",
            ["anthropic-ratelimit-input-tokens-reset"] = Rfc3339(now.AddSeconds(100)),
        };
        _world.Script(Dialect.AnthropicMessages).Always(Fault.Status(429) with { Headers = headers });

        Got got = await _world.Fleet.AnthropicFirst.AskAsync(Way.Whole);

        Assert.InRange(got.Attempts[0].RetryAfter!.Value, TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(100));
        Assert.InRange(_world.Fleet.AnthropicFirst.Status[0].CooldownRemaining, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(100));
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task An_overloaded_provider_may_say_so_too(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.Status(503) with { RetryAfter = TimeSpan.FromSeconds(100) });

        await _world.Pair(dialect).AskAsync(Way.Whole);

        Assert.InRange(_world.Pair(dialect).Status[0].CooldownRemaining, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(100));
    }

    private static string Rfc3339(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
