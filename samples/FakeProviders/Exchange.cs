using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>One valid call, answered as its fault has it.</summary>
internal sealed class Exchange(
    HttpContext context, WireDialect dialect, string model, JsonElement body, Fault fault, ReplySource source, TimeProvider time, CancellationToken stopping)
{
    private readonly HttpResponse _response = context.Response;
    private readonly Reply _reply = source.Reply;
    private readonly StreamForm _form = dialect.FormOf(body);

    public WireDialect Dialect => dialect;

    public bool IsStreamed { get; } = dialect.IsStreamed(context.Request.Path.Value!, body);

    public bool WantsUsage { get; } = dialect.WantsUsage(body);

    public async Task RunAsync()
    {
        if (fault.Kind is FaultKind.BlackHole) await WaitAsync(Timeout.InfiniteTimeSpan);
        if (fault.Delay is { } delay) await WaitAsync(delay);
        AddHeaders();
        switch (fault.Kind)
        {
            case FaultKind.None when _reply.Prebuilt && fault.FirstTokenDelay is null: await SendPrebuiltAsync(); break;
            case FaultKind.Reset: Reset(); break;
            case FaultKind.Status when fault.Body is not null: await SendAsync(fault.StatusCode, fault.ContentType, Encoding.UTF8.GetBytes(fault.Body)); break;
            case FaultKind.Status: await SendAsync(dialect.Error(fault.StatusCode)); break;
            case FaultKind.Quota: await SendAsync(dialect.Quota()); break;
            case FaultKind.ContextWindow: await SendAsync(dialect.ContextWindow()); break;
            case FaultKind.PromptFiltered: await SendAsync(dialect.PromptFiltered()); break;
            case FaultKind.ErrorObject: await SendAsync(dialect.Error(500) with { StatusCode = 200 }); break;
            case FaultKind.Html: await SendAsync(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>"u8.ToArray()); break;
            case FaultKind.Empty: await SendAsync(200, ContentType, []); break;
            case FaultKind.Gigantic: await SendGiganticAsync(); break;
            case FaultKind.Redirect:
                _response.Headers.Location = fault.Location;
                await SendAsync(307, "text/plain", []);
                break;
            default: await (IsStreamed ? SendStreamAsync() : SendPlainAsync()); break;
        }
    }

    /// <summary>The bytes of a good answer, one element a write.</summary>
    public byte[][] BuildWrites()
    {
        if (!IsStreamed) return [JsonBytes.Of(dialect.Completion(MakeAnswer()))];
        byte[][] events = dialect.Stream(MakeAnswer(), WantsUsage).All;
        return _reply.Batch ? [[.. events.SelectMany(e => e)]] : events;
    }

    private string ContentType => fault.Kind is FaultKind.WrongContentType ? "text/plain; charset=utf-8"
        : IsStreamed ? _form.ContentType : "application/json";

    private Answer MakeAnswer()
    {
        // "é" is two bytes of which WithInvalidUtf8 spoils the first; nothing else in an answer needs to be outside of ASCII.
        Reply reply = fault.Kind is FaultKind.InvalidUtf8 ? _reply with { Text = "Un café" } : _reply;
        return Answer.To(dialect.Read(body) with { Model = model }, reply, filtered: fault.Kind is FaultKind.ContentFiltered);
    }

    private void AddHeaders()
    {
        _response.Headers[dialect.RequestIdHeader] = dialect.NextRequestId();
        if (fault.RetryAfter is { } wait)
        {
            (string name, string value) = fault.RetryAfterForm switch
            {
                RetryAfterForm.Date => ("Retry-After", (time.GetUtcNow() + wait).ToString("R", CultureInfo.InvariantCulture)),
                RetryAfterForm.Milliseconds => ("retry-after-ms", wait.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)),
                _ => ("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)),
            };
            _response.Headers[name] = value;
        }

        foreach ((string name, string value) in fault.Headers ?? new Dictionary<string, string>()) _response.Headers[name] = value;
    }

    private Task SendAsync(Refusal refusal) => SendAsync(refusal.StatusCode, "application/json", JsonBytes.Of(refusal.Body));

    private async Task SendAsync(int statusCode, string contentType, byte[] bytes)
    {
        _response.StatusCode = statusCode;
        _response.ContentType = contentType;
        _response.ContentLength = bytes.Length;
        await WriteAsync(bytes);
    }

    private async Task SendPrebuiltAsync()
    {
        byte[][] writes = source.Prebuilt(this);
        _response.ContentType = ContentType;
        if (!IsStreamed) _response.ContentLength = writes[0].Length;
        for (int i = 0; i < writes.Length; i++)
        {
            if (i > 0 && _reply.DeltaDelay is { } delay) await WaitAsync(delay);
            await WriteAsync(writes[i]);
        }
    }

    private async Task SendPlainAsync()
    {
        if (fault.FirstTokenDelay is { } delay) await WaitAsync(delay);
        byte[] bytes = BuildWrites()[0];
        int half = bytes.Length / 2;
        switch (fault.Kind)
        {
            case FaultKind.StreamError: await SendAsync(dialect.Error(500) with { StatusCode = 200 }); return;
            case FaultKind.TruncatedJson or FaultKind.EndEarly: await SendAsync(200, ContentType, bytes[..half]); return;
            case FaultKind.InvalidUtf8: await SendAsync(200, ContentType, SseForm.Instance.WithInvalidUtf8(bytes)); return;
            case FaultKind.SingleBytes:
                _response.ContentType = ContentType;
                await WriteSingleBytesAsync(bytes);
                return;
            case FaultKind.ResetAfterHeaders or FaultKind.Cut or FaultKind.Stall: break;
            default: await SendAsync(200, ContentType, bytes); return;
        }

        _response.ContentType = ContentType;
        _response.ContentLength = bytes.Length;
        await WriteAsync(bytes.AsMemory(0, fault.Kind is FaultKind.ResetAfterHeaders ? 0 : half));
        if (fault.Kind is FaultKind.Stall) await WaitAsync(Timeout.InfiniteTimeSpan);
        Reset();
    }

    private async Task SendStreamAsync()
    {
        StreamEvents events = dialect.Stream(MakeAnswer(), WantsUsage);
        _response.ContentType = ContentType;
        if (_reply.Batch && fault.Kind is FaultKind.None)
        {
            await WriteAsync(events.All.SelectMany(e => e).ToArray());
            return;
        }

        await WriteAsync(default);
        if (fault.Kind is FaultKind.ResetAfterHeaders)
        {
            Reset();
            return;
        }

        if (fault.Stage is FaultStage.Headers && !await GoesOnAfterFaultAsync()) return;
        foreach (byte[] opening in events.Opening) await WriteEventAsync(opening);
        if (fault.FirstTokenDelay is { } first) await WaitAsync(first);
        if (!await SendDeltasAsync(events.Deltas)) return;
        foreach (byte[] closing in events.Closing) await WriteEventAsync(closing);
        if (fault.Stage is FaultStage.Terminator && !await GoesOnAfterFaultAsync()) return;
        if (fault.Kind is not FaultKind.MissingTerminator) await WriteEventAsync(events.Terminator);
    }

    /// <returns>False if the stream ended among them.</returns>
    private async Task<bool> SendDeltasAsync(byte[][] deltas)
    {
        int faultAt = Math.Min(fault.After, deltas.Length);
        for (int i = 0; i <= deltas.Length; i++)
        {
            if (i == faultAt && fault.Stage is FaultStage.Delta && !await GoesOnAfterFaultAsync()) return false;
            if (i == deltas.Length) break;
            if (i > 0 && _reply.DeltaDelay is { } delay) await WaitAsync(delay);
            byte[] delta = fault.Kind is FaultKind.TruncatedJson && i == 0 ? _form.Truncated(deltas[i]) : deltas[i];
            bool breaks = i == faultAt && fault.Stage is FaultStage.MidEvent;
            await WriteEventAsync(breaks ? delta[..(delta.Length / 2)] : delta);
            if (breaks && !await GoesOnAfterFaultAsync()) return false;
            if (breaks) await WriteAsync(delta.AsMemory(delta.Length / 2));
        }

        return true;
    }

    /// <summary>Does what the fault does at its stage of the stream.</summary>
    /// <returns>False if that was the end of the stream.</returns>
    private async Task<bool> GoesOnAfterFaultAsync()
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut: Reset(); return false;
            case FaultKind.EndEarly: return false;
            case FaultKind.Stall: await WaitAsync(Timeout.InfiniteTimeSpan); return false;
            case FaultKind.StreamError: await WriteEventAsync(dialect.StreamError()); return false;
            case FaultKind.GarbageEvent: await WriteEventAsync(_form.Garbage); return true;
            default: return true;
        }
    }

    private async Task WriteEventAsync(byte[] bytes)
    {
        switch (fault.Kind)
        {
            case FaultKind.CrLf: await WriteAsync(_form.WithCrLf(bytes)); break;
            case FaultKind.Comments: await WriteAsync((byte[])[.. _form.Comment, .. bytes]); break;
            case FaultKind.InvalidUtf8: await WriteAsync(_form.WithInvalidUtf8(bytes)); break;
            case FaultKind.SingleBytes: await WriteSingleBytesAsync(bytes); break;
            default: await WriteAsync(bytes); break;
        }
    }

    private async Task WriteSingleBytesAsync(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) await WriteAsync(bytes.AsMemory(i, 1));
    }

    /// <summary>One string that does not end before the megabytes are through, in a body or an event that is whole at last.</summary>
    private async Task SendGiganticAsync()
    {
        _response.ContentType = ContentType;
        byte[] letters = new byte[64 * 1024];
        letters.AsSpan().Fill((byte)'a');
        long length = fault.Megabytes * 1024L * 1024L;
        (byte[] start, byte[] end) = IsStreamed ? _form.Around(length) : ("{\"padding\":\""u8.ToArray(), "\"}"u8.ToArray());
        await WriteAsync(start);
        for (long left = length; left > 0; left -= letters.Length) await WriteAsync(letters);
        await WriteAsync(end);
    }

    /// <summary>Writes and flushes; once it is done, the bytes are with the socket (see the server's write buffer).</summary>
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        // Kestrel swallows writes to a client that is gone, so ask before. Not during the write: a client may hang up as soon as it has
        // the last byte, and that is no abort.
        context.RequestAborted.ThrowIfCancellationRequested();
        if (bytes.IsEmpty) await _response.Body.FlushAsync(CancellationToken.None);
        else await _response.Body.WriteAsync(bytes, CancellationToken.None);
    }

    private async Task WaitAsync(TimeSpan delay)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(delay, time, gone.Token);
    }

    /// <summary>Closes the connection with a TCP reset, not with an orderly end.</summary>
    private void Reset()
    {
        context.Features.Get<IConnectionSocketFeature>()!.Socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }
}
