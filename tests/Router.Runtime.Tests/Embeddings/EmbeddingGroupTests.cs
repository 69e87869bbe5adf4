using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Embeddings;

/// <summary>What a caller gets of a group of embedding models: vectors in the order of the texts, from whatever deployments, or a reason.</summary>
public class EmbeddingGroupTests
{
    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_text_has_one_vector()
    {
        EmbeddingGroup group = Group(Deployment("a"));
        _router.Transport.On("a", Echo);

        RoutedEmbeddings answer = await group.EmbedAsync("7", cancellationToken: Cancellation);

        Assert.Equal([7f, 1f], answer.Vector.ToArray());
        Assert.Equal(("plain/a", "a", 10L), (answer.ModelUsed, answer.Deployment, answer.Usage!.InputTokenCount!.Value));
        Assert.Equal(0.00001m, answer.Cost);
        Assert.Equal("plain-1", answer[0].ModelId);
        Assert.Single(answer.Attempts);
        Assert.Equal([7f, 1f], group.Embed("7", cancellationToken: Cancellation).Vector.ToArray());
    }

    [Fact]
    public async Task A_failed_deployment_is_followed_by_the_next()
    {
        EmbeddingGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", Echo);

        RoutedEmbeddings answer = await group.EmbedAsync("7", CallOptions.None, cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal([FailureKind.Overloaded, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task The_framework_gets_the_same_with_the_route_beside_it()
    {
        IEmbeddingGenerator<string, Embedding<float>> group = Group(Deployment("a"));
        _router.Transport.On("a", Echo);
        var options = new EmbeddingGenerationOptions { ModelId = "none", AdditionalProperties = new() { ["wish"] = 1 } };

        GeneratedEmbeddings<Embedding<float>> vectors = await group.GenerateAsync(["1", "2"], options, Cancellation);

        Assert.Equal([1f, 2f], vectors.Select(vector => vector.Vector.Span[0]));
        Assert.Equal(20, vectors.Usage!.InputTokenCount);
        Assert.Equal("plain/a", Assert.IsType<RoutedEmbeddings>(vectors.AdditionalProperties![RoutedEmbeddings.RouteProperty]).ModelUsed);
        Assert.Equal(2, Assert.IsType<string[]>(vectors.AdditionalProperties[RoutedResponse.LeftOutProperty]).Length); // the wish, and the model
        Assert.Same(group, group.GetService(typeof(EmbeddingGroup)));
        Assert.Equal(("routergen", "test", 2), group.GetService<EmbeddingGeneratorMetadata>() is { } data ? (data.ProviderName, data.DefaultModelId, data.DefaultModelDimensions) : default);
    }

    [Theory]
    [InlineData(new string[0], "at least one text")]
    [InlineData(new[] { "a", "" }, "Text 1 is empty")]
    [InlineData(new[] { null, "a" }, "Text 0 is null")]
    public async Task What_is_no_text_is_refused_before_anything_is_sent(string?[] texts, string message)
    {
        EmbeddingGroup group = Group(Deployment("a"));
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => group.EmbedAsync(texts!, cancellationToken: Cancellation));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EmbedAsync("", cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EmbedAsync((string)null!, cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EmbedAsync((IEnumerable<string>)null!, cancellationToken: Cancellation));
        Assert.Empty(_router.Transport.Asked);
    }

    [Theory]
    [InlineData("1 2 3")] // longer
    [InlineData("1")] // shorter
    [InlineData("1 NaN")]
    [InlineData("")] // none
    [InlineData("1 2\n3 4")] // too many
    public async Task A_vector_that_is_not_as_asked_is_never_handed_on(string answer)
    {
        EmbeddingGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Text(answer)).On("b", Echo);

        RoutedEmbeddings vectors = await group.EmbedAsync("7", cancellationToken: Cancellation);

        Assert.Equal("b", vectors.Deployment);
        Assert.Equal(FailureKind.InvalidResponse, vectors.Attempts[0].Outcome);
        _router.Transport.On("b", FakeTransport.Text(answer));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.EmbedAsync("7", new CallOptions { MaxAttempts = 2 }, cancellationToken: Cancellation)));
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains("The answer has ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_unknown_model_the_first_answer_tells_the_length_of_all()
    {
        EmbeddingGroup group = Group(Deployment("a", order: 1, codec: new PlainEmbeddingCodec(dimensions: 0)), Deployment("b", order: 2, codec: new PlainEmbeddingCodec(dimensions: 0)));
        _router.Transport.On("a", FakeTransport.Text("1 2 3"), FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("1 2"), FakeTransport.Text("4 5 6"));

        Assert.Equal(3, (await group.EmbedAsync("7", cancellationToken: Cancellation)).Vector.Length);
        RoutedEmbeddings second = await _router.RunAsync(group.EmbedAsync("7", cancellationToken: Cancellation));

        Assert.Equal([FailureKind.Overloaded, FailureKind.InvalidResponse, FailureKind.None], second.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(3, second.Vector.Length);
    }

    [Fact]
    public async Task A_length_that_is_asked_for_is_checked()
    {
        EmbeddingGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("1 2 3"));
        var options = new EmbeddingGenerationOptions { Dimensions = 3 };
        Assert.Equal(3, (await group.EmbedAsync("7", options, Cancellation)).Vector.Length);
        EmbeddingGroup stated = new TestEmbeddingGroup(_router.Context, new GroupDefinition { Name = "stated", Dimensions = 3, Deployments = [Deployment("a")] });
        Assert.Equal(3, (await stated.EmbedAsync("7", cancellationToken: Cancellation)).Vector.Length);
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        EmbeddingGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedEmbeddings> call = group.EmbedAsync("7", cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, group.Deployments[0].InFlight);
    }

    [Fact]
    public async Task A_text_longer_than_a_window_goes_where_there_is_room()
    {
        EmbeddingGroup group = Group(Deployment("a", order: 1, window: 10), Deployment("b", order: 2, window: 1000));
        _router.Transport.On("a", Echo).On("b", FakeTransport.Text("1 2"));
        Assert.Equal("b", (await group.EmbedAsync(new string('7', 200), cancellationToken: Cancellation)).Deployment);
        _router.Transport.On("a", FakeTransport.Text(string.Join('\n', Enumerable.Repeat("1 2", 40))));
        Assert.Equal("a", (await group.EmbedAsync(Enumerable.Repeat("7777", 40), cancellationToken: Cancellation)).Deployment); // Many short ones fit.
    }

    private EmbeddingGroup Group(params DeploymentDefinition[] deployments) => new TestEmbeddingGroup(_router.Context, new GroupDefinition { Name = "test", Deployments = deployments });

    internal static DeploymentDefinition Deployment(string name, int order = 0, int window = 0, int concurrency = 0, PlainEmbeddingCodec? codec = null) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = codec ?? new PlainEmbeddingCodec(),
        Order = order,
        MaxConcurrency = concurrency,
        ModelLimits = new(ContextWindow: window > 0 ? window : null),
        Prices = new ModelPrices(1m, 0m),
    };

    /// <summary>Answers with the vector (n, 1) for the text n.</summary>
    internal static async Task<HttpResponseMessage> Echo(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        string[] texts = body.RootElement.GetProperty("texts").GetString()!.Split('\n');
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(string.Join('\n', texts.Select(text => $"{text} 1")), Encoding.UTF8, "text/plain") };
    }
}
