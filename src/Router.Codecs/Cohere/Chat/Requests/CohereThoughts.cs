using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The forms in which the API has thoughts. They are stamped with the model, and go back to it where they stood.</summary>
[Embedded]
internal static class CohereThoughts
{
    /// <summary>A part of the content.</summary>
    public const string Thinking = "thinking";

    /// <summary>A member beside the calls: what the model is about to do with them.</summary>
    public const string Plan = "tool_plan";

    /// <summary>Returns thoughts that are whole.</summary>
    public static TextReasoningContent Whole(ModelProfile model, string form, string text) => new(text) { ProtectedData = CodecState.Stamp(model, form, "") };

    /// <summary>Returns the end of thoughts whose text was handed on piece by piece: the stamp alone.</summary>
    public static TextReasoningContent End(ModelProfile model, string form) => Whole(model, form, "");
}
