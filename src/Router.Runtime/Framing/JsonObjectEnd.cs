namespace RouterGen;

/// <summary>Finds where a JSON object ends, in pieces as they arrive. It counts braces outside of strings and checks nothing else.</summary>
internal struct JsonObjectEnd
{
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Gets how many bytes of the object have been searched.</summary>
    public int Searched { get; private set; }

    /// <summary>Searches the next piece.</summary>
    /// <param name="piece">What follows the bytes that have been searched.</param>
    /// <param name="length">The length of the object, from its first byte.</param>
    /// <returns>False where the object does not end in this piece. Where it does, the next search begins anew.</returns>
    public bool Find(ReadOnlySpan<byte> piece, out int length)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            byte b = piece[i];
            if (_escaped) _escaped = false;
            else if (_inString) (_escaped, _inString) = (b == '\\', b != '"');
            else if (b == '"') _inString = true;
            else if (b == '{') _depth++;
            else if (b == '}' && --_depth == 0)
            {
                length = Searched + i + 1;
                this = default;
                return true;
            }
        }

        Searched += piece.Length;
        length = 0;
        return false;
    }
}
