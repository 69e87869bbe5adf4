using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>How large a request is, roughly: enough to admit it to a token limit, which real usage corrects afterwards.</summary>
internal static class RequestSize
{
    // English text has about four characters a token in all current tokenizers.
    private const int CharactersPerToken = 4;

    public static int EstimateTokens(in ChatRequest request)
    {
        long characters = request.Options?.Instructions?.Length ?? 0;
        foreach (ChatMessage message in request.Messages)
        {
            foreach (AIContent content in message.Contents)
            {
                if (content is TextContent text) characters += text.Text.Length;
            }
        }

        long tokens = characters / CharactersPerToken + 1 + (request.Options?.MaxOutputTokens ?? 0);
        return (int)Math.Min(tokens, int.MaxValue);
    }
}
