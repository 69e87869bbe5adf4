using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

// The catalog compiles this file too: its rows are written with these names.

/// <summary>How the models behind Bedrock's one format differ. The first four flags are how Claude is told to think (<c>ClaudeThinkingForms</c>).</summary>
[Embedded]
[System.Flags]
internal enum ConverseQuirks
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Claude: an effort by <c>output_config.effort</c>.</summary>
    Effort = 1 << 0,

    /// <summary>Claude: <c>thinking</c> of type <c>adaptive</c>, without a budget.</summary>
    AdaptiveThinking = 1 << 1,

    /// <summary>Claude: <c>thinking</c> with a budget of tokens.</summary>
    ThinkingBudget = 1 << 2,

    /// <summary>Claude: thinking cannot be switched off.</summary>
    AlwaysThinks = 1 << 3,

    /// <summary>An effort by <c>reasoning_effort</c> (gpt-oss).</summary>
    ReasoningEffort = 1 << 4,

    /// <summary>An effort by <c>reasoningConfig.maxReasoningEffort</c> (Nova 2).</summary>
    ReasoningConfig = 1 << 5,

    /// <summary>Cache points in the system text and the messages (Claude, Nova). Other models refuse them.</summary>
    CachePoints = 1 << 6,

    /// <summary>Cache points among the tools (Claude).</summary>
    ToolCachePoints = 1 << 7,

    /// <summary>Results of tools may hold images and documents, and say that the tool failed (Claude, Nova).</summary>
    RichResults = 1 << 8,

    /// <summary>A temperature or <c>topP</c>, but not both (newer Claude models).</summary>
    OneSampler = 1 << 9,

    /// <summary><c>topK</c> stands in the model's own <c>inferenceConfig</c> (Nova), not as <c>top_k</c> beside it.</summary>
    NestedTopK = 1 << 10,

    /// <summary>Videos in messages (Nova).</summary>
    Video = 1 << 11,
}
