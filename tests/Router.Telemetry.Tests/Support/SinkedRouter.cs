using System.Net;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>A router with a sink: its group answers "hi" at the second deployment, after the first has failed.</summary>
internal sealed class SinkedRouter
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly TestRouter _router;

    /// <param name="use">Makes the sink.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="capture">Whether content is captured.</param>
    public SinkedRouter(Func<RouterOptions, RouterTelemetrySink> use, Dictionary<string, string>? variables = null, bool capture = false)
    {
        var options = new RouterOptions { TimeProvider = Time, LoggerFactory = Logs, Variables = name => variables?.GetValueOrDefault(name) };
        Sink = use(options);
        _router = new TestRouter(observers: [.. options.Observers], captureContent: capture);
        Group = _router.Group(TestRouter.Deployment("a", order: 1), TestRouter.Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("hi"));
    }

    public RouterTelemetrySink Sink { get; }

    public TestGroup Group { get; }

    public RecordedLogs Logs { get; } = new();

    /// <summary>The time of the sink, which stands still until a test moves it.</summary>
    public VirtualTime Time { get; } = new();

    public FakeTransport Transport => _router.Transport;

    public async Task CallAsync(int times = 1, CallOptions? routing = null)
    {
        for (int i = 0; i < times; i++) Assert.Equal("hi", (await Group.CompleteAsync("Hello", routing ?? new CallOptions(), cancellationToken: Test)).Text);
    }

    /// <summary>Returns how often something was logged.</summary>
    public int Logged(string text) => Logs.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));
}
