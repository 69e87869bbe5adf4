using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>
/// Sends a stream to a client: each event at once, but those that come together in one piece. Where nothing comes for a while, a ping is sent, by a timer;
/// all writing is within a gate, because a timer has a thread of its own.
/// </summary>
internal sealed class StreamResponse : IAsyncDisposable
{
    // Bytes that are sent in one piece at most.
    private const int MostUnsent = 16 * 1024;

    private readonly HttpContext _context;
    private readonly GatewayCall _call;
    private readonly ReadOnlyMemory<byte> _ping;
    private readonly PipeWriter _output;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private bool _hasBegun;
    private bool _isOver;
    private int _sent;
    private long _lastSent;

    /// <summary>Begins to count the time to a ping.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ping">What an idle stream is kept open with.</param>
    /// <param name="options">How the gateway serves.</param>
    public StreamResponse(HttpContext context, ReadOnlyMemory<byte> ping, GatewayOptions options)
    {
        _context = context;
        _call = GatewayCall.Of(context);
        _ping = ping;
        _output = context.Response.BodyWriter;
        _interval = options.PingInterval;
        _time = options.TimeProvider;
        _lastSent = _time.GetTimestamp();
        _timer = _time.CreateTimer(static state => ((StreamResponse)state!).Ping(), this, _interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends all updates of a stream.</summary>
    /// <param name="updates">The stream.</param>
    /// <param name="source">What its updates are to the client.</param>
    /// <param name="group">The group that was asked.</param>
    /// <exception cref="RoutingException">No deployment could answer, or the stream broke.</exception>
    public async Task SendAsync<TUpdate, TEvents>(IAsyncEnumerable<TUpdate> updates, TEvents source, string group)
        where TEvents : IStreamEvents<TUpdate>
    {
        CancellationToken token = _context.RequestAborted;
        IAsyncEnumerator<TUpdate> stream = updates.GetAsyncEnumerator(token);
        await using (stream.ConfigureAwait(false))
        {
            int unsent = 0;
            while (true)
            {
                ValueTask<bool> next = stream.MoveNextAsync();

                // A client that does not read is waited for, however fast its provider is: else all of the answer would be kept here.
                if (unsent > 0 && (!next.IsCompleted || unsent >= MostUnsent))
                {
                    await FlushAsync(token).ConfigureAwait(false);
                    unsent = 0;
                }

                if (!await next.ConfigureAwait(false)) break;
                TUpdate update = stream.Current;
                ValueTask<ReadOnlyMemory<byte>> written = source.EventsOf(update);
                if (unsent > 0 && !written.IsCompleted)
                {
                    await FlushAsync(token).ConfigureAwait(false);
                    unsent = 0;
                }

                ReadOnlyMemory<byte> events = await written.ConfigureAwait(false);
                if (events.IsEmpty) continue;
                await WriteAsync(events, source.DeploymentOf(update), group, token).ConfigureAwait(false);
                unsent += events.Length;
            }

            await FlushAsync(token).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a stream that has begun with an error, and sends nothing from then on.</summary>
    /// <param name="error">The error.</param>
    /// <param name="write">Writes its events, with the number of those that the client has had.</param>
    /// <returns>False where the client has had nothing yet, so that the error can be a response.</returns>
    public async Task<bool> TryFailAsync(GatewayError error, Action<IBufferWriter<byte>, int> write)
    {
        await _gate.WaitAsync(_context.RequestAborted).ConfigureAwait(false);
        try
        {
            _isOver = true;
            if (!_hasBegun) return false;
            _call.Error = error;
            write(_output, _sent);
            await _output.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false); // for a ping that is still being sent
        _gate.Dispose();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> events, Deployment? deployment, string group, CancellationToken token)
    {
        await _gate.WaitAsync(token).ConfigureAwait(false);
        try
        {
            if (!_hasBegun) Begin(deployment, group);
            _call.NoteFirstByte();
            _output.Write(events.Span);
            _sent += events.Span.Count("\n\n"u8);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask FlushAsync(CancellationToken token)
    {
        await _gate.WaitAsync(token).ConfigureAwait(false);
        try
        {
            await _output.FlushAsync(token).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        Volatile.Write(ref _lastSent, _time.GetTimestamp());
    }

    private void Begin(Deployment? deployment, string group)
    {
        _hasBegun = true;
        HttpResponse response = _context.Response;
        response.StatusCode = 200;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["x-accel-buffering"] = "no";
        if (deployment is not null) RouteHeaders.Add(response.Headers, group, deployment.Name, deployment.Provider + "/" + deployment.Model);
        else if (group.Length > 0) response.Headers["x-routergen-group"] = group;
    }

    private void Ping()
    {
        if (_context.RequestAborted.IsCancellationRequested) return;

        // A timer is dear to set, and events come often: it sleeps on where something was sent since it was set, or is being sent now.
        TimeSpan rest = _interval - _time.GetElapsedTime(Volatile.Read(ref _lastSent));
        if (rest > TimeSpan.Zero || !_gate.Wait(0))
        {
            _timer.Change(rest > TimeSpan.Zero ? rest : _interval, Timeout.InfiniteTimeSpan);
            return;
        }

        if (_isOver)
        {
            _gate.Release();
            return;
        }

        if (!_hasBegun) Begin(null, "");
        _output.Write(_ping.Span);
        ValueTask<FlushResult> flush = _output.FlushAsync(_context.RequestAborted);
        if (flush.IsCompleted) Release();
        else _ = ReleaseAfterAsync(flush);
    }

    private async Task ReleaseAfterAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has gone, which the call notices by itself.
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        Volatile.Write(ref _lastSent, _time.GetTimestamp());
        _gate.Release();
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }
}
