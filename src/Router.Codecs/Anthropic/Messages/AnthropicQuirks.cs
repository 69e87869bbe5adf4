using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

// The catalog compiles this file too: its rows are written with these names.

/// <summary>How a model is told to think, and what it cannot read where it is served.</summary>
[Embedded]
[System.Flags]
internal enum AnthropicQuirks
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By <c>output_config.effort</c>.</summary>
    Effort = 1 << 0,

    /// <summary>By <c>thinking</c> of type <c>adaptive</c>, without a budget.</summary>
    AdaptiveThinking = 1 << 1,

    /// <summary>By <c>thinking</c> with a budget of tokens.</summary>
    ThinkingBudget = 1 << 2,

    /// <summary>Thinking cannot be switched off (Claude Opus 5.5, Fable 5.1).</summary>
    AlwaysThinks = 1 << 3,

    /// <summary>Media are read from the request alone: not from links, nor from files that were uploaded (clouds that serve Claude).</summary>
    InlineMedia = 1 << 4,
}
