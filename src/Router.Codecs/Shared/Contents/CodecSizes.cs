using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// The sizes of media that an API takes: what is larger is refused before the call, so that another deployment is asked. The rows are the
/// largest that the API takes at any of its providers and models, because a limit that is too low would refuse what is taken; a provider's
/// lower one is its refusal. Sizes are compared, nothing is encoded.
/// </summary>
/// <param name="api">The API's name in messages.</param>
/// <param name="image">The bytes of one image; 0 for no limit.</param>
/// <param name="file">The bytes of one document; 0 for no limit.</param>
/// <param name="recording">The bytes of one audio or video; 0 for no limit.</param>
/// <param name="total">The bytes of all media as they are sent, in base64; 0 for no limit.</param>
/// <param name="paged">The bytes of one PDF or Word document, where they differ from those of other documents; 0 where they do not.</param>
[Embedded]
internal sealed class CodecSizes(string api, long image = 0, long file = 0, long recording = 0, long total = 0, long paged = 0)
{
    private const long Megabyte = 1 << 20;

    /// <summary>
    /// https://developers.openai.com/api/docs/guides/images-vision, https://developers.openai.com/api/docs/guides/pdf-files. No limit is stated for
    /// one image; that of one file holds, which is also Azure's for an image.
    /// </summary>
    public static readonly CodecSizes OpenAI = new("OpenAI's API", image: 50 * Megabyte, file: 50 * Megabyte, total: 512 * Megabyte);

    /// <summary>https://platform.claude.com/docs/en/api/overview#request-size-limits. An image has 10 MB in base64.</summary>
    public static readonly CodecSizes Anthropic = new("Anthropic's API", image: 10 * Megabyte / 4 * 3, total: 32 * Megabyte);

    /// <summary>https://ai.google.dev/gemini-api/docs/file-input-methods</summary>
    public static readonly CodecSizes Gemini = new("Gemini's API", file: 50 * Megabyte, total: 100 * Megabyte);

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-call.html</summary>
    public static readonly CodecSizes Converse = new("The Converse API", image: 15 * Megabyte / 4, file: 9 * Megabyte / 2, recording: 25 * Megabyte);

    /// <summary>The same for Claude and Nova, which take larger PDFs and Word documents. https://docs.aws.amazon.com/nova/latest/userguide/modalities-document.html</summary>
    public static readonly CodecSizes ConverseRich = new("The Converse API", image: 15 * Megabyte / 4, file: 9 * Megabyte / 2, recording: 25 * Megabyte, paged: 25 * Megabyte);

    /// <summary>https://docs.cohere.com/docs/image-inputs</summary>
    public static readonly CodecSizes Cohere = new("Cohere's API", image: 20 * Megabyte, total: 20 * Megabyte / 3 * 4);

    /// <summary>The user's own server has no limit of its own.</summary>
    public static readonly CodecSizes None = new("Ollama's API");

    // Utf8JsonWriter writes no longer string.
    private const int LongestText = 166_666_666;

    /// <summary>Returns why an image, audio or a file is too large; null where it is not, or where its size is not known.</summary>
    public string? ProblemOf(AIContent media)
    {
        if (media is not DataContent data) return null;
        (string what, long limit) = KindOf(data);
        return limit > 0 && data.Data.Length > limit ? Say($"{api} takes no {what} of more than {InMegabytes(limit)} MB, and one of type '{data.MediaType}' has {InMegabytes(data.Data.Length)} MB.") : null;
    }

    /// <summary>Returns why all media together, or a text, are too large; null where they are not.</summary>
    public string? ProblemOf(IReadOnlyList<ChatMessage> messages)
    {
        long sent = 0;

        // By index: enumerators over interfaces would be allocated.
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is TextContent { Text.Length: > LongestText } text) return Say($"A text of {text.Text.Length} characters is too long for a request.");
                sent += SentBy(contents[j]);
            }
        }

        return total > 0 && sent > total ? Say($"{api} takes no more than {InMegabytes(total)} MB in a request, and its images and files have {InMegabytes(sent)} MB in base64.") : null;
    }

    private static long SentBy(AIContent content)
    {
        if (content is DataContent data) return (data.Data.Length + 2L) / 3 * 4;
        if (content is not FunctionResultContent { Result: List<AIContent> parts }) return 0;
        long sent = 0;
        foreach (AIContent part in parts) sent += SentBy(part);
        return sent;
    }

    private (string What, long Limit) KindOf(DataContent data)
    {
        if (data.HasTopLevelMediaType("image")) return ("image", image);
        if (data.HasTopLevelMediaType("audio")) return ("audio", recording);
        if (data.HasTopLevelMediaType("video")) return ("video", recording);
        bool isPaged = data.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) || data.MediaType.EndsWith("wordprocessingml.document", StringComparison.OrdinalIgnoreCase);
        return ("document", paged > 0 && isPaged ? paged : file);
    }

    private static string Say(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);

    private static string InMegabytes(long bytes) => ((double)bytes / Megabyte).ToString("0.##", CultureInfo.InvariantCulture);
}
