using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What Gemini's API says when it refuses a request. One status, <c>INVALID_ARGUMENT</c>, stands for much: there the words decide.</summary>
[Embedded]
internal static class GeminiRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        .. GoogleRefusals.Rows,

        // This request at this model: files, links and media that this key or model cannot read.
        new(FailureKind.Unsupported) { Statuses = "400 403 404", Phrases = ["^You do not have permission to access the File", "^The File * is not in an ACTIVE state", "^File * not exist in the Gemini API"] },
        new(FailureKind.Unsupported)
        {
            Statuses = "400",
            Phrases = ["^Unable to process input", "^Cannot fetch content", "^Request payload size exceeds", "^Unable to submit request", "thinking level", "thinking budget", "^The thinking"],
        },

        // The request itself: turns that do not follow each other as they must.
        new(FailureKind.InvalidRequest) { Statuses = "400", Phrases = ["^Please ensure that", "^Please use a valid role"] },
    ];
}
