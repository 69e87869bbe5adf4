using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Moderation;

/// <summary>Moderation over real sockets: each form, each fault, and what a group does with a call of any kind.</summary>
public sealed class ModerationTests : IAsyncLifetime
{
    private const string OpenAI = "openai/omni-moderation-latest";
    private const string Mistral = "mistral/mistral-moderation-latest";

    private static readonly string[] Texts = ["I will kill you", "Bread and butter"];

    private FakeProviderServer _server = null!;
    private ModerationFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = root + "/openai/v1",
            ["MISTRAL_API_KEY"] = "mistral-fake", ["MISTRAL_BASE_URL"] = root + "/mistral/v1",
            ["LITELLM_PROXY_API_KEY"] = "sk-proxy", ["PROXY_BASE_URL"] = root + "/litellm_proxy/v1",
        };
        _fleet = new ModerationFleet(new RouterOptions { Variables = variables.GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("openai", "self-harm/intent")]
    [InlineData("mistral", "pii")]
    public async Task Each_text_is_judged(string name, string category)
    {
        ModerationGroup group = name is "openai" ? _fleet.Openai : _fleet.Mistral;
        RoutedModerations answer = await group.ModerateAsync(Texts, cancellationToken: Cancellation);

        Assert.Equal([true, false], answer.Select(judgement => judgement.Flagged));
        Assert.True(answer.Flagged);
        Assert.Equal((true, false, 0.97), (answer[0].Categories["violence"], answer[0].Categories[category], answer[0].Scores["violence"]));
        Assert.Equal(name is "openai" ? ["text"] : null, answer[0].AppliedInputTypes.GetValueOrDefault("violence"));
        Assert.Equal(name is "openai" ? 0m : 0.1m * answer.Usage!.InputTokenCount / 1_000_000, answer.Cost); // OpenAI's is free.
        Assert.False(group.Moderate("Hello", cancellationToken: Cancellation)[0].Flagged);
        Assert.Equal("""{"model":"X","input":["Hello"]}""".Replace("X", name is "openai" ? "omni-moderation-latest" : "mistral-moderation-latest", StringComparison.Ordinal), _server[name is "openai" ? OpenAI : Mistral].Requests[^1].Body.TrimEnd());
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("proxy")] // Nothing is known of the model: it may take images.
    public async Task A_message_of_text_and_image_has_one_judgement(string name)
    {
        ModerationGroup group = name is "openai" ? _fleet.Openai : _fleet.Proxy;
        AIContent[] message = [new TextContent("Look"), new UriContent("https://example.com/kill.png", "image/png"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")];

        RoutedModerations answer = await group.ModerateAsync(message, cancellationToken: Cancellation);

        Assert.True(Assert.Single(answer).Flagged);
        Assert.Equal(["text", "image"], answer[0].AppliedInputTypes["violence"]);
        Assert.EndsWith(
            """ "input":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.com/kill.png"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}""".Trim(),
            _server[name is "openai" ? OpenAI : "litellm_proxy/my-omni-moderation"].Requests.Single().Body.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_goes_where_images_are_judged()
    {
        AIContent[] message = WithImage(); // Where it is seen in the code, RG0301 says so.
        Assert.Equal(OpenAI, (await _fleet.Reversed.ModerateAsync(message, cancellationToken: Cancellation)).Deployment);
        Assert.Equal(Mistral, (await _fleet.Reversed.ModerateAsync([new TextContent("Alone")], cancellationToken: Cancellation)).Deployment); // A text is a text.
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Mistral.ModerateAsync(message, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Equal(1, _server[Mistral].Calls);
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse },
        { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError },
        { "fewer", FailureKind.InvalidResponse }, { "more", FailureKind.InvalidResponse }, { "nothing", FailureKind.InvalidResponse }, { "no verdict", FailureKind.InvalidResponse },
        { "NaN", FailureKind.InvalidResponse }, { "endless", FailureKind.InvalidResponse }, { "no results", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        _server[OpenAI].Always(FaultOf(fault));

        RoutedModerations answer = await _fleet.Pair.ModerateAsync(Texts, cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Mistral, answer.Deployment);
        Assert.Equal([true, false], answer.Select(judgement => judgement.Flagged));
    }

    [Fact]
    public async Task A_deployment_that_hangs_is_left()
    {
        _server[OpenAI].Always(Fault.BlackHole);
        RoutedModerations answer = await _fleet.Impatient.ModerateAsync("Hello", cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Timeout, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_caller_can_cancel()
    {
        _server[OpenAI].Always(Fault.BlackHole);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<RoutedModerations> call = _fleet.Pair.ModerateAsync("Hello", cancellationToken: caller.Token);
        await _server[OpenAI].WaitUntilAsync(script => script.Calls == 1, Cancellation);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _server[OpenAI].WaitUntilAsync(script => script.Aborted == 1, Cancellation); // At the provider too.
        Assert.Equal(0, _server[Mistral].Calls);
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        _server[OpenAI].Always(Fault.BlackHole);
        RoutedModerations answer = await _fleet.Hedged.ModerateAsync("Hello", cancellationToken: Cancellation);
        Assert.Equal(Mistral, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_request_that_is_wrong_stops_the_call()
    {
        _server[OpenAI].Always(Fault.Status(400));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Pair.ModerateAsync("Hello", cancellationToken: Cancellation));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task Limits_and_status_are_those_of_any_call()
    {
        Assert.Equal(OpenAI, (await _fleet.Limited.ModerateAsync("Hello", cancellationToken: Cancellation)).Deployment);
        Assert.Equal(Mistral, (await _fleet.Limited.ModerateAsync("Hello", cancellationToken: Cancellation)).Deployment);
        DeploymentStatus status = _fleet.Limited.Status[1];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.True(_fleet.Limited.Spend.Spent > 0);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        Assert.Equal(OpenAI, (await _fleet.Mirrored.ModerateAsync(Texts, cancellationToken: Cancellation)).Deployment);
        await _server[Mistral].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task A_container_has_each_group_under_its_name()
    {
        string endpoint = new Uri(_server.BaseAddress, "openai/v1").ToString();
        await using ServiceProvider services = new ServiceCollection()
            .AddModerationFleet(options => options.Variables = name => name switch { "OPENAI_API_KEY" => "sk-openai", "OPENAI_BASE_URL" => endpoint, _ => null })
            .BuildServiceProvider();

        var group = services.GetRequiredKeyedService<ModerationGroup>("openai");

        Assert.Same(services.GetRequiredService<ModerationFleet>().Openai, group);
        Assert.True((await group.ModerateAsync("kill", cancellationToken: Cancellation)).Flagged);
    }

    private static AIContent[] WithImage() => [new TextContent("Look"), new UriContent("https://example.com/a.png", "image/png")];

    private static Fault FaultOf(string name) => UsualFaults.Find(name) ?? name switch
    {
        "fewer" => Answer(Harmless),
        "more" => Answer(Harmless, Harmless, Harmless),
        "nothing" => Answer(Harmless, """{"flagged":false}"""),
        "no verdict" => Answer(Harmless, """{"category_scores":{"violence":0.1}}"""),
        "NaN" => Answer(Harmless, """{"flagged":false,"categories":{"violence":false},"category_scores":{"violence":"NaN"}}"""),
        "endless" => Answer(Harmless, """{"flagged":false,"categories":{"violence":false},"category_scores":{"violence":1e999}}"""),
        _ => Fault.Status(200, """{"id":"modr-1","model":"m"}""", "application/json"),
    };

    private const string Harmless = """{"flagged":false,"categories":{"violence":false},"category_scores":{"violence":0.1}}""";

    private static Fault Answer(params string[] results) => Fault.Status(200, $$"""{"id":"modr-1","model":"m","results":[{{string.Join(',', results)}}]}""", "application/json");
}
