namespace RouterGen.FakeProviders;

/// <summary>The paths of an API that names the model and the method there, for example <c>…/models/gemini-3.8-flash:generateContent</c>.</summary>
/// <param name="Models">What stands before the model.</param>
/// <param name="Whole">The method for whole answers, with the colon before it.</param>
/// <param name="Streamed">The method for streams.</param>
internal sealed record ModelPath(string Models, string Whole, string Streamed)
{
    /// <summary>Whether a path is one of these.</summary>
    public bool Serves(ReadOnlySpan<char> path) =>
        path.Contains(Models, StringComparison.Ordinal) && (path.EndsWith(Whole, StringComparison.Ordinal) || path.EndsWith(Streamed, StringComparison.Ordinal));

    public string ModelOf(string path) => path[(path.LastIndexOf(Models, StringComparison.Ordinal) + Models.Length)..path.LastIndexOf(':')];

    public bool IsStreamed(string path) => path.EndsWith(Streamed, StringComparison.Ordinal);
}
