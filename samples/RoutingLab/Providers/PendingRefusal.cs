using System.Globalization;
using System.Net;

namespace RoutingLab;

/// <summary>A request that gets no answer: a refusal after a moment, or nothing until its caller gives up.</summary>
internal sealed class PendingRefusal : IScheduled
{
    // Not asynchronous: whoever waits goes on within the event, on the simulating thread.
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new();
    private readonly SimulatedTransport _transport;
    private readonly int _provider;
    private readonly Verdict _verdict;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _cancellation;

    public PendingRefusal(SimulatedTime time, SimulatedTransport transport, int provider, Verdict verdict, CancellationToken token)
    {
        _transport = transport;
        _provider = provider;
        _verdict = verdict;
        _token = token;
        _cancellation = token.UnsafeRegister(static state => ((PendingRefusal)state!).Cancel(), this);
        if (verdict.Kind is not VerdictKind.Silence) time.Schedule(verdict.FirstToken, this);
    }

    public Task<HttpResponseMessage> Response => _response.Task;

    public void Fire(int ticket)
    {
        if (_response.Task.IsCompleted) return;
        if (_verdict.Kind is VerdictKind.Refusal) _transport.Keep(_provider);
        _cancellation.Dispose();
        if (_verdict.Kind is VerdictKind.Refused)
        {
            _response.SetException(new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
            return;
        }

        var response = new HttpResponseMessage((HttpStatusCode)_verdict.Status);
        if (_verdict.RetryAfter > 0) response.Headers.TryAddWithoutValidation("Retry-After", _verdict.RetryAfter.ToString(CultureInfo.InvariantCulture));
        _response.SetResult(response);
    }

    private void Cancel()
    {
        if (_verdict.Kind is VerdictKind.Silence) _transport.Leave(_provider, wasRead: false);
        _response.TrySetCanceled(_token);
    }
}
