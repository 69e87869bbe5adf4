using System.Net;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests;

public class FastestResponseTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public async Task The_first_answer_counts_and_the_others_are_cancelled()
    {
        TestGroup[] groups = Groups("slow", "fast");
        _router.Transport.On("slow", FakeTransport.Hang(out Task reached)).On("fast", After(TimeSpan.FromSeconds(1), FakeTransport.Text("from fast")));
        Task<RoutedResponse> call = FastestResponse.CompleteAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken);
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("from fast", (await call).Text);
        await SettleAsync(groups);
        Assert.All(groups, static group => Assert.Equal(0, group.Status[0].FailuresInARow));
    }

    [Fact]
    public async Task A_failure_is_no_answer()
    {
        TestGroup[] groups = Groups("broken", "slow");
        _router.Transport.On("broken", FakeTransport.Respond(HttpStatusCode.BadRequest, "no")).On("slow", After(TimeSpan.FromSeconds(1), FakeTransport.Text("from slow")));
        Task<RoutedResponse> call = FastestResponse.CompleteAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("from slow", (await call).Text);
    }

    [Fact]
    public async Task Where_all_fail_the_exception_tells_of_all()
    {
        TestGroup[] groups = Groups("one", "two");
        _router.Transport.On("one", FakeTransport.Respond(HttpStatusCode.BadRequest, "no")).On("two", FakeTransport.Respond(HttpStatusCode.BadRequest, "never"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => FastestResponse.CompleteAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(["one", "two"], failure.Attempts.Select(static attempt => attempt.Deployment));
        Assert.Contains("'one'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'two'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }

    [Fact]
    public async Task The_callers_cancellation_cancels_all()
    {
        TestGroup[] groups = Groups("one", "two");
        _router.Transport.On("one", FakeTransport.Hang(out Task one)).On("two", FakeTransport.Hang(out Task two));
        using var cancellation = new CancellationTokenSource();
        Task<RoutedResponse> call = FastestResponse.CompleteAsync(groups, "Hello", cancellationToken: cancellation.Token);
        await Task.WhenAll(one, two);
        await cancellation.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await SettleAsync(groups);
    }

    [Fact]
    public async Task A_mistake_of_the_callers_is_thrown_as_it_is()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => FastestResponse.CompleteAsync([], "Hello", cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => FastestResponse.CompleteAsync(Groups("one"), Array.Empty<ChatMessage>(), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_stream_with_the_first_content_is_played()
    {
        TestGroup[] groups = Groups("slow", "fast");
        _router.Transport.On("slow", FakeTransport.Hang(out _)).On("fast", After(TimeSpan.FromSeconds(1), FakeTransport.Events("from ", "fast", "[end]")));
        Task<List<ChatResponseUpdate>> play = FastestResponse.StreamAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken).ToListAsync().AsTask();
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        List<ChatResponseUpdate> updates = await play;
        Assert.Equal("from fast", string.Concat(updates.Select(static update => update.Text)));
        Assert.Equal("fast", Assert.IsType<RoutedResponseUpdate>(updates[^1]).Deployment);
        await SettleAsync(groups);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_content_leaves_the_race()
    {
        TestGroup[] groups = Groups("broken", "good");
        _router.Transport.On("broken", FakeTransport.Respond(HttpStatusCode.BadRequest, "no")).On("good", FakeTransport.Events("good", "[end]"));
        List<ChatResponseUpdate> updates = await FastestResponse.StreamAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal("good", string.Concat(updates.Select(static update => update.Text)));
    }

    [Fact]
    public async Task Leaving_a_stream_early_drops_it()
    {
        TestGroup[] groups = Groups("one", "two");
        _router.Transport.On("one", FakeTransport.Hang(out _)).On("two", FakeTransport.Events("a", "b", "[end]"));
        await foreach (ChatResponseUpdate update in FastestResponse.StreamAsync(groups, "Hello", cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal("a", update.Text);
            break;
        }

        await SettleAsync(groups);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_a_later_group_refuses_the_options_those_before_it_are_cancelled(bool stream)
    {
        TestGroup[] groups = Groups("one", "two");
        _router.Transport.On("one", FakeTransport.Hang(out Task reached));
        ChatOptions pinned = new ChatOptions().WithRouting(new CallOptions { Deployment = "one" });
        Task call = stream
            ? FastestResponse.StreamAsync(groups, "Hello", pinned, TestContext.Current.CancellationToken).ToListAsync().AsTask()
            : FastestResponse.CompleteAsync(groups, "Hello", pinned, TestContext.Current.CancellationToken);
        await reached;
        Assert.Contains("'two' has no deployment 'one'", (await Assert.ThrowsAsync<ArgumentException>(() => call)).Message, StringComparison.Ordinal);
        await SettleAsync(groups);
        Assert.Equal(["one"], _router.Transport.Asked);
    }

    [Fact]
    public async Task A_cancellation_of_the_winner_bears_the_callers_token()
    {
        TestGroup[] groups = Groups("one", "two");
        _router.Transport.On("one", FakeTransport.Hang(out _)).On("two", FakeTransport.Stream(new StallingStream("data: a\n\n")));
        using var cancellation = new CancellationTokenSource();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in FastestResponse.StreamAsync(groups, "Hello", cancellationToken: cancellation.Token)) await cancellation.CancelAsync();
        });
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await SettleAsync(groups);
    }

    private TestGroup[] Groups(params string[] names) =>
        [.. names.Select(name => _router.Group(new Infrastructure.GroupDefinition { Name = name, Deployments = [TestRouter.Deployment(name)] }))];

    private FakeTransport.Reply After(TimeSpan delay, FakeTransport.Reply reply) => async (request, cancellationToken) =>
    {
        await Task.Delay(delay, _router.Time, cancellationToken);
        return await reply(request, cancellationToken);
    };

    private static async Task SettleAsync(TestGroup[] groups)
    {
        while (groups.Any(static group => group.Status[0].InFlight > 0)) await Task.Yield();
    }
}
