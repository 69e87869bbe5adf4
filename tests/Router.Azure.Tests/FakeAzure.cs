using System.Net;
using System.Text;

namespace RouterGen.Azure.Tests;

/// <summary>Answers in place of Azure's models, and keeps what was asked.</summary>
internal sealed class FakeAzure : HttpMessageHandler
{
    private readonly List<(Uri Address, string? Token)> _asked = [];

    public IReadOnlyList<(Uri Address, string? Token)> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>The tokens that it takes; null for any.</summary>
    public Func<string?, bool> Takes { get; set; } = static _ => true;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? token = request.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null;
        lock (_asked) _asked.Add((request.RequestUri!, token));
        if (!Takes(token)) return Answer(HttpStatusCode.Unauthorized, """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}""");
        return request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)
            ? Answer(HttpStatusCode.OK, """{"id":"m","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""")
            : Answer(HttpStatusCode.OK, """{"id":"c","model":"gpt","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
