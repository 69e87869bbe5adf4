using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A provider of chat that answers when a test lets it, with so many tokens.</summary>
internal sealed class HeldUpstream : HttpMessageHandler
{
    private readonly ConcurrentQueue<TaskCompletionSource> _held = new();
    private TaskCompletionSource _arrived = New();
    private int _calls;

    /// <summary>Gets or sets the tokens of a prompt; those of gpt-4o-mini cost 0.15 USD a million.</summary>
    public int InputTokens { get; set; } = 1_000_000;

    /// <summary>Gets or sets the tokens of an answer.</summary>
    public int OutputTokens { get; set; }

    /// <summary>Gets or sets whether answers wait for <see cref="LetOne"/>.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Gets or sets the status of answers.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Gets or sets what is answered instead, as a stream of events.</summary>
    public Stream? Stream { get; set; }

    /// <summary>Gets how many requests came.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Gets the last request.</summary>
    public HttpRequestMessage? Last { get; private set; }

    /// <summary>Waits until so many requests came.</summary>
    public async Task WaitForAsync(int calls)
    {
        while (Calls < calls) await Volatile.Read(ref _arrived).Task;
    }

    /// <summary>Lets one request be answered.</summary>
    public void LetOne()
    {
        Assert.True(_held.TryDequeue(out TaskCompletionSource? one));
        one.SetResult();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Last = request;
        TaskCompletionSource held = New();
        if (IsHeld) _held.Enqueue(held);
        else held.SetResult();
        Interlocked.Increment(ref _calls);
        Interlocked.Exchange(ref _arrived, New()).SetResult();
        await held.Task.WaitAsync(cancellationToken);
        if (Stream is { } stream) return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(stream) { Headers = { ContentType = new("text/event-stream") } }, RequestMessage = request };
        return new HttpResponseMessage(Status) { Content = new StringContent(Status is HttpStatusCode.OK ? Answer : """{"error":{"message":"No.","type":"server_error"}}""", Encoding.UTF8, "application/json"), RequestMessage = request };
    }

    private string Answer => $$$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{{InputTokens}}},"completion_tokens":{{{OutputTokens}}},"total_tokens":{{{InputTokens + OutputTokens}}}}}""";

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
