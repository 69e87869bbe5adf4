using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a request holds, roughly: enough to tell whom it suits, and to admit it to a token limit, which real usage corrects afterwards.</summary>
/// <param name="InputTokens">The tokens of its text, as estimated; at least 1, and 0 where nobody has looked.</param>
/// <param name="OutputTokens">The most tokens that the caller wants to be written; 0 where no limit is set.</param>
/// <param name="Needs">What a model must take to serve it: tools, images, audio, documents, a JSON schema.</param>
internal readonly record struct RequestShape(int InputTokens, int OutputTokens, ModelTraits Needs)
{
    // English text has about four characters a token in all current tokenizers.
    internal const int CharactersPerToken = 4;

    /// <summary>What it may use of a token limit.</summary>
    public int Tokens => (int)Math.Min((long)InputTokens + OutputTokens, int.MaxValue);

    public static RequestShape Of(in ChatRequest request)
    {
        ModelTraits needs = NeedsOf(request.Options);
        long characters = request.Options?.Instructions?.Length ?? 0;

        // By index: enumerators over interfaces would be allocated.
        for (int i = 0; i < request.Messages.Count; i++)
        {
            IList<AIContent> contents = request.Messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                switch (contents[j])
                {
                    case TextContent text: characters += text.Text.Length; break;
                    case FunctionResultContent { Result: string result }: characters += result.Length; break;
                    case DataContent data: needs |= NeedOf(data.HasTopLevelMediaType("image"), data.HasTopLevelMediaType("audio")); break;
                    case UriContent uri: needs |= NeedOf(uri.HasTopLevelMediaType("image"), uri.HasTopLevelMediaType("audio")); break;
                    case HostedFileContent: needs |= ModelTraits.Documents; break;
                }
            }
        }

        int input = (int)Math.Min(characters / CharactersPerToken + 1, int.MaxValue);
        return new RequestShape(input, Math.Max(0, request.Options?.MaxOutputTokens ?? 0), needs);
    }

    private static ModelTraits NeedsOf(ChatOptions? options)
    {
        ModelTraits needs = ModelTraits.None;
        if (options?.Tools is { Count: > 0 }) needs |= ModelTraits.Tools;
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null }) needs |= ModelTraits.JsonSchema;
        return needs;
    }

    private static ModelTraits NeedOf(bool image, bool audio) => image ? ModelTraits.Vision : audio ? ModelTraits.Audio : ModelTraits.Documents;
}
