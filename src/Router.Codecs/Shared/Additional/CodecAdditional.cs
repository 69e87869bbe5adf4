using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes what a caller adds to a request that has no options of its own for it.</summary>
[Embedded]
internal static class CodecAdditional
{
    /// <summary>Writes the additional properties that the API knows, and notes the others as left out.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="additional">What the caller adds; null for nothing.</param>
    /// <param name="body">The request.</param>
    /// <param name="known">The names that the API knows; empty where it takes any.</param>
    /// <param name="written">The names that the codec writes itself.</param>
    public static AttemptFailure? Write(Utf8JsonWriter json, AdditionalPropertiesDictionary? additional, RequestWriter body, ReadOnlySpan<string> known, params ReadOnlySpan<string> written)
    {
        if (additional is null) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (property.Key.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase) || written.Contains(property.Key)) continue;
            if (!known.IsEmpty && !known.Contains(property.Key))
            {
                body.Note(property.Key + ": left out");
                continue;
            }

            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }
}
