using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Rerank;

/// <summary>What a caller gets of a group of models that rank: its documents in another order, or a reason.</summary>
public class RerankGroupTests
{
    private static readonly string[] Two = ["red", "blue"];

    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_come_back_best_first()
    {
        RerankGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("0 0.25\n1 0.75"));

        RoutedRanking answer = await group.RerankAsync("color", Two, cancellationToken: Cancellation);

        Assert.Equal([new RankedDocument(1, 0.75, "blue"), new RankedDocument(0, 0.25, "red")], answer);
        Assert.Equal(("plain/a", "a", 0.004m), (answer.ModelUsed, answer.Deployment, answer.Cost)); // Two units of search, and no tokens.
        Assert.Single(answer.Attempts);
        Assert.Empty(answer.LeftOut);
        Assert.Equal("blue", group.Rerank("color", Two, cancellationToken: Cancellation)[0].Document);
        Assert.Equal("blue", group.Rerank("color", Two, CallOptions.None, cancellationToken: Cancellation)[0].Document);
        Assert.Equal(0.012m, group.Spend.Spent);
    }

    [Fact]
    public async Task The_best_are_enough()
    {
        RerankGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("0 1\n1 2"));
        var options = new RerankOptions { TopN = 1, MaxTokensPerDocument = 9, ModelId = "none" };
        RoutedRanking answer = await group.RerankAsync("color", Two, CallOptions.None, options, Cancellation);
        Assert.Equal("blue", Assert.Single(answer).Document);
        Assert.Equal(2, answer.LeftOut.Count); // the tokens, and the model
    }

    [Fact]
    public async Task A_failed_deployment_is_followed_by_the_next()
    {
        RerankGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("0 1\n1 2"));

        RoutedRanking answer = await group.RerankAsync("color", Two, CallOptions.None, cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal([FailureKind.Overloaded, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Theory]
    [InlineData("0 1")] // one is missing
    [InlineData("0 1\n0 2")]
    [InlineData("0 1\n2 2")]
    [InlineData("0 1\n-1 2")]
    [InlineData("0 1\n1 NaN")]
    [InlineData("0 1\n1 Infinity")]
    [InlineData("")]
    public async Task A_ranking_that_is_not_of_the_documents_is_never_handed_on(string wrong)
    {
        RerankGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Text(wrong)).On("b", FakeTransport.Text("0 1\n1 2"));

        RoutedRanking answer = await group.RerankAsync("color", Two, cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal(FailureKind.InvalidResponse, answer.Attempts[0].Outcome);
        _router.Transport.On("b", FakeTransport.Text(wrong));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.RerankAsync("color", Two, new CallOptions { MaxAttempts = 2 }, cancellationToken: Cancellation)));
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains("The answer has ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_takes_fewer_documents_is_passed_over_unasked()
    {
        RerankGroup group = Group(Deployment("a", order: 1, most: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Text("0 1")).On("b", FakeTransport.Text("0 1\n1 2"));

        RoutedRanking answer = await group.RerankAsync("color", Two, cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal(["b"], _router.Transport.Asked);
        Assert.Equal("a", (await group.RerankAsync("color", ["red"], cancellationToken: Cancellation)).Deployment);
    }

    [Fact]
    public async Task A_document_that_is_longer_than_the_window_is_the_providers_to_cut()
    {
        RerankGroup group = Group(Deployment("a", order: 1, window: 10), Deployment("b", order: 2, window: 1000));
        _router.Transport.On("a", FakeTransport.Text("0 1"));
        Assert.Equal("a", (await group.RerankAsync("color", [new string('7', 200)], cancellationToken: Cancellation)).Deployment);
    }

    [Fact]
    public void A_model_reads_the_query_with_each_document()
    {
        RequestShape shape = new RerankRequest(new string('q', 36), new[] { new string('a', 16), new string('b', 76) }).Shape;
        Assert.Equal(10 + 5 + 10 + 20, shape.InputTokens);
    }

    [Theory]
    [InlineData("q", new string[0], "at least one document")]
    [InlineData("q", new[] { "a", "" }, "Document 1 is empty")]
    [InlineData("q", new[] { null, "a" }, "Document 0 is null")]
    [InlineData("q", null, "documents")]
    [InlineData("", new[] { "a" }, "query")]
    [InlineData(null, new[] { "a" }, "query")]
    public async Task What_cannot_be_ranked_is_refused_before_anything_is_sent(string? query, string?[]? documents, string message)
    {
        RerankGroup group = Group(Deployment("a"));
        ArgumentException exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => group.RerankAsync(query!, documents!, cancellationToken: Cancellation));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => group.Rerank(query!, documents!, cancellationToken: Cancellation));
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RerankOptions { TopN = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RerankOptions { MaxTokensPerDocument = -1 });
        Assert.Null(new RerankOptions { TopN = null }.TopN);
    }

    [Fact]
    public async Task Routing_may_be_in_the_options()
    {
        RerankGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Text("0 1")).On("b", FakeTransport.Text("0 1"));
        var options = new RerankOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = new CallOptions { Deployment = "b" } } };
        Assert.Equal("b", (await group.RerankAsync("color", ["red"], options, Cancellation)).Deployment);
        Assert.Equal("b", (await group.RerankAsync("color", ["red"], new RerankOptions { ModelId = "plain/b" }, Cancellation)).Deployment);
        await Assert.ThrowsAsync<ArgumentException>(() => group.RerankAsync("color", ["red"], new CallOptions { Deployment = "none" }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        RerankGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedRanking> call = group.RerankAsync("color", Two, cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, group.Deployments[0].InFlight);
    }

    [Fact]
    public void An_answer_can_be_made_by_hand()
    {
        var answer = new RoutedRanking([new RankedDocument(0, 1, "red")], "plain/a", cost: 0.5m, duration: TimeSpan.FromSeconds(1));
        Assert.Equal(("plain/a", 0.5m, 1.0, 1), (answer.ModelUsed, answer.Cost, answer.Duration.TotalSeconds, answer.Count));
    }

    private RerankGroup Group(params DeploymentDefinition[] deployments) => new TestRerankGroup(_router.Context, new GroupDefinition { Name = "test", Deployments = deployments });

    private static DeploymentDefinition Deployment(string name, int order = 0, int most = 0, int window = 0) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainRerankCodec(most),
        Order = order,
        ModelLimits = new(ContextWindow: window > 0 ? window : null),
        Prices = new ModelPrices(new TokenPrices(0m, 0m) { Units = new UnitPrices { Search = 0.002m } }),
    };
}
