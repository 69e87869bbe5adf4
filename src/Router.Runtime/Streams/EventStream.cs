using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream of events that a deployment sends, or an answer that came whole although a stream was asked for. Disposing it drops the connection.</summary>
/// <typeparam name="TKind">What the streams of the kind of call have of their own.</typeparam>
/// <typeparam name="TUpdate">What it brings, piece by piece.</typeparam>
internal sealed class EventStream<TKind, TUpdate> : ProviderStream<TUpdate>
    where TKind : IStreamKind<TUpdate>
    where TUpdate : class
{
    private readonly HttpResponseMessage? _response;
    private readonly Stream? _body;
    private readonly StreamEventReader? _events;
    private readonly StreamDecoder<TUpdate>? _decoder;
    private readonly Queue<TUpdate>? _whole;
    private bool _progressed;
    private AttemptFailure? _failed; // after an update that is handed out first

    /// <summary>Makes a stream of events.</summary>
    /// <param name="response">What it belongs to; null where nothing is to be disposed.</param>
    /// <param name="body">The rest of its body.</param>
    /// <param name="start">What was read of its body.</param>
    /// <param name="framing">Divides the body into events.</param>
    /// <param name="decoder">Reads the events.</param>
    public EventStream(HttpResponseMessage? response, Stream body, ReadOnlySpan<byte> start, StreamFraming framing, StreamDecoder<TUpdate> decoder)
    {
        _response = response;
        _body = body;
        _events = framing.Open(body, start);
        _decoder = decoder;
    }

    /// <summary>An answer that came whole although a stream was asked for; some servers do that.</summary>
    public EventStream(WholeStream<TUpdate> answer)
    {
        _whole = new Queue<TUpdate>(answer.Updates);

        // Before an update brings it, should the caller leave until then.
        Tier = answer.Tier;
        Noted = answer.Usage;
    }

    /// <inheritdoc/>
    public override UsageDetails? Usage => base.Usage ?? _decoder?.UsageSoFar;

    /// <summary>Gets whether updates are to have the events that they were read from.</summary>
    public bool KeepsRaw { get; init; }

    public static async ValueTask<ProviderStream<TUpdate>> OpenAsync(
        HttpResponseMessage response, StreamFraming framing, StreamDecoder<TUpdate> decoder, bool keepsRaw, CancellationToken cancellationToken)
    {
        try
        {
            return new EventStream<TKind, TUpdate>(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), [], framing, decoder) { KeepsRaw = keepsRaw };
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

            if (_decoder.IsFinished || _decoder.EndsWithConnection) return Signal = End();
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

        if (_failed is { } failed)
        {
            Signal = Fail(failed);
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

        return _decoder!.Take() is { } joined && HandOut(joined);
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

        signal = _decoder!.Read(next.Type, next.Data, out TUpdate? update, out AttemptFailure? failure);
        if (signal is StreamSignal.Failed && failure!.Kind is FailureKind.InvalidResponse && _decoder.IsFinished)
        {
            signal = End(); // An event that was cut, after the answer was complete.
            return true;
        }

        if (signal is StreamSignal.Failed && _decoder.Take() is { } joined)
        {
            _failed = failure;
            signal = StreamSignal.Update;
            return HandOut(joined); // What came before the failure has come.
        }

        Update = update;
        Failure = failure is null ? null : InStream(failure);
        if (update is null) return true;
        Note<TKind>(update);
        if (KeepsRaw) TKind.AttachRaw(update, next.Data);
        return true;
    }

    private bool HandOut(TUpdate update)
    {
        Update = update;
        Failure = null;
        Signal = StreamSignal.Update;
        Note<TKind>(update);
        return true;
    }

    /// <summary>Ends a stream that has said why the model stopped, or that is complete where its connection ends.</summary>
    private StreamSignal End()
    {
        StreamSignal signal = _decoder!.End(out TUpdate? update, out AttemptFailure? failure);
        Update = update;
        Failure = failure is null ? null : InStream(failure);
        if (update is not null) Note<TKind>(update);
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
        if (!_whole!.TryDequeue(out TUpdate? update))
        {
            Update = null;
            return StreamSignal.Completed;
        }

        Update = update;
        Note<TKind>(update);
        return StreamSignal.Update;
    }
}
