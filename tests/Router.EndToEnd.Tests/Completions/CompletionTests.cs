using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Completions;

/// <summary>Texts that models go on with, over real sockets: each dialect, whole and streamed, and each fault.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private const string Codestral = "mistral/codestral-latest";
    private const string Base = "vllm/base";

    private FakeProviderServer _server = null!;
    private CompletionFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Dialects => ["vllm", "azure", "codestral", "ollama"];

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        _fleet = new CompletionFleet(new RouterOptions { Variables = Variables().GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_dialect_goes_on_with_a_text_whole_and_streamed(string name)
    {
        CompletionGroup group = Group(name);
        var options = new CompletionOptions { Suffix = "}", MaxOutputTokens = 50 };

        RoutedCompletion whole = await group.CompleteAsync("int x = ", options, cancellationToken: Cancellation);
        List<CompletionUpdate> updates = await group.StreamAsync("int x = ", options, cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.StartsWith("Hello from ", whole.Text, StringComparison.Ordinal);
        Assert.Equal(whole.Text, string.Concat(updates));
        Assert.Equal(whole.Text, group.Complete("int x = ", options, cancellationToken: Cancellation).Text);
        Assert.Equal(ChatFinishReason.Stop, whole.FinishReason);
        var last = Assert.IsType<RoutedCompletionUpdate>(updates[^1]);
        Assert.Equal((whole.ModelUsed, whole.Deployment, whole.Cost, ChatFinishReason.Stop), (last.ModelUsed, last.Deployment, last.Cost, last.FinishReason));
        Assert.Equal((whole.Usage!.InputTokenCount, whole.Usage.OutputTokenCount), (last.Usage!.InputTokenCount, last.Usage.OutputTokenCount));
        Assert.NotNull(last.TimeToFirstToken);
    }

    [Fact]
    public async Task A_call_costs_what_the_model_costs()
    {
        RoutedCompletion answer = await _fleet.Codestral.CompleteAsync("int x = ", cancellationToken: Cancellation);
        Assert.Equal((0.3m * answer.Usage!.InputTokenCount!.Value + 0.9m * answer.Usage.OutputTokenCount!.Value) / 1_000_000, answer.Cost);
        Assert.Equal(answer.Cost, _fleet.Codestral.Spend.Spent);
    }

    [Theory]
    [InlineData("vllm")]
    [InlineData("ollama")]
    public async Task Probabilities_come_with_the_tokens(string name)
    {
        RoutedCompletion answer = await Group(name).CompleteAsync("one two", new CompletionOptions { LogProbabilities = 2 }, cancellationToken: Cancellation);
        Assert.Equal(answer.Text, string.Concat(answer.Tokens.Select(token => token.Token)));
        Assert.All(answer.Tokens, token => Assert.Equal((-0.25, 2), (token.LogProbability, token.Alternatives.Count)));

        List<CompletionUpdate> updates = await Group(name).StreamAsync("one two", new CompletionOptions { LogProbabilities = 0 }, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(answer.Tokens.Count, updates.Sum(update => update.Tokens.Count));
    }

    [Fact]
    public async Task A_deployment_that_tells_no_probabilities_is_passed_over()
    {
        RoutedCompletion answer = await _fleet.Pair.CompleteAsync("one", new CompletionOptions { LogProbabilities = 0 }, cancellationToken: Cancellation);
        Assert.Equal(Base, answer.Deployment);
        Assert.Equal(0, _server[Codestral].Calls);
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound }, { "quota", FailureKind.QuotaExhausted },
        { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse }, { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        _server[Codestral].Always(UsualFaults.Find(fault)!);
        RoutedCompletion answer = await _fleet.Pair.CompleteAsync("one", cancellationToken: Cancellation);
        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Base, answer.Deployment);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stream_fails_over_up_to_its_first_piece(string fault, FailureKind kind)
    {
        _server[Codestral].Always(UsualFaults.Find(fault)!);
        List<CompletionUpdate> updates = await _fleet.Pair.StreamAsync("one", cancellationToken: Cancellation).ToListAsync(Cancellation);
        var last = Assert.IsType<RoutedCompletionUpdate>(updates[^1]);
        Assert.Equal([kind, FailureKind.None], last.Attempts.Select(attempt => attempt.Outcome));
        Assert.Contains(Base["vllm/".Length..], string.Concat(updates), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut", FailureKind.ConnectionFailed)]
    [InlineData("end", FailureKind.InvalidResponse)]
    [InlineData("error", FailureKind.ServerError)]
    public async Task A_stream_that_breaks_later_is_the_callers(string fault, FailureKind kind)
    {
        _server[Codestral].Always(fault switch { "cut" => Fault.CutAfter(2), "end" => Fault.EndAfter(2), _ => Fault.StreamErrorAfter(2) });
        int length = 0;
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (CompletionUpdate update in _fleet.Pair.StreamAsync("one", cancellationToken: Cancellation)) length += update.Text.Length;
        });
        Assert.Equal(kind, failure.Kind);
        Assert.True(length > 0);
        Assert.Contains($"broke after {length} characters had arrived", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.PartialResponse);
    }

    [Fact]
    public async Task A_deployment_that_hangs_is_left_also_by_streams()
    {
        _server[Codestral].Always(Fault.BlackHole);
        RoutedCompletion answer = await _fleet.Impatient.CompleteAsync("one", cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Timeout, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));

        _fleet.Impatient.Deployments[0].Enable();
        List<CompletionUpdate> updates = await _fleet.Impatient.StreamAsync("one", cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Base, ((RoutedCompletionUpdate)updates[^1]).Deployment);
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        _server[Codestral].Always(Fault.BlackHole);
        RoutedCompletion answer = await _fleet.Hedged.CompleteAsync("one", cancellationToken: Cancellation);
        Assert.Equal(Base, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_caller_who_leaves_a_stream_ends_it_at_the_provider()
    {
        _server[Codestral].Always(Fault.StallAfter(1));
        await foreach (CompletionUpdate _ in _fleet.Pair.StreamAsync("one", cancellationToken: Cancellation)) break;
        await _server[Codestral].WaitUntilAsync(script => script.InFlight == 0, Cancellation);
        Assert.Equal(0, _fleet.Pair.Status[0].Failures);
    }

    [Fact]
    public async Task A_cancelled_call_throws_that_and_nothing_else()
    {
        _server[Codestral].Always(Fault.BlackHole);
        using var cancellation = new CancellationTokenSource();
        Task<RoutedCompletion> call = _fleet.Pair.CompleteAsync("one", cancellationToken: cancellation.Token);
        await _server[Codestral].WaitUntilAsync(script => script.InFlight == 1, Cancellation);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedCompletion answer = await _fleet.Mirrored.CompleteAsync("one", cancellationToken: Cancellation);
        Assert.Equal(Codestral, answer.Deployment);
        await _server[Base].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Routing_options_and_the_model_choose()
    {
        Assert.Equal(Base, (await _fleet.Pair.CompleteAsync("one", new CallOptions { Deployment = Base }, cancellationToken: Cancellation)).Deployment);
        Assert.Equal(Base, (await _fleet.Pair.CompleteAsync("one", new CompletionOptions { ModelId = "base" }, cancellationToken: Cancellation)).Deployment);
        RoutedCompletion other = await _fleet.Pair.CompleteAsync("one", new CompletionOptions { ModelId = "gpt-9" }, cancellationToken: Cancellation);
        Assert.Single(other.LeftOut);
        await Assert.ThrowsAsync<ArgumentException>(() => _fleet.Pair.CompleteAsync("", cancellationToken: Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => _fleet.Pair.CompleteAsync("one", new CallOptions { Deployment = "no such" }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_container_has_each_group_under_its_name()
    {
        Dictionary<string, string> variables = Variables();
        await using ServiceProvider services = new ServiceCollection().AddCompletionFleet(options => options.Variables = variables.GetValueOrDefault).BuildServiceProvider();
        var group = services.GetRequiredKeyedService<CompletionGroup>("vllm");
        Assert.Same(services.GetRequiredService<CompletionFleet>().Vllm, group);
        Assert.NotEmpty((await group.CompleteAsync("Hello", cancellationToken: Cancellation)).Text);
    }

    private Dictionary<string, string> Variables()
    {
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        return new()
        {
            ["VLLM_API_KEY"] = "vllm-fake", ["VLLM_BASE_URL"] = root + "/vllm/v1",
            ["AZURE_OPENAI_API_KEY"] = "azure-key", ["AZURE_OPENAI_ENDPOINT"] = root + "/azure",
            ["MISTRAL_API_KEY"] = "mistral-fake", ["MISTRAL_BASE_URL"] = root + "/mistral/v1",
            ["OLLAMA_API_KEY"] = "ollama-fake", ["OLLAMA_BASE_URL"] = root + "/ollama",
        };
    }

    private CompletionGroup Group(string name) => name switch
    {
        "vllm" => _fleet.Vllm,
        "azure" => _fleet.Azure,
        "codestral" => _fleet.Codestral,
        _ => _fleet.Ollama,
    };
}
