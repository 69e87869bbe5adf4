using System.Globalization;
using System.Net;

namespace RoutingLab;

/// <summary>The network between the routers and the providers. The n-th provider is at <see cref="AddressOf"/> n.</summary>
internal sealed class SimulatedTransport(SimulatedTime time, SimulatedProvider[] providers) : HttpMessageHandler
{
    private readonly MemoryStream _body = new();

    public static string AddressOf(int provider) => string.Create(CultureInfo.InvariantCulture, $"https://p{provider}");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SimulatedProvider provider = providers[int.Parse(request.RequestUri!.Host.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture)];
        _body.SetLength(0);
        request.Content!.CopyTo(_body, null, cancellationToken);
        (int inputTokens, int outputLimit, bool streamed) = LabCodec.ReadRequest(_body.GetBuffer().AsSpan(0, (int)_body.Length));

        Verdict verdict = provider.Accept(inputTokens, outputLimit);
        if (verdict.Kind is not VerdictKind.Answer) return new PendingRefusal(time, provider, verdict, cancellationToken).Response;
        var body = new AnswerStream(time, provider, verdict, inputTokens, streamed);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new AnswerStream.Content(body), RequestMessage = request });
    }
}
