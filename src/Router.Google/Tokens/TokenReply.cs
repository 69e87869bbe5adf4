using System.Net;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Google;

/// <summary>What was answered; bytes of any kind.</summary>
/// <param name="Address">Who was asked.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="IsMetadata">Whether the answer says that the metadata server wrote it.</param>
internal sealed record TokenReply(Uri Address, HttpStatusCode Status, byte[] Body, bool IsMetadata)
{
    /// <summary>Gets why there is no answer; null where there is one.</summary>
    public AttemptFailure? Failure { get; init; }

    public bool IsSuccess => Failure is null && (int)Status is >= 200 and < 300;

    /// <summary>Returns the body as a JSON object; null where it is none.</summary>
    public JsonElement? ReadObject()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
