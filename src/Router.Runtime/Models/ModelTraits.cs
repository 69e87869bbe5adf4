using System.ComponentModel;

// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen.Infrastructure;
#endif

/// <summary>The parameters and features that a model takes, as the catalog has them.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ModelTraits : long
{
    /// <summary>Nothing but messages.</summary>
    None = 0,

    /// <summary><c>temperature</c> and <c>top_p</c>.</summary>
    Sampling = 1 << 0,

    /// <summary><c>top_k</c>.</summary>
    TopK = 1 << 1,

    /// <summary><c>frequency_penalty</c> and <c>presence_penalty</c>.</summary>
    Penalties = 1 << 2,

    /// <summary>Stop sequences.</summary>
    Stop = 1 << 3,

    /// <summary><c>seed</c>.</summary>
    Seed = 1 << 4,

    /// <summary>The output limit is called <c>max_completion_tokens</c> (OpenAI's newer models), not <c>max_tokens</c>.</summary>
    MaxCompletionTokens = 1 << 5,

    /// <summary>A reasoning effort: OpenAI's <c>reasoning_effort</c>, Anthropic's <c>output_config.effort</c>.</summary>
    ReasoningEffort = 1 << 6,

    /// <summary>Anthropic's <c>thinking</c> with a budget of tokens.</summary>
    ThinkingBudget = 1 << 7,

    /// <summary>Anthropic's adaptive <c>thinking</c>, without a budget.</summary>
    AdaptiveThinking = 1 << 8,

    /// <summary>System text goes into a message of role <c>developer</c> (OpenAI's reasoning models), not <c>system</c>.</summary>
    DeveloperRole = 1 << 9,

    /// <summary>A JSON schema that the answer must follow.</summary>
    JsonSchema = 1 << 10,

    /// <summary>Tools.</summary>
    Tools = 1 << 11,

    /// <summary><c>parallel_tool_calls</c>, or Anthropic's <c>disable_parallel_tool_use</c>.</summary>
    ParallelToolCalls = 1 << 12,

    /// <summary>Images in messages.</summary>
    Vision = 1 << 13,

    /// <summary>Audio in messages.</summary>
    Audio = 1 << 14,

    /// <summary>Files and PDF documents in messages.</summary>
    Documents = 1 << 15,

    /// <summary>Usage at the end of a stream must be asked for with <c>stream_options.include_usage</c>.</summary>
    StreamUsageOption = 1 << 16,

    /// <summary>The author's <c>name</c> on a message.</summary>
    MessageNames = 1 << 17,

    /// <summary>The seed is called <c>random_seed</c> (Mistral), not <c>seed</c>.</summary>
    RandomSeed = 1 << 18,

    /// <summary><c>temperature</c> and <c>top_p</c> are taken only with the effort <c>none</c> (OpenAI from GPT-5.1 on).</summary>
    SamplingWithoutReasoning = 1L << 19,

    /// <summary>A <c>tool_choice</c> that demands a call is refused (Claude from Sonnet 5.5 and Opus 5.5 on).</summary>
    NoForcedToolChoice = 1L << 20,

    /// <summary>Thinking cannot be switched off (Claude Opus 5.5, Fable 5.1).</summary>
    AlwaysThinks = 1L << 21,

    /// <summary>Ids of tool calls have exactly nine letters or digits (Mistral).</summary>
    ShortCallIds = 1L << 22,

    /// <summary><c>reasoning_content</c> of earlier turns is wanted back (DeepSeek, Moonshot).</summary>
    ReturnsReasoningContent = 1L << 23,

    /// <summary><c>reasoning</c> of earlier turns is wanted back (gpt-oss on Groq and Cerebras).</summary>
    ReturnsReasoning = 1L << 24,

    /// <summary><c>reasoning_details</c> of earlier turns are wanted back (OpenRouter).</summary>
    ReturnsReasoningDetails = 1L << 25,

    /// <summary><c>extra_content</c> of earlier turns and calls is wanted back (Gemini signatures).</summary>
    ReturnsExtraContent = 1L << 26,

    /// <summary>Parts of type <c>thinking</c> of earlier turns are wanted back (Mistral).</summary>
    ReturnsThinkingParts = 1L << 27,

    /// <summary><c>completion_tokens</c> leaves out the reasoning tokens (xAI).</summary>
    ReasoningBesideOutput = 1L << 28,

    /// <summary>Each earlier turn with tool calls must have <c>reasoning_content</c>, an empty one at least (DeepSeek, Moonshot, while they think).</summary>
    ReasoningContentWithCalls = 1L << 29,

    /// <summary>The first tool call of each earlier turn must have a signature in <c>extra_content</c> (Gemini 3 and later).</summary>
    SignatureWithCalls = 1L << 30,

    /// <summary>The provider searches the web where the request asks for it.</summary>
    WebSearch = 1L << 31,

    /// <summary>The provider runs code where the request asks for it.</summary>
    CodeInterpreter = 1L << 32,

    /// <summary>The provider calls remote MCP servers that the request names.</summary>
    McpServers = 1L << 33,

    /// <summary>A web search is a tool of type <c>openrouter:web_search</c> (OpenRouter), not <c>web_search_options</c>.</summary>
    ServerTools = 1L << 34,

    /// <summary>A web search is a tool of type <c>browser_search</c> (gpt-oss on Groq), not <c>web_search_options</c>.</summary>
    BrowserSearchTool = 1L << 35,

    /// <summary>A message's content is one string, not a list of parts (DeepSeek): several texts are joined.</summary>
    PlainContent = 1L << 36,

    /// <summary>A tool's result must be followed by an assistant's message before the user speaks (Mistral).</summary>
    AssistantAfterResult = 1L << 37,
}
