using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by the reason that its details name, by its words, else by its status.</summary>
[Embedded]
internal static class GeminiErrors
{
    /// <summary>Reads the body that came with a status other than 2xx.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body) => GoogleError.ReadBody(body).Classify(GeminiRefusals.Rows, statusCode, CodecRefusals.IsPage(body));

    /// <summary>What an error inside an answer means that had begun as a success.</summary>
    public static AttemptFailure Inside(in GoogleError error) => error.Classify(GeminiRefusals.Rows, null);
}
