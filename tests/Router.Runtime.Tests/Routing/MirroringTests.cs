using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class MirroringTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_shadow_gets_its_share_of_the_calls_and_never_answers()
    {
        TestGroup group = Group(share: 0.25);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Text("from shadow"));
        for (int i = 0; i < 100; i++)
        {
            RoutedResponse reply = await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal("from a", reply.Text);
            Assert.Single(reply.Attempts);
            await SettleAsync(group);
        }

        Assert.InRange(_router.Transport.Asked.Count(static host => host == "shadow"), 24, 26);
        Assert.Equal(100, _router.Transport.Asked.Count(static host => host == "a"));
    }

    [Fact]
    public async Task A_callers_answer_does_not_wait_for_a_shadow_that_hangs()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Hang(out Task reached));
        Assert.Equal("from a", (await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken)).Text);
        _router.Time.Advance(TimeSpan.Zero);
        await reached;
        Assert.Equal(1, group.Deployments[1].InFlight);
        _router.Time.Advance(TimeSpan.FromSeconds(600)); // The copy has a deadline of its own.
        await SettleAsync(group);
    }

    [Fact]
    public async Task Copies_under_way_are_bounded()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Hang(out _));
        for (int i = 0; i < 100; i++) await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(32, group.Deployments[1].InFlight);
    }

    [Fact]
    public async Task What_fails_at_a_shadow_is_the_shadows_alone()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("shadow", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"));
        RoutedResponse reply = await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0.00002m, reply.Cost);
        await SettleAsync(group);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Deployments[1].Status.Health);

        await group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await SettleAsync(group);
        Assert.Single(_router.Transport.Asked, static host => host == "shadow"); // It cools down: no copy.
    }

    [Fact]
    public async Task A_stream_is_copied_too_and_the_copy_outlives_the_callers_messages()
    {
        TestGroup group = Group(share: 1);
        _router.Transport.On("a", FakeTransport.Events("from a", "[end]")).On("shadow", FakeTransport.Text("from shadow"));
        var messages = new List<ChatMessage> { new(ChatRole.User, "Hello") };
        await group.StreamAsync(messages, cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        messages.Clear();
        await SettleAsync(group);
        Assert.Contains("shadow", _router.Transport.Asked);
        Assert.Equal(0, group.Deployments[1].Status.FailuresInARow);
    }

    private TestGroup Group(double share) => _router.Group(new GroupDefinition
    {
        Name = "test",
        Deployments =
        [
            TestRouter.Deployment("a"),
            new DeploymentDefinition { Name = "shadow", Provider = "plain", Model = "shadow", Endpoint = "https://shadow", KeyVariable = "KEY", Codec = new PlainCodec(), MirrorShare = share },
        ],
    });

    /// <summary>Copies start as soon as time is looked at; then waits until none is under way.</summary>
    private async Task SettleAsync(TestGroup group)
    {
        _router.Time.Advance(TimeSpan.Zero);
        while (group.Status.Any(static status => status.InFlight > 0)) await Task.Yield();
    }
}
