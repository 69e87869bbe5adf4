namespace RouterGen.Declarations.Sources;

/// <summary>A text file. Its lines end where the compiler ends them, so that both count alike.</summary>
internal sealed class SourceFile(string path, string text)
{
    private int[]? _lineStarts;

    public string Path => path;

    public string Text => text;

    /// <summary>Returns a place in the file. A span that reaches beyond the text ends with it.</summary>
    public FilePlace PlaceOf(SourceSpan span) => new(this, SourceSpan.FromBounds(Math.Min(span.Start, text.Length), Math.Min(span.End, text.Length)));

    public SourcePosition PositionOf(int offset)
    {
        int[] starts = _lineStarts ??= [.. LineStarts(text)];
        int found = Array.BinarySearch(starts, offset);
        int line = found >= 0 ? found : ~found - 1;
        return new(line, offset - starts[line]);
    }

    private static IEnumerable<int> LineStarts(string text)
    {
        yield return 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isFirstOfTwo = text[i] is '\r' && i + 1 < text.Length && text[i + 1] is '\n';
            if (text[i] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' && !isFirstOfTwo) yield return i + 1;
        }
    }
}

/// <summary>A place in a file.</summary>
internal sealed record FilePlace(SourceFile File, SourceSpan Span) : Place
{
    public override string Path => File.Path;

    public SourcePosition Start => File.PositionOf(Span.Start);

    public SourcePosition End => File.PositionOf(Span.End);
}
