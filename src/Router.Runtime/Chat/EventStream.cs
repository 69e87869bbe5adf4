using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream of events that a deployment sends, or an answer that came whole although a stream was asked for. Disposing it drops the connection.</summary>
internal sealed class EventStream : ProviderStream
{
    private readonly HttpResponseMessage? _response;
    private readonly Stream? _body;
    private readonly StreamEventReader? _events;
    private readonly ChatStreamDecoder? _decoder;
    private readonly Queue<ChatResponseUpdate>? _whole;
    private bool _progressed;

    /// <summary>Makes a stream of events.</summary>
    /// <param name="response">What it belongs to; null where nothing is to be disposed.</param>
    /// <param name="body">The rest of its body.</param>
    /// <param name="start">What was read of its body.</param>
    /// <param name="framing">Divides the body into events.</param>
    /// <param name="decoder">Reads the events.</param>
    public EventStream(HttpResponseMessage? response, Stream body, ReadOnlySpan<byte> start, StreamFraming framing, ChatStreamDecoder decoder)
    {
        _response = response;
        _body = body;
        _events = framing.Open(body, start);
        _decoder = decoder;
    }

    /// <summary>An answer that came whole although a stream was asked for; some servers do that.</summary>
    public EventStream(RoutedResponse reply)
    {
        _whole = new Queue<ChatResponseUpdate>(reply.ToChatResponseUpdates());
        NoteAnswer(reply);
    }

    /// <inheritdoc/>
    public override UsageDetails? Usage => base.Usage ?? _decoder?.UsageSoFar;

    /// <summary>Gets whether updates are to have the events that they were read from.</summary>
    public bool KeepsRaw { get; init; }

    public static async ValueTask<ProviderStream> OpenAsync(
        HttpResponseMessage response, StreamFraming framing, ChatStreamDecoder decoder, bool keepsRaw, CancellationToken cancellationToken)
    {
        try
        {
            return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), [], framing, decoder) { KeepsRaw = keepsRaw };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true)
    {
        bool isEnding = false;
        while (!TryRead())
        {
            bool progressed = _progressed;
            _progressed = false;
            if (_decoder!.IsFinished)
            {
                if (progressed || !isEnding) clock.Arm(SilenceAfterFinish, CancelCause.StreamIdleTimeout);
                isEnding = true;
            }
            else if (progressed && idle is { } limit)
            {
                clock.Arm(limit, CancelCause.StreamIdleTimeout);
            }

            try
            {
                // A synchronous read knows no token: what ends it is the end of its stream.
                using CancellationTokenRegistration abort = async ? default : clock.Token.UnsafeRegister(static state => ((Stream)state!).Dispose(), _body);
                if (await _events!.FillAsync(async, clock.Token).ConfigureAwait(false)) continue;
            }
            catch (Exception) when (isEnding && !clock.IsCancelledByCaller && clock.Cause is not CancelCause.Superseded)
            {
                return Signal = End();
            }

            if (_decoder.IsFinished) return Signal = End();
            return Signal = Fail(new AttemptFailure(FailureKind.InvalidResponse, "The stream ended without a reason to stop or its terminator: the answer was cut.") { Detail = "StreamCut" });
        }

        return Signal;
    }

    /// <inheritdoc/>
    public override bool TryRead()
    {
        if (_whole is not null)
        {
            Signal = TakeWhole();
            return true;
        }

        while (TryDecode(out StreamSignal signal))
        {
            if (signal is StreamSignal.Progress) _progressed = true;
            if (signal is StreamSignal.Continue or StreamSignal.Progress) continue;
            _progressed = false;
            Signal = signal;
            return true;
        }

        return false;
    }

    public override void Dispose()
    {
        _events?.Dispose();
        _response?.Dispose();
    }

    private bool TryDecode(out StreamSignal signal)
    {
        signal = StreamSignal.Continue;
        StreamEvent next;
        try
        {
            if (!_events!.TryRead(out next)) return false;
        }
        catch (InvalidDataException exception)
        {
            signal = _decoder!.IsFinished ? End() : Fail(TransportFailure.From(exception, CancelCause.None));
            return true;
        }

        signal = _decoder!.Read(next.Type, next.Data, out ChatResponseUpdate? update, out AttemptFailure? failure);
        if (signal is StreamSignal.Failed && failure!.Kind is FailureKind.InvalidResponse && _decoder.IsFinished)
        {
            signal = End(); // An event that was cut, after the answer was complete.
            return true;
        }

        Update = update;
        Failure = failure is null ? null : InStream(failure);
        if (update is null) return true;
        NoteUsage(update);
        if (KeepsRaw) update.RawRepresentation = RawAnswer.Parse(next.Data);
        return true;
    }

    /// <summary>Ends a stream that has said why the model stopped.</summary>
    private StreamSignal End()
    {
        StreamSignal signal = _decoder!.End(out ChatResponseUpdate? update, out AttemptFailure? failure);
        Update = update;
        Failure = failure is null ? null : InStream(failure);
        if (update is not null) NoteUsage(update);
        return signal;
    }

    private StreamSignal Fail(AttemptFailure failure)
    {
        Failure = InStream(failure);
        return StreamSignal.Failed;
    }

    /// <summary>An error within a stream has the stream's status, as one within a whole answer has the answer's.</summary>
    private AttemptFailure InStream(AttemptFailure failure) => failure.StatusCode is null && _response is not null ? failure with { StatusCode = (int)_response.StatusCode } : failure;

    private StreamSignal TakeWhole()
    {
        if (!_whole!.TryDequeue(out ChatResponseUpdate? update))
        {
            Update = null;
            return StreamSignal.Completed;
        }

        Update = update;
        NoteUsage(update);
        return StreamSignal.Update;
    }
}
