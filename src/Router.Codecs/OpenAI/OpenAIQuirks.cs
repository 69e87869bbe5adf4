using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

// The catalog compiles this file too: its rows are written with these names.

/// <summary>How a server differs from the usual form of OpenAI's API, for one model.</summary>
[Embedded]
[System.Flags]
internal enum OpenAIQuirks
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The output limit is called <c>max_completion_tokens</c> (OpenAI's newer models), not <c>max_tokens</c>.</summary>
    MaxCompletionTokens = 1 << 0,

    /// <summary>System text goes into a message of role <c>developer</c> (OpenAI's reasoning models), not <c>system</c>.</summary>
    DeveloperRole = 1 << 1,

    /// <summary>Usage at the end of a stream must be asked for with <c>stream_options.include_usage</c>.</summary>
    StreamUsageOption = 1 << 2,

    /// <summary>The author's <c>name</c> on a message is taken.</summary>
    MessageNames = 1 << 3,

    /// <summary>A message's content is one string, not a list of parts (DeepSeek): several texts are joined.</summary>
    PlainContent = 1 << 4,

    /// <summary>The seed is called <c>random_seed</c> (Mistral), not <c>seed</c>.</summary>
    RandomSeed = 1 << 5,

    /// <summary><c>temperature</c> and <c>top_p</c> are taken only with the effort <c>none</c> (OpenAI from GPT-5.1 on).</summary>
    SamplingWithoutReasoning = 1 << 6,

    /// <summary>Ids of tool calls have exactly nine letters or digits (Mistral).</summary>
    ShortCallIds = 1 << 7,

    /// <summary>A tool's result must be followed by an assistant's message before the user speaks (Mistral).</summary>
    AssistantAfterResult = 1 << 8,

    /// <summary>A web search is a tool of type <c>openrouter:web_search</c> (OpenRouter), not <c>web_search_options</c>.</summary>
    ServerTools = 1 << 9,

    /// <summary>A web search is a tool of type <c>browser_search</c> (gpt-oss on Groq), not <c>web_search_options</c>.</summary>
    BrowserSearchTool = 1 << 10,

    /// <summary><c>reasoning_content</c> of earlier turns is wanted back (DeepSeek, Moonshot).</summary>
    ReturnsReasoningContent = 1 << 11,

    /// <summary><c>reasoning</c> of earlier turns is wanted back (gpt-oss on Groq and Cerebras).</summary>
    ReturnsReasoning = 1 << 12,

    /// <summary><c>reasoning_details</c> of earlier turns are wanted back (OpenRouter).</summary>
    ReturnsReasoningDetails = 1 << 13,

    /// <summary><c>extra_content</c> of earlier turns and calls is wanted back (Gemini signatures).</summary>
    ReturnsExtraContent = 1 << 14,

    /// <summary>Parts of type <c>thinking</c> of earlier turns are wanted back (Mistral).</summary>
    ReturnsThinkingParts = 1 << 15,

    /// <summary>Each earlier turn with tool calls must have <c>reasoning_content</c>, an empty one at least (DeepSeek, Moonshot, while they think).</summary>
    ReasoningContentWithCalls = 1 << 16,

    /// <summary>The first tool call of each earlier turn must have a signature in <c>extra_content</c> (Gemini 3 and later).</summary>
    SignatureWithCalls = 1 << 17,

    /// <summary><c>completion_tokens</c> leaves out the reasoning tokens (xAI).</summary>
    ReasoningBesideOutput = 1 << 18,

    /// <summary>Thoughts are not encrypted, and <c>include</c> does not ask for that (open models behind the Responses API).</summary>
    PlainReasoning = 1 << 19,

    /// <summary>The provider searches files (<c>file_search</c> of the Responses API).</summary>
    FileSearchTool = 1 << 20,

    /// <summary>The provider draws images (<c>image_generation</c> of the Responses API).</summary>
    ImageGenerationTool = 1 << 21,

    /// <summary>Thoughts come encrypted although no effort can be chosen (xAI behind the Responses API).</summary>
    EncryptedReasoning = 1 << 22,

    /// <summary>Vectors can be had in Base64, which is a third as long as their numbers in words.</summary>
    Base64Vectors = 1 << 23,

    /// <summary>The length of vectors is asked for as <c>output_dimension</c> (Mistral).</summary>
    OutputDimension = 1 << 24,

    /// <summary>What a text is embedded for must be stated: <c>input_type</c> is <c>passage</c> unless the call says <c>query</c> (NVIDIA).</summary>
    StatesInputType = 1 << 25,

    /// <summary>Texts that are too long are cut unless <c>truncation</c> is false, and a count of documents is <c>top_k</c>. https://docs.voyageai.com/reference</summary>
    VoyageNames = 1 << 26,

    /// <summary>Gaps in code are filled by an API of its own, <c>/fim/completions</c>, which answers as in a chat: Mistral.</summary>
    FillsGaps = 1 << 28,

    /// <summary>The model is one of GPT Image, which gives images as Base64 alone and refuses members that it does not know (OpenAI, Azure).</summary>
    GptImage = 1 << 29,

    /// <summary>The size of images is asked for as <c>aspect_ratio</c> and <c>resolution</c>, and images to change are JSON (xAI).</summary>
    ImageAspect = 1 << 30,

    /// <summary>Times and speakers of a transcription are asked for as <c>timestamp_granularities</c> and <c>diarize</c>, without a format (Mistral).</summary>
    MistralTranscripts = 1 << 27,
}
