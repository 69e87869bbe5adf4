using Microsoft.Extensions.AI;
using RouterGen.FakeProviders;

namespace RouterGen.Sdks.Tests;

/// <summary>Real SDKs as deployments, on loopback sockets.</summary>
public sealed class SdkTests : IAsyncLifetime
{
    private const string OpenAI = "openai/gpt-6-luna";
    private const string Claude = "anthropic/claude-haiku-5-5";

    private FakeProviderServer _providers = null!;
    private OllamaServer _ollama = null!;
    private Fleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _providers = await FakeProviderServer.StartAsync();
        _ollama = new OllamaServer();
        Fleet.Root = _providers.BaseAddress;
        Fleet.OllamaRoot = _ollama.Address;
        var variables = new Dictionary<string, string>
        {
            ["OPENAI_API_KEY"] = "sk-openai-4711", ["ANTHROPIC_API_KEY"] = "sk-ant-0815", ["ANTHROPIC_BASE_URL"] = new Uri(_providers.BaseAddress, "anthropic").ToString(),
        };
        _fleet = new Fleet(new RouterOptions { Seed = 1, Variables = variables.GetValueOrDefault });
    }

    public async ValueTask DisposeAsync()
    {
        _fleet.Dispose();
        _ollama.Dispose();
        await _providers.DisposeAsync();
    }

    [Theory]
    [InlineData(OpenAI)]
    [InlineData(Claude)]
    public async Task An_SDK_answers_whole_and_streamed_with_usage_and_cost(string deployment)
    {
        ChatGroup group = GroupOf(deployment);

        RoutedResponse whole = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        List<ChatResponseUpdate> updates = await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Hello from", whole.Text);
        Assert.Equal(deployment, whole.ModelUsed);
        Assert.True(whole.Cost > 0);
        Assert.Equal(whole.Text, string.Concat(updates.Select(static update => update.Text)));
        Assert.True(Assert.IsType<RoutedResponseUpdate>(updates[^1]).Cost > 0);
    }

    public static TheoryData<string, string, FailureKind> Refusals()
    {
        var data = new TheoryData<string, string, FailureKind>();
        foreach (string deployment in new[] { OpenAI, Claude })
        {
            data.Add(deployment, "400", FailureKind.InvalidRequest);
            data.Add(deployment, "401", FailureKind.AuthenticationFailed);
            data.Add(deployment, "429", FailureKind.RateLimited);
            data.Add(deployment, "500", FailureKind.ServerError);
            data.Add(deployment, "503", FailureKind.Overloaded);
            data.Add(deployment, nameof(FaultKind.Quota), FailureKind.QuotaExhausted);
            data.Add(deployment, nameof(FaultKind.ContextWindow), FailureKind.ContextWindowExceeded);
            data.Add(deployment, nameof(FaultKind.Reset), FailureKind.ConnectionFailed);
        }

        data.Add(OpenAI, nameof(FaultKind.PromptFiltered), FailureKind.ContentFiltered);
        return data;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_an_SDK_throws_means_what_the_answer_would(string deployment, string fault, FailureKind kind)
    {
        DeploymentScript script = _providers[deployment];
        script.Always(int.TryParse(fault, out int status) ? Fault.Status(status) : Fault.Of(Enum.Parse<FaultKind>(fault)));

        RoutingException whole = await Assert.ThrowsAsync<RoutingException>(() => GroupOf(deployment).CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(kind, whole.Kind);
        Assert.Equal(1, script.Calls); // An SDK that repeats by itself would have sent more.
    }

    [Fact]
    public async Task An_SDK_that_keeps_the_headers_says_when_to_come_back()
    {
        _providers[OpenAI].Always(Fault.RateLimited(TimeSpan.FromSeconds(7)));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => _fleet.ByOpenai.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(exception.Attempts).RetryAfter);
    }

    [Theory]
    [InlineData(OpenAI)]
    [InlineData(Claude)]
    public async Task A_stream_whose_connection_breaks_is_no_complete_answer(string deployment)
    {
        _providers[deployment].Always(Fault.CutAfter(2));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(async () =>
            await GroupOf(deployment).StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.ConnectionFailed, exception.Kind);
        Assert.NotEmpty(exception.PartialResponse!.Text);
    }

    [Fact]
    public async Task An_SDK_that_fails_leaves_the_call_to_the_router()
    {
        _providers[OpenAI].Always(Fault.Status(503));

        RoutedResponse reply = await _fleet.Mixed.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Claude, reply.ModelUsed);
        Assert.Equal([FailureKind.Overloaded, FailureKind.None], reply.Attempts.Select(static attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Ollama_answers_through_its_SDK()
    {
        RoutedResponse whole = await _fleet.ByOllama.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        List<ChatResponseUpdate> updates = await _fleet.ByOllama.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("hello", "local/tiny", 5L), (whole.Text, whole.ModelUsed, whole.Usage!.OutputTokenCount));
        Assert.Equal("hello", string.Concat(updates.Select(static update => update.Text)));
    }

    [Theory]
    [InlineData(404, """{"error":"model 'tiny' not found"}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":"tiny does not support tools"}""", FailureKind.Unsupported)]
    [InlineData(503, """{"error":"server busy"}""", FailureKind.Overloaded)]
    public async Task What_Ollama_refuses_is_known_by_its_words_or_status(int status, string body, FailureKind kind)
    {
        _ollama.Next = (status, body);

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => _fleet.ByOllama.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(kind, exception.Kind);
    }

    private ChatGroup GroupOf(string deployment) => deployment == OpenAI ? _fleet.ByOpenai : _fleet.ByAnthropic;
}
