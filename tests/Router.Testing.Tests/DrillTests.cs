using Microsoft.Extensions.AI;

namespace RouterGen.Testing.Tests;

/// <summary>Calls that find their deployments failing as if.</summary>
public class DrillTests
{
    private readonly TestRouter _router = new() { Otherwise = FakeDeployment.Streams("a", "b", "c") };

    public DrillTests() => _router.Options.AllowMockFailures = true;

    private Models Models => field ??= new Models(_router.Options);

    public static TheoryData<FailureKind> Failures() => ChatFakeTests.Failures();

    [Fact]
    public async Task It_is_refused_unless_it_is_allowed()
    {
        _router.Options.AllowMockFailures = false;
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => Models.ClaudeFast.CompleteAsync("Hi", Drill(new(FailureKind.RateLimited))));
        Assert.Contains("RouterOptions.AllowMockFailures", refused.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => Models.ClaudeFast.StreamAsync("Hi", Drill(new(FailureKind.RateLimited))).ToListAsync().AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Models.ClaudeFast.GetResponseAsync("Hi", new ChatOptions().WithRouting(Drill(new(FailureKind.RateLimited)))));
        _router.AssertAsked();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_follows_is_what_follows_in_earnest_and_the_deployment_is_left_alone(FailureKind kind)
    {
        RoutedResponse? mocked = null;
        RoutingException? failed = null;
        try
        {
            mocked = await Models.ClaudeFast.CompleteAsync("Hi", Drill(new(kind) { Deployment = Fake.Haiku }));
        }
        catch (RoutingException exception)
        {
            failed = exception;
        }

        var real = new TestRouter { Otherwise = FakeDeployment.Returns("abc"), [Fake.Haiku] = FakeDeployment.Fails(kind) };
        (List<string> asked, FailureKind end) = await RealAsync(new Models(real.Options));
        IReadOnlyList<Attempt> attempts = mocked?.Attempts ?? failed!.Attempts;
        Assert.Equal(asked, attempts.Select(static attempt => attempt.Deployment));
        Assert.Equal(end, failed?.Kind ?? FailureKind.None);
        Assert.Equal((kind, true), (attempts[0].Outcome, attempts[0].IsMocked));
        Assert.All(attempts.Skip(1), static attempt => Assert.False(attempt.IsMocked));
        Assert.Contains("drill", attempts[0].Message);
        _router.AssertNotAsked(Fake.Haiku);
        DeploymentStatus status = Models.ClaudeFast.Status[0];
        Assert.Equal((DeploymentHealth.Healthy, 0, TimeSpan.Zero, 0L, 0L), (status.Health, status.FailuresInARow, status.CooldownRemaining, status.Calls, status.Failures));
        Assert.Equal(Fake.Haiku, (await Models.ClaudeFast.CompleteAsync("Hi")).Deployment);

        static async Task<(List<string> Asked, FailureKind End)> RealAsync(Models models)
        {
            try
            {
                return ([.. (await models.ClaudeFast.CompleteAsync("Hi")).Attempts.Select(static attempt => attempt.Deployment)], FailureKind.None);
            }
            catch (RoutingException exception)
            {
                return ([.. exception.Attempts.Select(static attempt => attempt.Deployment)], exception.Kind);
            }
        }
    }

    [Fact]
    public async Task Without_a_name_the_whole_group_fails_and_its_fallbacks_take_over()
    {
        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Hi", Drill(new(FailureKind.ServerError)));
        reply.Attempts.AssertDeployments(Fake.Haiku, Fake.Luna, Fake.Gemini);
        _router.AssertAsked(Fake.Gemini);
    }

