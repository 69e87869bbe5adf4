using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// How a Claude model is told to think. The quirks of each dialect that speaks to Claude begin with these flags: the catalog's rows are
/// written with the dialect's own names, and have the same values.
/// </summary>
[Embedded]
[Flags]
internal enum ClaudeThinkingForms
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By <c>output_config.effort</c>.</summary>
    Effort = 1 << 0,

    /// <summary>By <c>thinking</c> of type <c>adaptive</c>, without a budget.</summary>
    Adaptive = 1 << 1,

    /// <summary>By <c>thinking</c> with a budget of tokens.</summary>
    Budget = 1 << 2,

    /// <summary>Thinking cannot be switched off.</summary>
    Always = 1 << 3,

    /// <summary>All of these.</summary>
    All = Effort | Adaptive | Budget | Always,
}
