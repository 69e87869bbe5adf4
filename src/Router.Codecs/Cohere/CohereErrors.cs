using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by its words where they are known, else by the status. The API has neither codes nor types.</summary>
[Embedded]
internal static class CohereErrors
{
    /// <summary>Reads the body that came with a status other than 2xx: <c>{"id": "…", "message": "…"}</c>.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body) =>
        Classify(statusCode, CodecErrors.ReadMember(body, "message"u8), CodecRefusals.IsPage(body));

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="message">What it says; null where it says nothing.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    public static AttemptFailure Classify(int? statusCode, string? message, bool isPage = false) =>
        CodecErrors.Classify(CohereRefusals.Rows, statusCode, message, isPage);
}
