using System.Collections.Immutable;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>Passes over the tokens of a JSON text, and collects what is wrong.</summary>
internal sealed class JsonScanner(string text)
{
    // Of each kind. More of them help no reader, and a file that is no JSON at all has one for each word.
    private const int MostErrors = 100;

    private readonly ImmutableArray<JsonError>.Builder _errors = ImmutableArray.CreateBuilder<JsonError>();
    private readonly int[] _counts = new int[3];
    private int _lastErrorEnd = -1;

    public int Position { get; private set; }

    /// <summary>Where the last token ended: the place of whatever should have followed it.</summary>
    public int TokenEnd { get; private set; }

    public bool AtEnd => Position == text.Length;

    /// <summary>The character to come; NUL at the end.</summary>
    public char Current => Position < text.Length ? text[Position] : '\0';

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<JsonError> Errors => _errors.ToImmutable();

    public ReadOnlySpan<char> Slice(SourceSpan span) => text.AsSpan(span.Start, span.Length);

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
        char quote = text[Position++];
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
                taken = JsonEscapes.LengthAt(text.AsSpan(), Position);
                if (taken < 0) Report("invalid escape", SourceSpan.FromBounds(Position, Position - taken));
            }
            else
            {
                Report("control character must be escaped", new SourceSpan(Position, 1));
            }

            isValid &= taken > 0;
            Position += Math.Abs(taken);
        }

        TokenEnd = Position;
        Report("unterminated string", SourceSpan.FromBounds(start, Position));
        return false;
    }

    /// <summary>Passes over whatever is not JSON's punctuation: a number, <c>true</c>, or what should not be there.</summary>
    public SourceSpan TakeWord()
    {
        int start = Position;
        int at = start + 1;
        while (at < text.Length && text[at] is not (' ' or '\t' or '\r' or '\n' or '{' or '}' or '[' or ']' or ',' or ':' or '"' or '\'' or '/')) at++;
        Position = TokenEnd = at;
        return SourceSpan.FromBounds(start, Position);
    }

    public void ReportMissing(string message) => Report(message, new SourceSpan(TokenEnd, 0));

    /// <summary>Reports that the text is wrong, except directly behind the last such error: that is its consequence.</summary>
    public void Report(string message, SourceSpan span)
    {
        if (span.Start > _lastErrorEnd) Add(JsonErrorKind.Syntax, message, span);
        _lastErrorEnd = Math.Max(_lastErrorEnd, span.End);
    }

    public void Add(JsonErrorKind kind, string message, SourceSpan span)
    {
        if (_counts[(int)kind]++ < MostErrors) _errors.Add(new(kind, message, span));
    }

    private int EndOfSpace(int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
        return at;
    }

    // Up to a character that needs a closer look: the quote, an escape, a control character.
    private int EndOfPlainText(int at, char quote)
    {
        while (at < text.Length && text[at] >= ' ' && text[at] != '\\' && text[at] != quote) at++;
        return at;
    }

    private bool SkipComment()
    {
        int start = Position;
        char second = start + 1 < text.Length ? text[start + 1] : '\0';
        if (second == '/')
        {
            // The Unicode separators end a line for an editor but are no white space of JSON: they are left to be an error.
            while (Position < text.Length && text[Position] is not ('\n' or '\r' or '\u2028' or '\u2029')) Position++;
            return true;
        }

        if (second != '*') return false;
        int size = text.AsSpan(start + 2).IndexOf("*/".AsSpan());
        Position = size < 0 ? text.Length : start + 2 + size + 2;
        if (size < 0) Report("unterminated comment", new SourceSpan(start, 2));
        return true;
    }
}
