using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the arguments of a call: JSON within a string.</summary>
[Embedded]
internal static class OpenAIArguments
{
    /// <summary>Writes the member <c>arguments</c>.</summary>
    /// <returns>Null, or why they cannot be written.</returns>
    public static AttemptFailure? Write(Utf8JsonWriter json, FunctionCallContent call) =>
        CodecJson.WriteArgumentsText(json, "arguments"u8, call.Arguments) is { } unwritten ? CodecJson.UnwrittenArgument(call, unwritten) : null;
}
