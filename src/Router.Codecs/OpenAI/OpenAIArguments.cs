using System.Buffers;
using System.Text.Encodings.Web;
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
    public static AttemptFailure? Write(Utf8JsonWriter json, FunctionCallContent call)
    {
        // Written apart first, because the writer has no way to write JSON into a string.
        var buffer = new ArrayBufferWriter<byte>();
        using (var arguments = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (CodecJson.WriteArguments(arguments, call.Arguments) is { } name)
            {
                return CodecJson.Unsupported($"The argument '{name}' of a call of '{call.Name}' is of a type that cannot be written as JSON.");
            }
        }

        json.WriteString("arguments"u8, buffer.WrittenSpan);
        return null;
    }
}
