using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Estimates what a chat's request holds: the tokens of its text, and what a model must be able to do to serve it.</summary>
internal static class ChatShape
{
    /// <summary>Returns the shape of a request.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="schema">The characters of the schema of a structured answer; 0 where none is asked for.</param>
    public static RequestShape Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options, int schema = 0)
    {
        ModelCapabilities needs = NeedsOf(options);
        long characters = schema + (options?.Instructions?.Length ?? 0);

        // By index: enumerators over interfaces would be allocated.
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                characters += Look(contents[j], ref needs);
            }
        }

        int input = (int)Math.Min(characters / RequestShape.CharactersPerToken + 1, int.MaxValue);
        return new RequestShape(input, Math.Max(0, options?.MaxOutputTokens ?? 0), needs);
    }

    /// <summary>Returns the characters of a content, and adds what a model must be able to do to see it.</summary>
    private static long Look(AIContent content, ref ModelCapabilities needs)
    {
        switch (content)
        {
            case TextContent text: return text.Text.Length;
            case FunctionResultContent { Result: string result }: return result.Length;
            case FunctionResultContent { Result: AIContent result }: return Look(result, ref needs);
            case FunctionResultContent { Result: IEnumerable<AIContent> results }: return Look(results, ref needs);
            case FunctionResultContent { Result: JsonElement result }: return Look(result, ref needs);
            case ImageGenerationToolResultContent { Outputs: { } outputs }: return Look(outputs, ref needs);
            case DataContent data: needs |= NeedOf(data.HasTopLevelMediaType("image"), data.HasTopLevelMediaType("audio")); break;
            case UriContent uri: needs |= NeedOf(uri.HasTopLevelMediaType("image"), uri.HasTopLevelMediaType("audio")); break;
            case HostedFileContent: needs |= ModelCapabilities.Documents; break;
        }

        return 0;
    }

    private static long Look(IEnumerable<AIContent> contents, ref ModelCapabilities needs)
    {
        long characters = 0;
        foreach (AIContent content in contents) characters += Look(content, ref needs);
        return characters;
    }

    /// <summary>An MCP tool's result: its images are not text, however long they are.</summary>
    private static long Look(JsonElement result, ref ModelCapabilities needs)
    {
        if (result.ValueKind is not JsonValueKind.Object || !result.TryGetProperty("content"u8, out JsonElement blocks) || blocks.ValueKind is not JsonValueKind.Array) return 0;
        long characters = 0;
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if (block.ValueKind is not JsonValueKind.Object || !block.TryGetProperty("type"u8, out JsonElement type) || type.ValueKind is not JsonValueKind.String) continue;
            if (type.ValueEquals("image"u8)) needs |= ModelCapabilities.Vision;
            else if (block.TryGetProperty("text"u8, out JsonElement text) && text.ValueKind is JsonValueKind.String) characters += text.GetString()!.Length;
        }

        return characters;
    }

    private static ModelCapabilities NeedsOf(ChatOptions? options)
    {
        ModelCapabilities needs = ModelCapabilities.None;
        for (int i = 0; i < options?.Tools?.Count; i++)
        {
            needs |= options.Tools[i] switch
            {
                AIFunctionDeclaration => ModelCapabilities.Tools,
                HostedWebSearchTool => ModelCapabilities.WebSearch,
                HostedCodeInterpreterTool => ModelCapabilities.CodeInterpreter,
                HostedMcpServerTool => ModelCapabilities.McpServers,
                _ => ModelCapabilities.None,
            };
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null }) needs |= ModelCapabilities.JsonSchema;
        return needs;
    }

    private static ModelCapabilities NeedOf(bool image, bool audio) => image ? ModelCapabilities.Vision : audio ? ModelCapabilities.Audio : ModelCapabilities.Documents;
}
