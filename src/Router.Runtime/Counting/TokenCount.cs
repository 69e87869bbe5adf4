namespace RouterGen;

/// <summary>How many tokens a request has, and what counted them.</summary>
public sealed record TokenCount
{
    /// <summary>Gets the tokens of the request: messages, instructions, tools, images. 0 or more.</summary>
    public required long Tokens { get; init; }

    /// <summary>Gets whether the provider counted them, or they are estimated.</summary>
    public required TokenCountSource Source { get; init; }

    /// <summary>Gets the provider and model whose tokens they are, for example <c>anthropic/claude-haiku-4-5</c>; null for an estimate.</summary>
    public string? ModelUsed { get; init; }

    /// <summary>Gets the name of the deployment that counted; null for an estimate.</summary>
    public string? Deployment { get; init; }

    /// <summary>Gets the deployments that were asked, in order. Of an estimate, all of them failed; it is empty where none could count.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
}

/// <summary>Who counted the tokens of a request.</summary>
public enum TokenCountSource
{
    /// <summary>The provider, with the tokenizer of the model.</summary>
    Provider,

    /// <summary>An estimate without a provider: one token for four characters of text, and a thousand for an image.</summary>
    Estimate,
}
