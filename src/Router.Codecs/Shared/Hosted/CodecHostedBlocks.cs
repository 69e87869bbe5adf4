using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Blocks of an answer that no content stands for, such as what the provider's own tools were asked and answered, and what the API adds one
/// day. They reach the caller as they came: a bare <see cref="AIContent"/> with the block, an object, in a property of its
/// <see cref="AIContent.AdditionalProperties"/>, which survives serialization.
/// </summary>
[Embedded]
internal static class CodecHostedBlocks
{
    /// <summary>Returns the content for a block.</summary>
    public static AIContent ToContent(string property, JsonElement block) => new() { AdditionalProperties = new() { [property] = block } };

    /// <summary>Returns a content's block; null where it has none of the dialect's.</summary>
    public static JsonElement? Find(AIContent content, string property) =>
        content.GetType() == typeof(AIContent) && content.AdditionalProperties is { } properties && properties.TryGetValue(property, out object? block)
        && block is JsonElement { ValueKind: JsonValueKind.Object } element
            ? element
            : null;
}
