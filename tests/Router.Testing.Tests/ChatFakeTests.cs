using Microsoft.Extensions.AI;

namespace RouterGen.Testing.Tests;

/// <summary>Fakes of chats: what they answer, how they fail, and that the routing above them is the real one.</summary>
public class ChatFakeTests
{
    private readonly TestRouter _router = new();

    private Models Models => field ??= new Models(_router.Options);

    public static TheoryData<FailureKind> Failures() => new(Enum.GetValues<FailureKind>().Except([FailureKind.None, FailureKind.Superseded, FailureKind.Canceled, FailureKind.EmptyResponse]));

    [Fact]
    public async Task A_call_fails_over_to_the_next_fake()
    {
        _router[Fake.Haiku] = FakeDeployment.Fails(FailureKind.Overloaded);
        _router[Fake.Luna] = FakeDeployment.Returns("Hello").WithUsage(100_000, 0);
        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Hi");
        Assert.Equal("Hello", reply.Text);
        Assert.Equal(0.01m, reply.Cost);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        _router.AssertAsked(Fake.Haiku, Fake.Luna);
        reply.Attempts.AssertDeployments(Fake.Haiku, Fake.Luna);
        reply.Attempts.AssertOutcomes(FailureKind.Overloaded, FailureKind.None);
        Assert.Equal("Hi", _router.Requests[0].Text);
        Assert.Equal("claude-fast", _router.Requests[0].Group);
        Assert.Contains("\"claude-haiku-5-5\"", _router.Requests[0].Body);
        Assert.Contains("\"gpt-6-luna\"", _router.Requests[1].Body);
        Assert.True(Models.ClaudeFast[Fake.Haiku].Status.CooldownRemaining > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_kind_of_failure_is_that_of_the_call(FailureKind kind)
    {
        _router[Fake.Luna] = FakeDeployment.Fails(kind, "No.", statusCode: 499, errorCode: "no");
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Models.Single.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal("No.", failure.ProviderMessage);
        Assert.Equal(499, failure.StatusCode);
        Assert.Equal("no", failure.ErrorCode);
        failure.Attempts.AssertOutcomes(kind);
    }

    [Theory]
    [InlineData(FailureKind.None)]
    [InlineData(FailureKind.Canceled)]
    [InlineData(FailureKind.EmptyResponse)]
    [InlineData((FailureKind)99)]
    public void What_no_deployment_does_is_refused(FailureKind kind) => Assert.Throws<ArgumentOutOfRangeException>(() => FakeDeployment.Fails(kind));

    [Fact]
    public async Task Failures_lead_to_the_fallback_groups_that_are_for_them()
    {
        _router[Fake.Haiku] = _router[Fake.Luna] = FakeDeployment.Fails(FailureKind.ContextWindowExceeded);
        _router[Fake.Gemini] = FakeDeployment.Returns("Long");
        Assert.Equal("Long", (await Models.ClaudeFast.CompleteAsync("Hi")).Text);
        Assert.Equal("long", _router.Requests[^1].Group);
    }

    [Fact]
    public async Task A_script_takes_a_step_a_call_and_waits_take_no_time()
    {
        _router[Fake.Luna] = FakeDeployment.Script(FakeDeployment.Fails(FailureKind.RateLimited, retryAfter: TimeSpan.FromSeconds(7)), FakeDeployment.Returns("Later"));
        RoutedResponse reply = await _router.Time.RunUntilAsync(Models.Single.CompleteAsync("Hi"));
        Assert.Equal("Later", reply.Text);
        Assert.InRange(reply.Duration, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9));
        Assert.Equal(reply.Duration, _router.Requests[1].At - _router.Requests[0].At);
        _router.AssertScriptsFinished();
    }

    [Fact]
    public async Task A_script_that_has_run_out_says_so()
    {
        _router[Fake.Luna] = FakeDeployment.Script(FakeDeployment.Returns("1"), FakeDeployment.Returns("2"));
        await Models.Single.CompleteAsync("Hi");
        Assert.Contains("1 of 2 steps", Assert.Throws<RouterAssertionException>(_router.AssertScriptsFinished).Message);
        await Models.Single.CompleteAsync("Hi");
        RouterAssertionException out3 = await Assert.ThrowsAsync<RouterAssertionException>(() => Models.Single.CompleteAsync("Hi"));
        Assert.StartsWith($"The script of deployment '{Fake.Luna}' has no step for call 3: it has 2.", out3.Message);
        Assert.Contains("has no step for call 3", Assert.Throws<RouterAssertionException>(() => _router.AssertAskedTimes(Fake.Luna, 3)).Message);
    }

    [Fact]
    public async Task The_last_step_repeats_where_that_is_wanted_and_a_new_fake_begins_anew()
    {
        FakeDeployment script = FakeDeployment.Script(FakeDeployment.Returns("1"), FakeDeployment.Returns("2")).RepeatLast();
        _router[Fake.Luna] = script;
        Assert.Equal(["1", "2", "2"], await TextsAsync(3));
        _router[Fake.Luna] = script;
        Assert.Equal(["1", "2"], await TextsAsync(2));
        Assert.Throws<ArgumentException>(() => FakeDeployment.Script());
        Assert.Throws<ArgumentException>(() => FakeDeployment.Script(script));
    }

    [Fact]
    public async Task A_deployment_without_a_fake_fails_the_call_and_says_which_to_add()
    {
        _router[Fake.Haiku] = FakeDeployment.Fails(FailureKind.ServerError);
        RouterAssertionException missing = await Assert.ThrowsAsync<RouterAssertionException>(() => Models.ClaudeFast.CompleteAsync("Hi"));
        Assert.Equal($"The TestRouter has no fake for deployment '{Fake.Luna}' of model group 'claude-fast'. Add one: router[\"{Fake.Luna}\"] = FakeDeployment.Returns(\"…\"). It has fakes for '{Fake.Haiku}'.", missing.Message);
        Assert.Contains("has no fake", Assert.Throws<RouterAssertionException>(() => _router.AssertAsked(Fake.Haiku, Fake.Luna)).Message);
        _router.Otherwise = FakeDeployment.Returns("Any");
        Assert.Equal("Any", (await Models.ClaudeFast.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task Answers_are_computed_from_the_request_and_what_they_throw_reaches_the_test()
    {
        _router[Fake.Luna] = FakeDeployment.Answers(request => request.Text.ToUpperInvariant());
        Assert.Equal("HI", (await Models.Single.CompleteAsync("hi")).Text);
        _router[Fake.Luna] = FakeDeployment.Answers(request => request.Messages.Count > 1 ? FakeDeployment.Returns("Long") : FakeDeployment.Fails(FailureKind.InvalidRequest));
        Assert.Equal(FailureKind.InvalidRequest, (await Assert.ThrowsAsync<RoutingException>(() => Models.Single.CompleteAsync("hi"))).Kind);
        _router[Fake.Luna] = FakeDeployment.Answers((Func<RecordedRequest, string>)(_ => throw new TimeZoneNotFoundException("asserted")));
        Assert.Equal("asserted", (await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => Models.Single.CompleteAsync("hi"))).Message);
        Assert.All(Models.Single.Status, status => Assert.Equal(0, status.InFlight));
    }

    [Fact]
    public async Task A_fake_that_waits_holds_the_call_and_hears_of_its_end()
    {
        var gate = new TaskCompletionSource<FakeDeployment>();
        CancellationToken seen = default;
        _router[Fake.Luna] = FakeDeployment.Answers((_, token) =>
        {
            seen = token;
            return gate.Task.WaitAsync(token);
        });
        Task<RoutedResponse> call = Models.Single.CompleteAsync("Hi");
        Assert.False(call.IsCompleted);
        gate.SetResult(FakeDeployment.Returns("Open"));
        Assert.Equal("Open", (await call).Text);

        gate = new();
        using var caller = new CancellationTokenSource();
        call = Models.Single.CompleteAsync("Hi", cancellationToken: caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAsync<RoutingCanceledException>(() => call);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task A_delay_beyond_the_limit_is_a_timeout()
    {
        _router[Fake.Haiku] = FakeDeployment.Returns("Late").Delays(TimeSpan.FromSeconds(30));
        _router[Fake.Luna] = FakeDeployment.Returns("Hello");
        RoutedResponse reply = await _router.Time.RunUntilAsync(Models.ClaudeFast.CompleteAsync("Hi", new CallOptions { AttemptTimeout = TimeSpan.FromSeconds(5) }));
        reply.Attempts.AssertOutcomes(FailureKind.Timeout, FailureKind.None);
        Assert.Equal(TimeSpan.FromSeconds(5), reply.Attempts[0].Duration);
        Assert.Equal("Late", (await _router.Time.RunUntilAsync(Models.ClaudeFast.CompleteAsync("Hi", new CallOptions { Deployment = Fake.Haiku }))).Text);
    }

    [Fact]
    public async Task Limits_are_the_real_ones()
    {
        _router[Fake.Luna] = FakeDeployment.Returns("Hello");
        await Models.Limited.CompleteAsync("1");
        await _router.Time.RunUntilAsync(Models.Limited.CompleteAsync("2"));
        Assert.Equal(TimeSpan.FromSeconds(60), _router.Requests[1].At - _router.Requests[0].At);
    }

    [Fact]
    public async Task Empty_answers_are_passed_over()
    {
        _router[Fake.Haiku] = FakeDeployment.Returns("");
        _router[Fake.Luna] = FakeDeployment.Returns("Hello");
        (await Models.ClaudeFast.CompleteAsync("Hi")).Attempts.AssertOutcomes(FailureKind.EmptyResponse, FailureKind.None);
    }

    [Fact]
    public async Task Tools_are_called()
    {
        _router[Fake.Luna] = FakeDeployment.Script(FakeDeployment.CallsTool("Weather", new Dictionary<string, object?> { ["city"] = "Bern" }), FakeDeployment.Returns("It rains."));
        ToolRun run = await Models.Single.RunAsync("Weather in Bern?", WeatherTools.Tools);
        Assert.Equal("It rains.", run.Text);
        Assert.Equal("Weather", Assert.Single(_router.Requests[0].Tools).Name);
        Assert.Equal("Rain in Bern", Assert.Single(_router.Requests[1].Messages[^1].Contents.OfType<FunctionResultContent>()).Result?.ToString());
    }

    [Theory]
    [InlineData(Fake.Haiku)]
    [InlineData(Fake.Luna)]
    public async Task Structured_answers_are_JSON(string deployment)
    {
        _router[deployment] = FakeDeployment.Script(FakeDeployment.Returns("""{"city":"Bern"}"""), FakeDeployment.Returns("""{"city":"Bern","celsius":21.5}"""));
        StructuredResponse<Forecast> answer = await Models.ClaudeFast.CompleteAsync<Forecast>("Weather?", new CallOptions { Deployment = deployment });
        Assert.Equal(new Forecast("Bern", 21.5), answer.Value);
        _router.AssertAskedTimes(deployment, 2);
        Assert.Contains("celsius", _router.Requests[0].Body);
    }

    [Fact]
    public async Task A_deployment_with_a_client_is_a_fake_too()
    {
        _router[Fake.Luna] = FakeDeployment.Returns("""{"city":"Bern","celsius":1}""");
        Assert.Equal(1, (await Models.Sdk.CompleteAsync<Forecast>("Weather?")).Value.Celsius);
        Assert.Equal("", _router.AssertSingleRequest().Body);
    }

    [Fact]
    public void Synchronous_calls_stay_on_their_thread()
    {
        _router[Fake.Luna] = FakeDeployment.Answers(_ => Environment.CurrentManagedThreadId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Environment.CurrentManagedThreadId.ToString(System.Globalization.CultureInfo.InvariantCulture), Models.Single.Complete("Hi").Text);
    }

    [Fact]
    public async Task What_the_model_does_not_take_is_left_out_as_in_earnest()
    {
        _router[Fake.Haiku] = FakeDeployment.Returns("Hello");
        var options = new ChatOptions();
        options.Seed = 7; // by itself, so that no analyzer says what the test is about
        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Hi", options);
        Assert.Contains("seed", string.Join(' ', (string[])reply.AdditionalProperties![RoutedResponse.LeftOutProperty]!));
        Assert.DoesNotContain("seed", _router.Requests[0].Body);
        Assert.Equal(7, _router.Requests[0].Options!.Seed);
    }

    [Fact]
    public async Task What_is_recorded_does_not_change_with_the_conversation()
    {
        _router[Fake.Luna] = FakeDeployment.Returns("Hello");
        List<ChatMessage> conversation = [new(ChatRole.User, "1")];
        await Models.Single.CompleteAsync(conversation);
        conversation.Add(new(ChatRole.User, "2"));
        Assert.Single(_router.AssertSingleRequest().Messages);
        _router.ClearRequests();
        _router.AssertAsked();
    }

    [Fact]
    public async Task A_failed_assertion_lists_what_was_asked()
    {
        _router[Fake.Haiku] = FakeDeployment.Returns("Hello");
        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("How\nare you?");
        Assert.Equal(
            $"Expected that these deployments are asked, in this order:\n  1. {Fake.Luna}\nThese were asked:\n  1. {Fake.Haiku} of claude-fast: \"How are you?\"",
            Assert.Throws<RouterAssertionException>(() => _router.AssertAsked(Fake.Luna)).Message);
        Assert.Throws<RouterAssertionException>(() => _router.AssertAsked());
        Assert.Throws<RouterAssertionException>(() => _router.AssertNotAsked(Fake.Haiku));
        Assert.Throws<RouterAssertionException>(() => _router.AssertStreamLeft(Fake.Haiku));
        Assert.Contains("These were made:\n  1. " + Fake.Haiku, Assert.Throws<RouterAssertionException>(() => reply.Attempts.AssertDeployments()).Message);
        Assert.Throws<RouterAssertionException>(() => reply.Attempts.AssertOutcomes(FailureKind.Timeout));
        Assert.Throws<RouterAssertionException>(() => new TestRouter().AssertSingleRequest());
    }

    [Fact]
    public async Task Runs_repeat()
    {
        Assert.Equal(await OrderAsync(), await OrderAsync());

        static async Task<List<string>> OrderAsync()
        {
            var router = new TestRouter { Otherwise = FakeDeployment.Returns("Hello") };
            var models = new Models(router.Options);
            for (int i = 0; i < 50; i++) await models.Pair.CompleteAsync("Hi");
            return [.. router.Requests.Select(static request => request.Deployment)];
        }
    }

    private async Task<List<string>> TextsAsync(int count)
    {
        List<string> texts = [];
        for (int i = 0; i < count; i++) texts.Add((await Models.Single.CompleteAsync("Hi")).Text);
        return texts;
    }
}
