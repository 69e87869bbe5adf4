namespace RouterGen.Runtime.Tests.Routing;

public sealed class SynchronousTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public void A_synchronous_call_never_leaves_its_thread()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        int thread = Environment.CurrentManagedThreadId;
        int asked = 0;
        FakeTransport.Reply Check(FakeTransport.Reply reply) => (request, token) =>
        {
            if (Environment.CurrentManagedThreadId == thread) asked++;
            return reply(request, token);
        };
        _router.Transport.On("a", Check(FakeTransport.Text("!Overloaded"))).On("b", Check(FakeTransport.Text("hello")));

        RoutedResponse reply = group.Complete("Hi");

        Assert.Equal("hello", reply.Text);
        Assert.Equal(2, asked);
    }

    [Fact]
    public void It_waits_for_a_deployment_to_return()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("!RateLimited"), FakeTransport.Text("hello"));
        RoutedResponse? reply = null;
        var call = new Thread(() => reply = group.Complete("Hi"));
        call.Start();

        SpinWait.SpinUntil(() => _router.Context.QueueGate.Waiting == 1);
        lock (_router.Context.QueueGate.Lock)
        {
            // By now it has set its timer, too.
        }

        _router.Time.Advance(TimeSpan.FromSeconds(2));
        call.Join();

        Assert.Equal("hello", reply!.Text);
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
    }

    [Fact]
    public void A_transport_that_cannot_send_synchronously_says_so()
    {
        var group = new TestGroup(new(new RouterOptions { Transport = new HttpMessageInvoker(new AsyncOnly()), Variables = _ => "key" }), new() { Name = "test", Deployments = [TestRouter.Deployment("a")] });
        Assert.Throws<NotSupportedException>(() => group.Complete("Hi"));
        Assert.Equal(0, group.Status[0].InFlight);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    private sealed class AsyncOnly : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
