using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>Something wrong in a JSON text.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Message">What is wrong, as a phrase without a capital or a full stop.</param>
/// <param name="Span">Where. Empty where something is missing: directly behind what it should follow.</param>
internal sealed record JsonError(JsonErrorKind Kind, string Message, SourceSpan Span);

internal enum JsonErrorKind : byte
{
    /// <summary>The text is no JSON, or is larger or deeper than we read.</summary>
    Syntax,

    /// <summary>A name that its object has already. JSON allows it, and the last one counts.</summary>
    DuplicateProperty,

    /// <summary>A well-formed number that no double can hold.</summary>
    NumberOutOfRange,
}
