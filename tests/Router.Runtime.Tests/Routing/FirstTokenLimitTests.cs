using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>How long a stream's first token is waited for where nobody declared it.</summary>
public sealed class FirstTokenLimitTests
{
    [Theory]
    [InlineData(15, 3000, 60)] // too few to tell
    [InlineData(16, 3000, 6)]
    [InlineData(16, 100, 4)]
    [InlineData(64, 45_000, 60)]
    public void It_is_twice_the_longest_of_late_within_bounds(int samples, float longest, double seconds)
    {
        var recent = new RecentLatencies();
        for (int i = 1; i < samples; i++) recent.Add(50);
        recent.Add(longest);
        Assert.Equal(TimeSpan.FromSeconds(seconds), FirstTokenLimit.After(recent, inputTokens: 0));
    }

    [Fact]
    public void What_was_longest_is_forgotten_after_64_others()
    {
        var recent = new RecentLatencies();
        recent.Add(20_000);
        for (int i = 0; i < 63; i++) recent.Add(50);
        Assert.Equal(TimeSpan.FromSeconds(40), FirstTokenLimit.After(recent, inputTokens: 0));
        recent.Add(50);
        Assert.Equal(TimeSpan.FromSeconds(4), FirstTokenLimit.After(recent, inputTokens: 0));
    }

    [Fact]
    public void A_long_prompt_is_given_longer()
    {
        var recent = new RecentLatencies();
        for (int i = 0; i < 16; i++) recent.Add(3000);
        Assert.Equal(TimeSpan.FromSeconds(12), FirstTokenLimit.After(recent, inputTokens: 8000));
    }

    [Fact]
    public async Task A_stream_that_hangs_fails_over_after_it_and_the_next_is_given_longer()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        router.Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Events("hello", "[end]"));
        for (int i = 0; i < 16; i++) group.Deployments[0].Answer(3000, 0);

        Task<string> stream = ReadAsync(group);
        await reached;
        router.Time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.False(stream.IsCompleted);
        router.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("hello", await stream);
        Assert.Equal(12, FirstTokenLimit.After(group.Deployments[0].LatencyOf(streaming: true).Recent, 0).TotalSeconds, 0.5);
    }

    [Fact]
    public async Task Where_nobody_else_could_answer_there_is_no_such_limit()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        var body = new PacedStream("hello", "[end]");
        router.Transport.On("a", FakeTransport.Stream(body));
        for (int i = 0; i < 16; i++) group.Deployments[0].Answer(50, 0);

        Task<string> stream = ReadAsync(group);
        await body.WaitingAsync(0);
        router.Time.Advance(TimeSpan.FromSeconds(120));
        body.Send();
        body.Send();
        Assert.Equal("hello", await stream);
    }

    private static async Task<string> ReadAsync(TestGroup group)
    {
        var text = new System.Text.StringBuilder();
        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) text.Append(update.Text);
        return text.ToString();
    }
}
