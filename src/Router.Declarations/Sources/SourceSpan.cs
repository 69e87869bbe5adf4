namespace RouterGen.Declarations.Sources;

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in characters.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>Gets where it ends: the position behind its last character.</summary>
    public int End => Start + Length;

    public static SourceSpan FromBounds(int start, int end) => new(start, end - start);
}

/// <summary>A place between two characters, counted from 0.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The character in the line.</param>
internal readonly record struct SourcePosition(int Line, int Column);
