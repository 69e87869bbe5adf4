using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests;

public class FirstTokenObservationTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_policy_hears_of_the_first_token_while_the_stream_goes_on()
    {
        var body = new PacedStream("one", "two", "[end]");
        _router.Transport.On("a", FakeTransport.Stream(body));
        TestGroup group = _router.Group(1);
        var policy = new Listener();
        group.Policy = policy;
        _router.Time.Advance(TimeSpan.FromSeconds(5)); // The stream does not begin with the router.

        await using IAsyncEnumerator<ChatResponseUpdate> stream = group.StreamAsync("Hello").GetAsyncEnumerator();
        ValueTask<bool> first = stream.MoveNextAsync();
        await body.WaitingAsync(0);
        _router.Time.Advance(TimeSpan.FromSeconds(2));
        body.Send();
        Assert.True(await first);
        Assert.Equal(["a: first token after 2 s"], policy.Heard);

        body.Send();
        body.Send();
        while (await stream.MoveNextAsync())
        {
        }

        Assert.Equal(["a: first token after 2 s", "a: None"], policy.Heard);
    }

    [Fact]
    public async Task A_policy_that_throws_at_it_harms_no_stream()
    {
        _router.Transport.On("a", FakeTransport.Events("one", "[end]"));
        TestGroup group = _router.Group(1);
        group.Policy = new Listener { Throws = true };
        Assert.Equal(2, await group.StreamAsync("Hello").CountAsync());
    }

    private sealed class Listener : SelectionPolicy
    {
        public List<string> Heard { get; } = [];

        public bool Throws { get; init; }

        public override int Pick(in SelectionContext context) => 0;

        public override void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken)
        {
            if (Throws) throw new InvalidOperationException("not today");
            Heard.Add($"{deployment.Name}: first token after {timeToFirstToken.TotalSeconds:F0} s");
        }

        public override void Observe(in AttemptObservation observation) => Heard.Add($"{observation.Deployment.Name}: {observation.Outcome}");
    }
}
