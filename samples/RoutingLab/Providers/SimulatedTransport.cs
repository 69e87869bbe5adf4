using System.Globalization;
using System.Net;

namespace RoutingLab;

/// <summary>The network between one router and the providers. The n-th provider is at <see cref="AddressOf"/> n.</summary>
/// <param name="time">The simulated time.</param>
/// <param name="providers">The providers, which all routers share.</param>
/// <param name="scenario">Says how long connections take, and the first requests of a process.</param>
internal sealed class SimulatedTransport(SimulatedTime time, SimulatedProvider[] providers, Scenario scenario) : HttpMessageHandler
{
    private readonly MemoryStream _body = new();
    private readonly ConnectionPool[] _connections = [.. providers.Select(static _ => new ConnectionPool())];

    /// <summary>Whether an answer has arrived: whatever had to be compiled for it is.</summary>
    public bool IsWarm { get; set; }

    public static string AddressOf(int provider) => string.Create(CultureInfo.InvariantCulture, $"https://p{provider}");

    /// <summary>A request is over.</summary>
    /// <param name="provider">Which provider it was sent to.</param>
    /// <param name="wasRead">Whether its answer was read to the end, so that the connection stays open.</param>
    public void Leave(int provider, bool wasRead)
    {
        providers[provider].Leave();
        if (wasRead) Keep(provider);
    }

    /// <summary>A connection is free for another request.</summary>
    public void Keep(int provider) => _connections[provider].Return(time.Now);

    /// <summary>What a request takes longer now, in seconds.</summary>
    public double SetUp(int provider) => (IsWarm ? 0 : scenario.ColdProcess) + (_connections[provider].HasOpen(time.Now) ? 0 : scenario.ColdConnection);

    /// <summary>What a request would meet at a provider now, apart from its luck.</summary>
    public Prospect Foresee(int provider, int inputTokens, int outputLimit) => providers[provider].Foresee(inputTokens, outputLimit, SetUp(provider), scenario.WholeCalls);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int index = int.Parse(request.RequestUri!.Host.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        _body.SetLength(0);
        request.Content!.CopyTo(_body, null, cancellationToken);
        (int inputTokens, int outputLimit, bool streamed) = LabCodec.ReadRequest(_body.GetBuffer().AsSpan(0, (int)_body.Length));

        Verdict verdict = providers[index].Accept(inputTokens, outputLimit, SetUp(index));
        _connections[index].Take(time.Now);
        if (verdict.Kind is not VerdictKind.Answer) return new PendingRefusal(time, this, index, verdict, cancellationToken).Response;
        var body = new AnswerStream(time, this, index, verdict, inputTokens, streamed);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new AnswerStream.Content(body), RequestMessage = request });
    }
}
