using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>When a request is sent once more because its connection was stale, and when not. Sockets are in the end-to-end tests.</summary>
public sealed class StaleConnectionTests
{
    private static readonly HttpRequestException Ended = new(HttpRequestError.ResponseEnded, "ended", new HttpIOException(HttpRequestError.ResponseEnded));
    private static readonly HttpRequestException Reset = new("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));

    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task It_is_no_attempt_no_failure_and_no_latency()
    {
        TestGroup group = _router.Group(1);
        foreach (HttpRequestException stale in new[] { Ended, Reset })
        {
            Transport.On("a", FakeTransport.Text("1"), FakeTransport.After(_router.Time, TimeSpan.FromMilliseconds(400), FakeTransport.Throw(stale)), FakeTransport.Text("2"));
            await group.CompleteAsync("Hi");
            RoutedResponse reply = await group.CompleteAsync("Hi");
            Assert.Equal("2", reply.Text);
            Assert.Single(reply.Attempts);
        }

        Assert.Equal(6, Transport.Asked.Count);
        Assert.Equal((4L, 0L, DeploymentHealth.Healthy), (group.Status[0].Calls, group.Status[0].Failures, group.Status[0].Health));
        Assert.Equal(0, group.Deployments[0].Latency!.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public async Task What_is_sent_once_more_has_the_headers_that_the_request_alone_needs()
    {
        TestGroup group = _router.Group(1);
        List<string> seen = [];
        FakeTransport.Reply Seeing(FakeTransport.Reply reply) => (request, cancellationToken) =>
        {
            seen.Add(string.Join(",", request.Headers.GetValues(PlainCodec.RawHeader)));
            return reply(request, cancellationToken);
        };
        Transport.On("a", FakeTransport.Text("1"), Seeing(FakeTransport.Throw(Ended)), Seeing(FakeTransport.Text("2")));
        await group.CompleteAsync("Hi");

        await group.CompleteAsync("Hi", new ChatOptions { RawRepresentationFactory = static _ => "beta" });

        Assert.Equal(["beta", "beta"], seen);
    }

    [Fact]
    public async Task It_is_sent_once_more_and_no_more()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Text("1"), FakeTransport.Throw(Ended)).On("b", FakeTransport.Text("b"));
        await group.CompleteAsync("Hi", new CallOptions { Deployment = "a" });
        Assert.Equal(FailureKind.ConnectionFailed, (await Fail(group)).Kind);
        Assert.Equal(["a", "a", "a"], Transport.Asked);
        Assert.Equal(1, group.Status[0].FailuresInARow);

        _router.Time.Advance(TimeSpan.FromSeconds(1));
        await Fail(group); // since then it has not answered
        Assert.Equal(4, Transport.Asked.Count);
    }

    [Fact]
    public async Task The_first_request_to_an_endpoint_is_on_a_new_connection()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Throw(Ended));
        await Fail(group);
        Assert.Single(Transport.Asked);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("refused")]
    [InlineData("name")]
    [InlineData("body")]
    public async Task What_else_fails_is_a_failure(string way)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("1"), way switch
        {
            "slow" => FakeTransport.After(_router.Time, TimeSpan.FromSeconds(1.5), FakeTransport.Throw(Ended)),
            "refused" => FakeTransport.Throw(new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused))),
            "name" => FakeTransport.Throw(new HttpRequestException(HttpRequestError.NameResolutionError, "no such host")),
            _ => FakeTransport.Stream(new BrokenBody()),
        });
        await group.CompleteAsync("Hi");
        Assert.Equal(FailureKind.ConnectionFailed, (await Fail(group)).Kind);
        Assert.Equal(2, Transport.Asked.Count);
    }

    private static Task<RoutingException> Fail(TestGroup group) =>
        Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Deployment = "a", MaxAttempts = 1 }));

    private sealed class BrokenBody : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
