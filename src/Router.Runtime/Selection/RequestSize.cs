using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>How large a request is, roughly: enough to admit it to a token limit, which real usage corrects afterwards. Allocates nothing.</summary>
internal static class RequestSize
{
    // English text has about four characters a token in all current tokenizers.
    private const int CharactersPerToken = 4;

    /// <summary>The tokens that the call may use, in and out.</summary>
    public static int EstimateTokens(in ChatRequest request) =>
        (int)Math.Min(EstimateInput(request) + (request.Options?.MaxOutputTokens ?? 0), int.MaxValue);

    /// <summary>The tokens that the deployment has to read.</summary>
    public static long EstimateInput(in ChatRequest request)
    {
        long characters = request.Options?.Instructions?.Length ?? 0;
        for (int i = 0; i < request.Messages.Count; i++)
        {
            IList<AIContent> contents = request.Messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is TextContent text) characters += text.Text.Length;
            }
        }

        return characters / CharactersPerToken + 1;
    }
}
