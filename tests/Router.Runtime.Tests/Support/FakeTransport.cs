using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RouterGen.Runtime.Tests;

/// <summary>
/// A transport without a network: each deployment (told by the host of its address) answers as it was told, call by
/// call, and with the last answer from then on.
/// </summary>
internal sealed class FakeTransport : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> _replies = new();

    public delegate Task<HttpResponseMessage> Reply(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>The hosts that were asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The key headers that were sent, in order.</summary>
    public ConcurrentQueue<string?> Keys { get; } = new();

    public FakeTransport On(string host, params Reply[] replies)
    {
        ConcurrentQueue<Reply> queue = _replies.GetOrAdd(host, static _ => new());
        queue.Clear();
        foreach (Reply reply in replies) queue.Enqueue(reply);
        return this;
    }

    public static Reply Text(string text) => Respond(HttpStatusCode.OK, text);

    public static Reply Respond(HttpStatusCode status, string body, string? retryAfter = null, string mediaType = "text/plain") => (_, _) =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(response);
    };

    public static Reply Throw(Exception exception) => (_, _) => Task.FromException<HttpResponseMessage>(exception);

    /// <summary>Answers after some time, which passes for everybody.</summary>
    public static Reply After(VirtualTime time, TimeSpan delay, Reply reply) => (request, cancellationToken) =>
    {
        time.Advance(delay);
        return reply(request, cancellationToken);
    };

    /// <summary>Never answers; tells when it was reached.</summary>
    public static Reply Hang(out Task reached)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reached = entered.Task;
        return async (_, cancellationToken) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("unreachable");
        };
    }

    /// <summary>A stream of events that is at its end after the last one.</summary>
    public static Reply Events(params string[] events) => Stream(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(events.Select(text => $"data: {text}\n\n")))));

    public static Reply Stream(Stream body) => (_, _) =>
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return Task.FromResult(response);
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        return await Next(request)(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content!.CopyTo(System.IO.Stream.Null, null, cancellationToken);
        return Next(request)(request, cancellationToken).GetAwaiter().GetResult();
    }

    private Reply Next(HttpRequestMessage request)
    {
        string host = request.RequestUri!.Host;
        Asked.Enqueue(host);
        Keys.Enqueue(request.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null);
        ConcurrentQueue<Reply> queue = _replies[host];
        Reply? reply;
        if (queue.Count > 1) queue.TryDequeue(out reply);
        else queue.TryPeek(out reply);
        return reply!;
    }
}
