using System.Globalization;
using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Embeddings;

/// <summary>More texts than a provider takes in one request: how they are split into batches, how many batches run at once, and what happens when one fails.</summary>
public class BatchTests
{
    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 4)]
    [InlineData(10, 1)]
    public async Task Batches_are_as_large_as_the_provider_takes_and_vectors_keep_the_order(int most, int batches)
    {
        EmbeddingGroup group = Group(EmbeddingGroupTests.Deployment("a", codec: new(mostTexts: most)), EmbeddingGroupTests.Deployment("b", codec: new(mostTexts: most)));
        _router.Transport.On("a", EmbeddingGroupTests.Echo).On("b", EmbeddingGroupTests.Echo);

        RoutedEmbeddings answer = await group.EmbedAsync(Texts(10), cancellationToken: Cancellation);

        Assert.Equal(batches, _router.Transport.Asked.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => (float)n), answer.Select(vector => vector.Vector.Span[0]));
        Assert.Equal((100L, 0.0001m, batches), (answer.Usage!.InputTokenCount!.Value, answer.Cost!.Value, answer.Attempts.Count));
        Assert.Equal(10, group.Embed(Texts(10), cancellationToken: Cancellation).Count);
    }

    [Fact]
    public void The_smallest_limit_of_all_that_may_answer_holds()
    {
        var group = new TestEmbeddingGroup(_router.Context, Definition("one", [EmbeddingGroupTests.Deployment("a", codec: new(mostTexts: 8, mostTokens: 100)), EmbeddingGroupTests.Deployment("b")]));
        var further = new TestEmbeddingGroup(_router.Context, Definition("two", [EmbeddingGroupTests.Deployment("c", codec: new(mostTexts: 3))])) { General = [group] }; // in a circle
        group.General = [further];
        Assert.Equal(new EmbeddingLimits(3, 100), EmbeddingLimits.Of(group.State));
    }

    [Fact]
    public void Tokens_divide_texts_too_and_a_text_of_its_own_length_is_a_batch()
    {
        var limits = new EmbeddingLimits(Texts: 4, Tokens: 10);
        string[] texts = ["aaa", "aaa", new string('b', 300), "é", "é", "é", "é", "é"];
        Assert.Equal([2, 1, 4, 1], limits.Split(texts).Select(batch => batch.Length));
        Assert.Equal([5], new EmbeddingLimits(int.MaxValue, int.MaxValue).Split(["a", "b", "c", "d", "e"]).Select(batch => batch.Length));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 8)]
    public async Task As_many_batches_as_the_deployments_take_are_under_way(int concurrency, int expected)
    {
        EmbeddingGroup group = Group(EmbeddingGroupTests.Deployment("a", concurrency: concurrency, codec: new(mostTexts: 1)));
        int underWay = 0, most = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _router.Transport.On("a", async (request, cancellationToken) =>
        {
            int now = Interlocked.Increment(ref underWay);
            lock (release) most = Math.Max(most, now);
            if (now == expected) full.TrySetResult();
            await release.Task;
            Interlocked.Decrement(ref underWay);
            return await EmbeddingGroupTests.Echo(request, cancellationToken);
        });

        Task<RoutedEmbeddings> call = group.EmbedAsync(Texts(20), cancellationToken: Cancellation);
        await full.Task;
        release.SetResult();

        Assert.Equal(20, (await call).Count);
        Assert.Equal(expected, most);
    }

    [Fact]
    public async Task A_batch_that_fails_is_sent_again_alone()
    {
        EmbeddingGroup group = Group(EmbeddingGroupTests.Deployment("a", order: 1, concurrency: 1, codec: new(mostTexts: 2)), EmbeddingGroupTests.Deployment("b", order: 2, codec: new(mostTexts: 2)));
        _router.Transport.On("a", EmbeddingGroupTests.Echo, FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow"), EmbeddingGroupTests.Echo).On("b", EmbeddingGroupTests.Echo);

        RoutedEmbeddings answer = await _router.RunAsync(Task.FromResult(group.Embed(Texts(6), cancellationToken: Cancellation)));

        Assert.Equal(Enumerable.Range(0, 6).Select(n => (float)n), answer.Select(vector => vector.Vector.Span[0]));
        Assert.Equal(["a", "a", "b", "b"], _router.Transport.Asked); // a cools down after the second batch
        Assert.Equal(4, answer.Attempts.Count);
    }

    [Fact]
    public async Task What_other_batches_brought_is_not_lost_with_one_that_fails()
    {
        EmbeddingGroup group = Group(EmbeddingGroupTests.Deployment("a", concurrency: 1, codec: new(mostTexts: 2)));
        _router.Transport.On("a", EmbeddingGroupTests.Echo, FakeTransport.Respond(HttpStatusCode.BadRequest, "no"), EmbeddingGroupTests.Echo);

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.EmbedAsync(Texts(6), cancellationToken: Cancellation));

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.StartsWith("Texts 2 to 3 of 6 have no vector. ", failure.Message, StringComparison.Ordinal);
        Assert.Equal([0f, 1f, null, null, null, null], failure.PartialEmbeddings!.Select(vector => vector?.Vector.Span[0]));
        Assert.Equal(2, _router.Transport.Asked.Count); // The third was not begun.
        Assert.IsType<RoutingException>(failure.InnerException);
    }

    [Fact]
    public async Task Batches_keep_to_one_model_where_models_differ()
    {
        DeploymentDefinition[] deployments = [EmbeddingGroupTests.Deployment("a", codec: new(mostTexts: 1)), EmbeddingGroupTests.Deployment("b", codec: new(mostTexts: 1))];
        EmbeddingGroup group = new TestEmbeddingGroup(_router.Context, Definition("test", deployments, differ: true));
        _router.Transport.On("a", EmbeddingGroupTests.Echo).On("b", EmbeddingGroupTests.Echo);

        RoutedEmbeddings answer = await group.EmbedAsync(Texts(30), cancellationToken: Cancellation);

        Assert.Single(answer.Attempts.Select(attempt => attempt.Deployment).Distinct());
        Assert.Equal(30, answer.Count);
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_all_batches()
    {
        EmbeddingGroup group = Group(EmbeddingGroupTests.Deployment("a", codec: new(mostTexts: 1)));
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedEmbeddings> call = group.EmbedAsync(Texts(30), cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, group.Deployments[0].InFlight);
    }

    private EmbeddingGroup Group(params DeploymentDefinition[] deployments) => new TestEmbeddingGroup(_router.Context, Definition("test", deployments));

    private static GroupDefinition Definition(string name, DeploymentDefinition[] deployments, bool differ = false) => new() { Name = name, Deployments = deployments, AllowDifferentModels = differ };

    private static string[] Texts(int count) => [.. Enumerable.Range(0, count).Select(n => n.ToString(CultureInfo.InvariantCulture))];
}
