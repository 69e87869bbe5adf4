using System.Buffers;
using System.Text;

namespace RouterGen;

/// <summary>
/// The beginning of a JSON object that arrives piece by piece, and that can be closed at any time. Text and lists are closed where they stand;
/// numbers, literals and names that have not ended are left out.
/// </summary>
internal sealed class JsonPrefix
{
    private const int MaxDepth = 64;

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _completed = new();
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly Stack<byte> _closers = new();
    private State _state = State.Outside;
    private int _read; // how many bytes were looked at
    private int _brace = -1; // where an object may begin; -1 where none does
    private int _start; // where the object begins
    private int _safe; // where it can be closed, unless a text is open
    private int _string; // where the open text begins
    private int _stringSafe; // where the open text can be closed
    private int _escape; // the characters of the escape that have been read; 0 outside one
    private int _unit; // the UTF-16 unit of the escape
    private bool _awaitsLowSurrogate;
    private int _literal; // the characters of a literal that are still to come
    private int _takenAt; // the length that was closed the last time
    private bool _takenOpen; // whether a text was open the last time

    private enum State
    {
        Outside,
        NameOrEnd,
        Name,
        Colon,
        Value,
        ItemOrEnd,
        Text,
        Number,
        Literal,
        CommaOrEnd,
        NextName,
        Done,
        Broken,
    }

    private bool IsOpenText => _state is State.Text;

    /// <summary>Adds text.</summary>
    public void Append(string? text)
    {
        if (string.IsNullOrEmpty(text) || _state is State.Done or State.Broken) return;
        Span<byte> free = _text.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length + 1));
        _text.Advance(_encoder.GetBytes(text, free, flush: false)); // The first half of a surrogate pair waits for the second.
        ReadOnlySpan<byte> all = _text.WrittenSpan;
        for (; _read < all.Length && _state is not (State.Done or State.Broken); _read++) Take(all[_read], _read);
    }

    /// <summary>Returns whether something came that a value shows.</summary>
    /// <param name="ignoreEnds">Whether the end of a text alone is none.</param>
    public bool TakeChange(bool ignoreEnds)
    {
        int at = IsOpenText ? _stringSafe : _safe;
        bool isOnlyEnd = _takenOpen && !IsOpenText && at == _takenAt + 1 && ignoreEnds;
        bool hasChanged = at != _takenAt && !isOnlyEnd && _state is not (State.Outside or State.Broken) && at > _start + 1;
        if (at != _takenAt) (_takenAt, _takenOpen) = (at, IsOpenText);
        return hasChanged;
    }

    /// <summary>Returns the object, closed. It is valid until the next call.</summary>
    /// <param name="openString">Where the text begins that has not ended, in what is returned; -1 where none is open.</param>
    public ReadOnlySpan<byte> Complete(out long openString)
    {
        openString = IsOpenText ? _string - _start : -1;
        _completed.ResetWrittenCount();
        _completed.Write(_text.WrittenSpan[_start..(IsOpenText ? _stringSafe : _safe)]);
        if (IsOpenText) _completed.Write("\""u8);
        foreach (byte closer in _closers) _completed.Write([closer]);
        return _completed.WrittenSpan;
    }

    private void Take(byte b, int at)
    {
        switch (_state)
        {
            case State.Outside:
                if (!TryEnter(b, at)) return;
                break;

            case State.Text or State.Name:
                TakeCharacter(b, at);
                return;

            case State.Literal:
                if (--_literal == 0) EndValue(at + 1);
                return;

            case State.Number when b is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'e' or (byte)'E' or (byte)'+' or (byte)'-':
                return;

            case State.Number:
                EndValue(at);
                break;
        }

        if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') return;
        switch (_state)
        {
            case State.NameOrEnd or State.NextName when b is (byte)'"':
                _state = State.Name;
                break;

            case State.NameOrEnd or State.CommaOrEnd or State.ItemOrEnd when _closers.TryPeek(out byte closer) && b == closer:
                _closers.Pop();
                EndValue(at + 1);
                break;

            case State.Colon when b is (byte)':':
                _state = State.Value;
                break;

            case State.CommaOrEnd when b is (byte)',':
                _state = _closers.Peek() is (byte)'}' ? State.NextName : State.Value;
                break;

            case State.Value or State.ItemOrEnd:
                StartValue(b, at);
                break;

            default:
                _state = State.Broken;
                break;
        }
    }

    // An object begins at a brace behind which a name or the end follows, as AnswerText finds it: words before it may have braces too.
    private bool TryEnter(byte b, int at)
    {
        if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') return false;
        if (_brace < 0 || b is not ((byte)'"' or (byte)'}'))
        {
            _brace = b is (byte)'{' ? at : -1;
            return false;
        }

        _start = _brace;
        Open((byte)'}', _start, State.NameOrEnd);
        return true;
    }

    private void StartValue(byte b, int at)
    {
        switch (b)
        {
            case (byte)'"':
                (_state, _string, _stringSafe, _awaitsLowSurrogate) = (State.Text, at, at + 1, false);
                break;

            case (byte)'{':
                Open((byte)'}', at, State.NameOrEnd);
                break;

            case (byte)'[':
                Open((byte)']', at, State.ItemOrEnd);
                break;

            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                _state = State.Number;
                break;

            case (byte)'t' or (byte)'n' or (byte)'f':
                (_state, _literal) = (State.Literal, b is (byte)'f' ? 4 : 3);
                break;

            default:
                _state = State.Broken;
                break;
        }
    }

    private void Open(byte closer, int at, State state)
    {
        _closers.Push(closer);
        _safe = at + 1;
        _state = _closers.Count > MaxDepth ? State.Broken : state;
    }

    private void EndValue(int end)
    {
        _safe = end;
        _state = _closers.Count == 0 ? State.Done : State.CommaOrEnd;
    }

    private void TakeCharacter(byte b, int at)
    {
        if (_escape > 0)
        {
            TakeEscape(b, at);
            return;
        }

        switch (b)
        {
            case (byte)'\\':
                (_escape, _unit) = (1, 0);
                break;

            case (byte)'"' when _state is State.Name:
                _state = State.Colon;
                break;

            case (byte)'"':
                EndValue(at + 1);
                break;

            default:
                _stringSafe = at + 1;
                break;
        }
    }

    // A backslash and one character, or u and four digits; a high surrogate is whole with the low one behind it.
    private void TakeEscape(byte b, int at)
    {
        _escape++;
        bool isUnit = _escape > 2 || b is (byte)'u';
        if (_escape > 2) _unit = (_unit << 4) | HexOf(b);
        if (isUnit && _escape < 6) return;
        _escape = 0;
        _awaitsLowSurrogate = isUnit && char.IsHighSurrogate((char)_unit);
        if (!_awaitsLowSurrogate) _stringSafe = at + 1;
    }

    private static int HexOf(byte b) => char.IsAsciiHexDigit((char)b) ? (b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10) : 0;
}
