using System.Buffers;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Deltas of text that have arrived together, as one: a gateway reads streams that others read too, and where a hundred deltas are in one packet, one by one is a
/// hundred times the work. A delta is known by its likeness to one that was decoded (<see cref="DeltaTemplate"/>).
/// </summary>
/// <param name="decoder">Reads what is not like anything that it has read.</param>
internal sealed class TextRun(ChatStreamDecoder decoder)
{
    // A stream whose deltas differ in more than is known of is decoded one by one.
    private const int MostMisses = 16;

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private DeltaTemplate? _template;
    private ChatResponseUpdate? _first;
    private ChatResponseUpdate? _joined;
    private int _misses;

    /// <summary>Adds a delta of text, if the event is one.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="data">Its data.</param>
    public bool TryAdd(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (_template is null) return false;
        if (!_template.Matches(type, data, out ReadOnlySpan<byte> text)) return false;
        _misses = 0;
        _text.Write(text);
        return true;
    }

    /// <summary>Learns from an event that was decoded.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="data">Its data.</param>
    /// <param name="signal">What it means.</param>
    /// <param name="update">What it says.</param>
    public void Learn(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, StreamSignal signal, ChatResponseUpdate? update)
    {
        _template = null; // What comes between two deltas may change what the next one means.
        if (!decoder.AllowsJoining || signal is not StreamSignal.Update || update is null || PlainDelta.TextOf(update) is not { Length: > 0 } text || _misses++ >= MostMisses) return;
        _template = DeltaTemplate.Of(type, data, text);
        _first = update;
    }

    /// <summary>Has an event decoded that is no delta of the run. What was added before it is joined first, because the decoder must know of it.</summary>
    /// <inheritdoc cref="StreamDecoder{TUpdate}.Read"/>
    public StreamSignal Decode(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        Join();
        return decoder.Read(eventType, data, out update, out failure);
    }

    /// <summary>Returns what was added since the last time as one update; null where that is nothing.</summary>
    public ChatResponseUpdate? Take()
    {
        Join();
        ChatResponseUpdate? joined = _joined;
        _joined = null;
        return joined;
    }

    private void Join()
    {
        if (_text.WrittenCount == 0) return;
        string text = Encoding.UTF8.GetString(_text.WrittenSpan);
        _text.ResetWrittenCount();
        decoder.NoteJoined(text);
        _joined = PlainDelta.WithText(_first!, text);
    }
}
