using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Estimates the tokens of a chat's request for a caller who asks for them. Admission to limits uses less (<see cref="ChatShape"/>), because it is asked
/// for with each call.
/// </summary>
internal static class TokenEstimate
{
    // What models read of an image of usual size: 258 (Gemini) to 1,600 (Claude) tokens.
    private const long OfImage = 1000;

    /// <summary>Returns the tokens, at least 1.</summary>
    public static long Of(ChatRequest request)
    {
        ChatOptions? options = request.Options;
        long characters = options?.Instructions?.Length ?? 0;
        long images = 0;
        foreach (ChatMessage message in request.Messages)
        {
            foreach (AIContent content in message.Contents) Add(content, ref characters, ref images);
        }

        foreach (AITool tool in options?.Tools ?? [])
        {
            characters += tool.Name.Length + tool.Description.Length;
            if (tool is AIFunctionDeclaration function) characters += function.JsonSchema.GetRawText().Length;
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema }) characters += schema.GetRawText().Length;
        return characters / RequestShape.CharactersPerToken + 1 + images * OfImage;
    }

    private static void Add(AIContent content, ref long characters, ref long images)
    {
        switch (content)
        {
            case TextContent text: characters += text.Text.Length; break;
            case FunctionCallContent call: characters += call.Name.Length + LengthOf(call.Arguments); break;
            case FunctionResultContent { Result: AIContent result }: Add(result, ref characters, ref images); break;
            case FunctionResultContent { Result: IEnumerable<AIContent> results }:
                foreach (AIContent one in results) Add(one, ref characters, ref images);
                break;
            case FunctionResultContent { Result: { } result }: characters += result.ToString()?.Length ?? 0; break;
            case DataContent data when data.HasTopLevelMediaType("image"): images++; break;
            case UriContent uri when uri.HasTopLevelMediaType("image"): images++; break;
        }
    }

    private static long LengthOf(IDictionary<string, object?>? arguments)
    {
        long length = 0;
        foreach ((string name, object? value) in arguments ?? new Dictionary<string, object?>()) length += name.Length + (value?.ToString()?.Length ?? 0);
        return length;
    }
}
