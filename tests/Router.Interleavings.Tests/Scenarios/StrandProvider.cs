using System.Net;
using System.Text;

namespace RouterGen.Interleavings.Tests;

/// <summary>
/// Providers, told apart by their hosts. A synchronous request is answered on its strand, with a pause in it; an asynchronous
/// one when <see cref="Answer"/> is called, or never.
/// </summary>
internal sealed class StrandProvider : HttpMessageHandler
{
    private readonly Dictionary<string, int> _inFlight = [];
    private readonly Dictionary<string, int> _limits = [];
    private readonly Dictionary<string, Queue<(HttpStatusCode Status, string Text)>> _replies = [];
    private readonly List<(string Host, TaskCompletionSource<HttpResponseMessage> Reply)> _open = [];

    private string[] _shared = [];

    /// <summary>Gets how many requests have come.</summary>
    public int Asked { get; private set; }

    /// <summary>Fails the run where a host, or several that share a limit, gets more requests at once.</summary>
    public void Limit(int most, params string[] hosts)
    {
        foreach (string host in hosts) _limits[host] = most;
        _shared = hosts;
    }

    /// <summary>What a host answers, one after another; "fine" from then on.</summary>
    public void On(string host, params (HttpStatusCode Status, string Text)[] replies) => _replies[host] = new(replies);

    /// <summary>Answers an asynchronous request, when there is one.</summary>
    public void Answer(string host)
    {
        Strand.Wait(new Site("Wait", "Provider", host, 0), () => IsAsked(host));
        _open.Find(open => open.Host == host && !open.Reply.Task.IsCompleted).Reply.TrySetResult(Next(host));
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content!.CopyTo(Stream.Null, null, cancellationToken);
        string host = request.RequestUri!.Host;
        Enter(host);
        Interleaving.Pause("at the provider");
        _inFlight[host]--;
        cancellationToken.ThrowIfCancellationRequested();
        return Next(host);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content!.CopyTo(Stream.Null, null, cancellationToken);
        string host = request.RequestUri!.Host;
        Enter(host);
        var reply = new TaskCompletionSource<HttpResponseMessage>();
        _open.Add((host, reply));
        using CancellationTokenRegistration cancel = cancellationToken.Register(() => reply.TrySetCanceled(cancellationToken));
        try
        {
            return await reply.Task.ConfigureAwait(false);
        }
        finally
        {
            _inFlight[host]--;
        }
    }

    private bool IsAsked(string host) => _open.Exists(open => open.Host == host && !open.Reply.Task.IsCompleted);

    private void Enter(string host)
    {
        Asked++;
        _inFlight[host] = _inFlight.GetValueOrDefault(host) + 1;
        if (!_limits.TryGetValue(host, out int most)) return;
        int all = _shared.Sum(shared => _inFlight.GetValueOrDefault(shared));
        Assert.True(all <= most, $"{all} requests at once at {string.Join(", ", _shared)}, where {most} are allowed.");
    }

    private HttpResponseMessage Next(string host)
    {
        (HttpStatusCode status, string text) = _replies.TryGetValue(host, out Queue<(HttpStatusCode, string)>? replies) && replies.TryDequeue(out var reply) ? reply : (HttpStatusCode.OK, "fine");
        return new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
    }
}
