namespace RouterGen;

/// <summary>A request to go on with a text, before any dialect.</summary>
/// <param name="prompt">The text to go on with; not empty, unless there is a suffix.</param>
/// <param name="options">The caller's options. Never changed.</param>
/// <param name="isStreaming">Whether the answer is to be streamed.</param>
public sealed class CompletionRequest(string prompt, CompletionOptions? options = null, bool isStreaming = false) : CallRequest(isStreaming)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Completion;

    /// <summary>Gets the text to go on with.</summary>
    public string Prompt { get; } = prompt;

    /// <summary>Gets the caller's options.</summary>
    public CompletionOptions? Options { get; } = options;

    internal override int? OutputLimit => Options?.MaxOutputTokens;

    private protected override RequestShape Measure()
    {
        int input = (Prompt.Length + (Options?.Suffix?.Length ?? 0)) / RequestShape.CharactersPerToken + 1;
        return new RequestShape(input, Options?.MaxOutputTokens ?? 0, ModelCapabilities.None);
    }

    internal override CallRequest Copy() => new CompletionRequest(Prompt, Options?.Clone()) { LeftOut = LeftOut };

    internal override ulong? HashOfPrefix(int characters) => Prompt.Length < characters ? null : StableHash.Of(Prompt.AsSpan(0, characters), 0);
}
