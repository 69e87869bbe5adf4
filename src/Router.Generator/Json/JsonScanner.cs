using System.Buffers;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Json;

/// <summary>Passes over the tokens of a JSON text, and collects what is wrong.</summary>
internal sealed class JsonScanner(char[] chars, int length)
{
    // Of each kind. Who has that many is helped by no more, and a file that is no JSON at all has one for each word.
    private const int MostErrors = 100;

    private readonly ImmutableArray<JsonError>.Builder _errors = ImmutableArray.CreateBuilder<JsonError>();
    private readonly int[] _counts = new int[3];
    private int _lastErrorEnd = -1;

    public int Position { get; private set; }

    /// <summary>Where the last token ended: the place of whatever should have followed it.</summary>
    public int TokenEnd { get; private set; }

    public bool AtEnd => Position == length;

    /// <summary>The character to come; NUL at the end.</summary>
    public char Current => Position < length ? chars[Position] : '\0';

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<JsonError> Errors => _errors.ToImmutable();

    public ReadOnlySpan<char> Slice(TextSpan span) => chars.AsSpan(span.Start, span.Length);

    /// <summary>Reads a text that is at most <see cref="JsonTree.MaxLength"/> long.</summary>
    public static T Read<T>(SourceText text, Func<JsonScanner, T> read)
    {
        // One copy, as the text's own indexer looks for the right chunk for each character.
        char[] chars = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            text.CopyTo(0, chars, 0, text.Length);
            return read(new JsonScanner(chars, text.Length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    /// <summary>Goes back to a token that turned out to be another one than was expected, and to the end of the one before.</summary>
    public void Rewind(int position, int tokenEnd) => (Position, TokenEnd) = (position, tokenEnd);

    public void Take() => TokenEnd = ++Position;

    /// <summary>Passes over white space and comments.</summary>
    public void SkipTrivia()
    {
        do Position = EndOfSpace(Position);
        while (Current == '/' && SkipComment());
    }

    /// <summary>
    /// Passes over a string, up to the quote that it began with or the line's end. False where something is wrong with it.
    /// </summary>
    public bool TakeString(out bool hasEscapes)
    {
        int start = Position;
        char quote = chars[Position++];
        bool isValid = true;
        hasEscapes = false;
        while (true)
        {
            Position = EndOfPlainText(Position, quote);
            if (AtEnd || Current is '\n' or '\r') break;
            if (Current == quote)
            {
                Take();
                return isValid;
            }

            int taken = -1;
            if (Current == '\\')
            {
                hasEscapes = true;
                taken = JsonEscapes.LengthAt(chars.AsSpan(0, length), Position);
                if (taken < 0) Report("invalid escape", TextSpan.FromBounds(Position, Position - taken));
            }
            else
            {
                Report("control character must be escaped", new TextSpan(Position, 1));
            }

            isValid &= taken > 0;
            Position += Math.Abs(taken);
        }

        TokenEnd = Position;
        Report("unterminated string", TextSpan.FromBounds(start, Position));
        return false;
    }

    /// <summary>Passes over whatever is not JSON's punctuation: a number, <c>true</c>, or what should not be there.</summary>
    public TextSpan TakeWord()
    {
        int start = Position;
        int at = start + 1;
        while (at < length && chars[at] is not (' ' or '\t' or '\r' or '\n' or '{' or '}' or '[' or ']' or ',' or ':' or '"' or '\'' or '/')) at++;
        Position = TokenEnd = at;
        return TextSpan.FromBounds(start, Position);
    }

    public void ReportMissing(string message) => Report(message, new TextSpan(TokenEnd, 0));

    /// <summary>Reports that the text is wrong, except directly behind the last such error: that is its consequence.</summary>
    public void Report(string message, TextSpan span)
    {
        if (span.Start > _lastErrorEnd) Add(JsonErrorKind.Syntax, message, span);
        _lastErrorEnd = Math.Max(_lastErrorEnd, span.End);
    }

    public void Add(JsonErrorKind kind, string message, TextSpan span)
    {
        if (_counts[(int)kind]++ < MostErrors) _errors.Add(new(kind, message, span));
    }

    private int EndOfSpace(int at)
    {
        while (at < length && chars[at] is ' ' or '\t' or '\r' or '\n') at++;
        return at;
    }

    // Up to a character that needs a closer look: the quote, an escape, a control character.
    private int EndOfPlainText(int at, char quote)
    {
        while (at < length && chars[at] >= ' ' && chars[at] != '\\' && chars[at] != quote) at++;
        return at;
    }

    private bool SkipComment()
    {
        int start = Position;
        char second = start + 1 < length ? chars[start + 1] : '\0';
        if (second == '/')
        {
            // The Unicode separators end a line for an editor but are no white space of JSON: they are left to be an error.
            while (Position < length && chars[Position] is not ('\n' or '\r' or '\u2028' or '\u2029')) Position++;
            return true;
        }

        if (second != '*') return false;
        int size = chars.AsSpan(start + 2, length - start - 2).IndexOf("*/".AsSpan());
        Position = size < 0 ? length : start + 2 + size + 2;
        if (size < 0) Report("unterminated comment", new TextSpan(start, 2));
        return true;
    }
}
