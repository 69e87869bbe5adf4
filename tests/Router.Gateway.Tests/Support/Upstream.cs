using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>What all providers answer: what a test scripts, one after another; the last for all that follow.</summary>
internal sealed class Upstream : HttpMessageHandler
{
    private readonly Queue<Func<HttpContent>> _answers = new();

    /// <summary>Gets the requests that came.</summary>
    public List<(Uri Address, HttpRequestHeaders Headers, string Body)> Requests { get; } = [];

    /// <summary>Answers whole.</summary>
    public Upstream Then(string json) => Then(() => new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Answers with a stream.</summary>
    public Upstream ThenStream(string events) => Then(() => new StringContent(events, Encoding.UTF8, "text/event-stream"));

    /// <summary>Answers with what comes from elsewhere.</summary>
    public Upstream ThenStream(Stream events) => Then(() => new StreamContent(events) { Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") } });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request.RequestUri!, request.Headers, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek())(), RequestMessage = request };
    }

    private Upstream Then(Func<HttpContent> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }
}
