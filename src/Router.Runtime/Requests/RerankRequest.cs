namespace RouterGen;

/// <summary>A request for the order of documents, before any dialect.</summary>
/// <param name="query">What the documents are to answer; neither null nor empty.</param>
/// <param name="documents">The documents, at least one; none is null or empty. Never changed.</param>
/// <param name="options">The caller's options. Never changed.</param>
public sealed class RerankRequest(string query, ReadOnlyMemory<string> documents, RerankOptions? options = null) : CallRequest(isStreaming: false)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Rerank;

    /// <summary>Gets what the documents are to answer.</summary>
    public string Query { get; } = query;

    /// <summary>Gets the documents, at least one.</summary>
    public ReadOnlyMemory<string> Documents { get; } = documents;

    /// <summary>Gets the caller's options.</summary>
    public RerankOptions? Options { get; } = options;

    /// <summary>Gets how many documents the answer must have.</summary>
    public int Wanted => Math.Min(Options?.TopN ?? int.MaxValue, Documents.Length);

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => new RerankRequest(Query, Documents, Options?.Clone()) { LeftOut = LeftOut };

    // A model reads the query with each document. What is longer than its window is cut by most providers, so that none is passed over for it.
    private protected override RequestShape Measure()
    {
        int query = Query.Length / RequestShape.CharactersPerToken + 1;
        long all = 0;
        foreach (string document in Documents.Span) all += query + document.Length / RequestShape.CharactersPerToken + 1;
        return new RequestShape((int)Math.Min(all, int.MaxValue), OutputTokens: 0, ModelCapabilities.None) { LongestPrompt = 0 };
    }
}
