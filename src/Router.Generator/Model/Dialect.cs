namespace RouterGen.Generator.Model;

/// <summary>The wire formats, with the values of the runtime's <c>RouterGen.Dialect</c>.</summary>
internal enum Dialect
{
    OpenAIChat = 1,
    AnthropicMessages = 2,
}
