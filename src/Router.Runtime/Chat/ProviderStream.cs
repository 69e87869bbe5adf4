using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream that a deployment has opened, read update by update. Disposing it drops the connection, so that the provider stops generating.</summary>
internal sealed class ProviderStream : IDisposable, ICallAnswer
{
    /// <summary>
    /// How long a stream that has said why the model stopped may be silent before it counts as complete. What a server sends later, usage for
    /// example, is lost.
    /// </summary>
    public static readonly TimeSpan SilenceAfterFinish = TimeSpan.FromSeconds(2);

    private readonly HttpResponseMessage? _response;
    private readonly Stream? _body;
    private readonly StreamEventReader? _events;
    private readonly ChatStreamDecoder? _decoder;
    private readonly Queue<ChatResponseUpdate>? _whole;
    private UsageDetails? _usage;
    private bool _progressed;

    /// <summary>Makes a stream of events.</summary>
    /// <param name="response">What it belongs to; null where nothing is to be disposed.</param>
    /// <param name="body">The rest of its body.</param>
    /// <param name="start">What was read of its body.</param>
    /// <param name="framing">Divides the body into events.</param>
    /// <param name="decoder">Reads the events.</param>
    public ProviderStream(HttpResponseMessage? response, Stream body, ReadOnlySpan<byte> start, StreamFraming framing, ChatStreamDecoder decoder)
    {
        _response = response;
        _body = body;
        _events = framing.Open(body, start);
        _decoder = decoder;
    }

    /// <summary>An answer that came whole although a stream was asked for; some servers do that.</summary>
    public ProviderStream(RoutedResponse reply)
    {
        _whole = new Queue<ChatResponseUpdate>(reply.ToChatResponseUpdates());
        Tier = reply.Tier;
        _usage = reply.Usage; // Counted already, should the caller leave before the update that brings it.
    }

    /// <summary>Gets what the last <see cref="ReadAsync"/> brought for the caller.</summary>
    public ChatResponseUpdate? Update { get; private set; }

    /// <summary>Gets why the last <see cref="ReadAsync"/> failed.</summary>
    public AttemptFailure? Failure { get; private set; }

    /// <summary>Gets what the last <see cref="ReadAsync"/> returned.</summary>
    public StreamSignal Signal { get; private set; }

    /// <summary>Gets the usage as far as the provider has reported it.</summary>
    public UsageDetails? Usage => _usage ?? _decoder?.UsageSoFar;

    /// <summary>Gets the service tier that serves it, as far as the provider has said so.</summary>
    public ServiceTier? Tier { get; private set; }

    /// <summary>Gets or sets when the first content arrived; null before it.</summary>
    public long? FirstContentAt { get; set; }

    /// <summary>Gets or sets what was left out of the request or changed in it; null where nothing was.</summary>
    public List<string>? Notes { get; set; }

    /// <summary>Gets whether updates are to have the events that they were read from.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>Gets the updates without content that came before the first content: they are handed out with it, not before.</summary>
    public List<ChatResponseUpdate> Held { get; } = [];

    public static async ValueTask<ProviderStream> OpenAsync(
        HttpResponseMessage response, StreamFraming framing, ChatStreamDecoder decoder, bool keepsRaw, CancellationToken cancellationToken)
    {
        try
        {
            return new ProviderStream(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), [], framing, decoder) { KeepsRaw = keepsRaw };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads up to the next update, the end, or a failure, within the limit that is armed. A model that writes what is not
    /// for the caller yet, a long tool call for example, is not silent: from then on the limit is <paramref name="idle"/>, where
    /// there is one. A stream that has said why the model stopped ends with its connection, or after <see cref="SilenceAfterFinish"/>.
    /// Throws what the transport throws.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true)
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

    /// <summary>Does what <see cref="ReadAsync"/> does, as far as it takes no waiting.</summary>
    /// <returns>False where more must arrive first.</returns>
    public bool TryRead()
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

    public void Dispose()
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

    private void NoteUsage(ChatResponseUpdate update)
    {
        if (update.AdditionalProperties is { } properties) Tier = ServiceTierNames.AnsweredIn(properties) ?? Tier;

        // By index: an enumerator over the interface would be allocated, for each update.
        for (int i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is UsageContent usage) _usage = usage.Details;
        }
    }
}
