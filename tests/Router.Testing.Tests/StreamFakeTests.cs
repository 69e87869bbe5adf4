using Microsoft.Extensions.AI;

namespace RouterGen.Testing.Tests;

/// <summary>Fakes of streams: pieces, delays, how they break, and whether they were left.</summary>
public class StreamFakeTests
{
    private readonly TestRouter _router = new();

    private Models Models => field ??= new Models(_router.Options);

    [Fact]
    public async Task Pieces_come_one_by_one()
    {
        _router[Fake.Luna] = FakeDeployment.Streams("Hel", "lo").WithUsage(100_000, 0);
        List<ChatResponseUpdate> updates = await Models.Single.StreamAsync("Hi").ToListAsync();
        Assert.Equal(["Hel", "lo"], updates.Select(static update => update.Text).Where(static text => text.Length > 0));
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal(0.01m, last.Cost);
        Assert.Equal(ChatFinishReason.Stop, updates.ToChatResponse().FinishReason);
        Assert.False(_router.AssertSingleRequest().WasLeftEarly);
        Assert.Equal("Hello", (await Models.Single.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task A_failure_before_the_first_piece_fails_over()
    {
        _router[Fake.Haiku] = FakeDeployment.Fails(FailureKind.Overloaded);
        _router[Fake.Luna] = FakeDeployment.Streams("a", "b");
        Assert.Equal("ab", (await Models.ClaudeFast.StreamAsync("Hi").ToListAsync()).ToChatResponse().Text);
        _router.AssertAsked(Fake.Haiku, Fake.Luna);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_a_failure_with_what_had_arrived()
    {
        _router[Fake.Luna] = FakeDeployment.Streams("a", "b").ThenFails(FailureKind.ConnectionFailed);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Models.Single.StreamAsync("Hi").ToListAsync().AsTask());
        Assert.Equal(FailureKind.ConnectionFailed, failure.Kind);
        Assert.Equal("ab", failure.PartialResponse!.Text);
        Assert.False(_router.Requests[0].WasLeftEarly);
        Assert.Equal(FailureKind.ConnectionFailed, (await Assert.ThrowsAsync<RoutingException>(() => _router.Time.RunUntilAsync(Models.Single.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 })))).Kind);
    }

    [Fact]
    public async Task A_stream_that_is_left_is_known()
    {
        _router[Fake.Luna] = FakeDeployment.Streams("a", "b", "c");
        await foreach (ChatResponseUpdate update in Models.Single.StreamAsync("Hi"))
        {
            Assert.Equal("a", update.Text);
            break;
        }

        Assert.True(_router.AssertStreamLeft(Fake.Luna).WasLeftEarly);
        await Models.Single.StreamAsync("Hi").ToListAsync();
        Assert.EndsWith($"2. {Fake.Luna} of single: \"Hi\"", Assert.Throws<RouterAssertionException>(() => _router.AssertStreamLeft(Fake.Luna)).Message);
    }

    [Fact]
    public async Task Delays_are_on_the_clock_and_limits_end_them()
    {
        _router[Fake.Luna] = FakeDeployment.Streams("a", "b", "c").Delays(TimeSpan.FromSeconds(1)).DelaysPieces(TimeSpan.FromSeconds(2));
        List<ChatResponseUpdate> updates = await _router.Time.RunUntilAsync(Models.Single.StreamAsync("Hi").ToListAsync().AsTask());
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal(TimeSpan.FromSeconds(1), last.TimeToFirstToken);
        Assert.Equal(TimeSpan.FromSeconds(7), last.Duration);

        var impatient = new CallOptions { StreamIdleTimeout = TimeSpan.FromSeconds(1) };
        RoutingException silent = await Assert.ThrowsAsync<RoutingException>(() => _router.Time.RunUntilAsync(Models.Single.StreamAsync("Hi", impatient).ToListAsync().AsTask()));
        Assert.Equal(FailureKind.Timeout, silent.Kind);
        _router.AssertStreamLeft(Fake.Luna);
    }

    [Fact]
    public async Task A_late_first_piece_is_a_timeout_that_fails_over()
    {
        _router[Fake.Haiku] = FakeDeployment.Streams("late").Delays(TimeSpan.FromMinutes(1));
        _router[Fake.Luna] = FakeDeployment.Streams("a");
        Task<List<ChatResponseUpdate>> stream = Models.ClaudeFast.StreamAsync("Hi", new CallOptions { FirstTokenTimeout = TimeSpan.FromSeconds(3) }).ToListAsync().AsTask();
        var last = Assert.IsType<RoutedResponseUpdate>((await _router.Time.RunUntilAsync(stream))[^1]);
        last.Attempts.AssertOutcomes(FailureKind.Timeout, FailureKind.None);
        _router.AssertStreamLeft(Fake.Haiku);
    }

    [Fact]
    public async Task A_cancelled_stream_is_left()
    {
        _router[Fake.Luna] = FakeDeployment.Streams("a", "b").DelaysPieces(TimeSpan.FromMinutes(1));
        using var caller = new CancellationTokenSource();
        await Assert.ThrowsAsync<RoutingCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in Models.Single.StreamAsync("Hi", cancellationToken: caller.Token)) await caller.CancelAsync();
        });
        _router.AssertStreamLeft(Fake.Luna);
    }

    [Fact]
    public async Task A_missing_fake_is_told_to_the_reader_of_a_stream()
    {
        RouterAssertionException missing = await Assert.ThrowsAsync<RouterAssertionException>(() => Models.Single.StreamAsync("Hi").ToListAsync().AsTask());
        Assert.Contains("has no fake", missing.Message);
    }

    [Fact]
    public async Task Tools_are_called_in_streams()
    {
        _router[Fake.Luna] = FakeDeployment.CallsTool("weather");
        ChatResponse response = (await Models.Single.StreamAsync("Hi").ToListAsync()).ToChatResponse();
        Assert.Equal("weather", Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Name);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }
}
