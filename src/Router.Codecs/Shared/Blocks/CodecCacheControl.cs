using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// What a caller says about caching: <c>cache_control</c> among the additional properties of a content, a message, a tool or the options, as
/// JSON, or in short <c>"ephemeral"</c>, or a time to live such as <c>"1h"</c>. Each dialect writes it in its own form.
/// </summary>
[Embedded]
internal static class CodecCacheControl
{
    public const string Name = "cache_control";

    /// <summary>What the caller said; null where nothing.</summary>
    public static object? Find(IReadOnlyDictionary<string, object?>? properties) =>
        properties is not null && properties.TryGetValue(Name, out object? control) ? control : null;
}