    [Fact]
    public async Task A_deployment_of_a_fallback_group_may_fail_and_one_of_none_is_refused()
    {
        _router[Fake.Haiku] = _router[Fake.Luna] = FakeDeployment.Fails(FailureKind.ServerError);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Models.ClaudeFast.CompleteAsync("Hi", new CallOptions { MaxAttempts = 3, MockFailure = new(FailureKind.Overloaded) { Deployment = Fake.Gemini } }));
        Assert.True(failure.Attempts[2].IsMocked);
        ArgumentException unknown = await Assert.ThrowsAsync<ArgumentException>(() => Models.ClaudeFast.CompleteAsync("Hi", Drill(new(FailureKind.Overloaded) { Deployment = "nowhere" })));
        Assert.Contains("'nowhere'", unknown.Message);
    }

    [Fact]
    public async Task It_may_hold_for_some_attempts_and_the_call_waits_as_it_would()
    {
        RoutedResponse reply = await _router.Time.RunUntilAsync(Models.Single.CompleteAsync("Hi", Drill(new(FailureKind.RateLimited) { RetryAfter = TimeSpan.FromSeconds(4), Times = 1 })));
        reply.Attempts.AssertOutcomes(FailureKind.RateLimited, FailureKind.None);
        Assert.Equal(TimeSpan.FromSeconds(4), reply.Attempts[0].RetryAfter);
        Assert.InRange(reply.Duration, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Models.Single.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1, MockFailure = new(FailureKind.RateLimited) { RetryAfter = TimeSpan.FromSeconds(4) } }));
        Assert.Equal((TimeSpan.FromSeconds(4), 429), (failure.RetryAfter, failure.StatusCode));
    }

    [Fact]
    public async Task A_stream_fails_before_its_first_content_or_breaks_later()
    {
        var last = Assert.IsType<RoutedResponseUpdate>((await Models.ClaudeFast.StreamAsync("Hi", Drill(new(FailureKind.Timeout) { Times = 1 })).ToListAsync())[^1]);
        Assert.Equal([true, false], last.Attempts.Select(static attempt => attempt.IsMocked));

        _router.ClearRequests();
        RoutingException broken = await Assert.ThrowsAsync<RoutingException>(() => Models.ClaudeFast.StreamAsync("Hi", Drill(new(FailureKind.ConnectionFailed) { AfterUpdates = 2 })).ToListAsync().AsTask());
        Assert.Equal("ab", broken.PartialResponse!.Text);
        Assert.True(Assert.Single(broken.Attempts).IsMocked);
        _router.AssertStreamLeft(Fake.Haiku);
        Assert.Equal(0, Models.ClaudeFast.Status[0].FailuresInARow);
        Assert.Equal("abc", (await Models.ClaudeFast.StreamAsync("Hi", Drill(new(FailureKind.ConnectionFailed) { AfterUpdates = 99 })).ToListAsync()).ToChatResponse().Text);
    }

    [Fact]
    public async Task Each_kind_of_call_takes_part()
    {
        CallOptions drill = new() { MaxAttempts = 1, MockFailure = new(FailureKind.Overloaded) };
        MediaFile sound = MediaFile.FromBytes(new byte[1], "audio/mpeg");
        Func<Task>[] calls =
        [
            () => Models.Vectors.EmbedAsync(["a"], drill),
            () => Models.Ranking.RerankAsync("q", ["a"], drill),
            () => Models.Guard.ModerateAsync(["a"], drill),
            () => Models.Text.CompleteAsync("a", drill),
            () => Models.Text.StreamAsync("a", drill).ToListAsync().AsTask(),
            () => Models.Pictures.GenerateAsync("a", drill),
            () => Models.Pictures.StreamAsync("a", drill).ToListAsync().AsTask(),
            () => Models.Ears.TranscribeAsync(sound, drill),
            () => Models.Ears.StreamAsync(sound, drill).ToListAsync().AsTask(),
            () => Models.Voice.SpeakAsync("a", drill),
            () => Models.Voice.StreamAsync("a", drill).ToListAsync().AsTask(),
            () => Models.Sdk.CompleteAsync("a", drill),
        ];
        foreach (Func<Task> call in calls) Assert.True(Assert.Single((await Assert.ThrowsAsync<RoutingException>(call)).Attempts).IsMocked);
        _router.AssertAsked();
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MockFailure(FailureKind.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MockFailure(FailureKind.Superseded));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MockFailure(FailureKind.Timeout) { Times = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MockFailure(FailureKind.Timeout) { AfterUpdates = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MockFailure(FailureKind.Timeout) { RetryAfter = TimeSpan.Zero });
    }

    private static CallOptions Drill(MockFailure mock) => new() { MockFailure = mock };
}
