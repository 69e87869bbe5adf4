namespace RouterGen.Interleavings.Tests;

/// <summary>An operation on shared state, where it stands in the source.</summary>
/// <param name="Operation">The name of the operation.</param>
/// <param name="File">The path of the source file.</param>
/// <param name="Member">The member; of a lock, that which holds it.</param>
/// <param name="Line">The line.</param>
internal readonly record struct Site(string Operation, string File, string Member, int Line)
{
    private bool IsBehind { get; init; }

    /// <summary>Gets the moment behind the operation.</summary>
    public Site Behind => this with { IsBehind = true };

    /// <summary>Whether it is one of what the runtime measures.</summary>
    public bool IsOfStatistics => File.Contains("Statistics", StringComparison.Ordinal) || File.EndsWith("RandomSource.cs", StringComparison.Ordinal);

    /// <summary>Gets the name under which faults know the operation, for example <c>RateLimit.TryTake CompareExchange</c>.</summary>
    public string Name => $"{Path.GetFileNameWithoutExtension(File)}.{Member} {Operation}";

    /// <summary>Whether it is the operation of that name; the moments before and behind it are one operation.</summary>
    public bool Is(string name) => name.Length > 0 && name.EndsWith(Operation, StringComparison.Ordinal) && Name == name;

    public override string ToString() => $"{(IsBehind ? "behind " : "")}{Operation} in {Member} ({Path.GetFileName(File)}:{Line})";
}

/// <summary>What an operation is made to do wrong.</summary>
internal enum FaultKind
{
    /// <summary>Other strands may run between its read and its write.</summary>
    Torn,

    /// <summary>It has no effect: a write is lost, a lock lets all in.</summary>
    Skipped,

    /// <summary>It reads zero.</summary>
    Misread,
}

/// <summary>
/// An error that is put into the runtime for a run: what is done there is as wrong as if it had been written so. A check that
/// finds it is a check that can fail.
/// </summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Operation">Where; see <see cref="Site.Name"/>.</param>
internal sealed record Fault(FaultKind Kind, string Operation)
{
    public override string ToString() => $"{Kind} {Operation}";
}
