namespace RouterGen.Generator.Model;

/// <summary>
/// What a model takes, by the names and values of the runtime's <c>RouterGen.Infrastructure.ModelTraits</c>, which says what each means.
/// </summary>
[Flags]
internal enum ModelTraits : long
{
    None = 0,
    Sampling = 1 << 0,
    TopK = 1 << 1,
    Penalties = 1 << 2,
    Stop = 1 << 3,
    Seed = 1 << 4,
    MaxCompletionTokens = 1 << 5,
    ReasoningEffort = 1 << 6,
    ThinkingBudget = 1 << 7,
    AdaptiveThinking = 1 << 8,
    DeveloperRole = 1 << 9,
    JsonSchema = 1 << 10,
    Tools = 1 << 11,
    ParallelToolCalls = 1 << 12,
    Vision = 1 << 13,
    Audio = 1 << 14,
    Documents = 1 << 15,
    StreamUsageOption = 1 << 16,
    MessageNames = 1 << 17,
    RandomSeed = 1 << 18,
    SamplingWithoutReasoning = 1L << 19,
    NoForcedToolChoice = 1L << 20,
    AlwaysThinks = 1L << 21,
    ShortCallIds = 1L << 22,
    ReturnsReasoningContent = 1L << 23,
    ReturnsReasoning = 1L << 24,
    ReturnsReasoningDetails = 1L << 25,
    ReturnsExtraContent = 1L << 26,
    ReturnsThinkingParts = 1L << 27,
    ReasoningBesideOutput = 1L << 28,
    ReasoningContentWithCalls = 1L << 29,
    SignatureWithCalls = 1L << 30,
    WebSearch = 1L << 31,
    CodeInterpreter = 1L << 32,
    McpServers = 1L << 33,
    ServerTools = 1L << 34,
    BrowserSearchTool = 1L << 35,
    PlainContent = 1L << 36,
    AssistantAfterResult = 1L << 37,
}
