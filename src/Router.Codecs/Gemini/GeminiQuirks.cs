using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

// The catalog compiles this file too: its rows are written with these names.

/// <summary>What a model takes of Gemini's API that not all of them take.</summary>
[Embedded]
[System.Flags]
internal enum GeminiQuirks
{
    /// <summary>Nothing of it.</summary>
    None = 0,

    /// <summary>An effort is <c>thinkingConfig.thinkingLevel</c> (Gemini 3 and later).</summary>
    ThinkingLevel = 1 << 0,

    /// <summary>An effort is <c>thinkingConfig.thinkingBudget</c>, in tokens (Gemini 2.5).</summary>
    ThinkingBudget = 1 << 1,

    /// <summary>The first function call of each earlier turn must have a signature (Gemini 3 and later).</summary>
    SignatureWithCalls = 1 << 2,

    /// <summary>A function's result may hold images and PDFs (Gemini 3 and later); else they follow behind the results.</summary>
    MediaInResults = 1 << 3,

    /// <summary>Functions, the API's own tools and an answer's schema may stand in one request (Gemini 3 and later).</summary>
    CombinesTools = 1 << 4,

    /// <summary>Videos are taken.</summary>
    Video = 1 << 5,

    /// <summary>System text goes into the first user turn (Gemma), since <c>systemInstruction</c> is refused.</summary>
    SystemInUser = 1 << 6,
}
