using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Puts what <see cref="ChatOptions.RawRepresentationFactory"/> gives into a request that has been written. It goes before
/// the typed options, as in other adapters: its members replace those of the request, objects are joined member by member,
/// and its tools come before the request's own. What the router decides (model, messages, streaming) is not its to say.
/// </summary>
[Embedded]
internal static class CodecRaw
{
    // Names of one thing: a request with both is refused.
    private static readonly string[][] Synonyms =
    [
        ["max_tokens", "max_completion_tokens"], ["seed", "random_seed"], ["thinkingLevel", "thinkingBudget"], ["responseSchema", "responseJsonSchema"],
    ];

    /// <summary>Merges the raw representation into the request.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="prefix">The members that the body begins with.</param>
    /// <returns>Null, or why the dialect does not understand the raw representation.</returns>
    public static AttemptFailure? Merge(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix) =>
        request.Options?.RawRepresentationFactory is { } factory && factory(request.Client!) is { } raw ? Merge(raw, body, prefix) : null;

    /// <inheritdoc cref="Merge(ChatRequest, RequestWriter, ReadOnlySpan{byte})"/>
    public static AttemptFailure? Merge(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix) =>
        request.Options?.RawRepresentationFactory is { } factory && factory(request.Generator!) is { } raw ? Merge(raw, body, prefix) : null;

    /// <summary>Merges the raw representation into a request for images.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="prefix">The members that the body begins with.</param>
    /// <param name="ours">What the router decides of such requests besides.</param>
    /// <returns>Null, or why the dialect does not understand the raw representation.</returns>
    public static AttemptFailure? Merge(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, params string[] ours) =>
        request.GetRaw() is { } raw ? Merge(raw, body, prefix, ours) : null;

    /// <summary>Reads the raw representation of a request that is no JSON, such as a form.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="raw">An object; null where there is none.</param>
    /// <returns>Null, or why it is not understood.</returns>
    public static AttemptFailure? ParseFor(ImageRequest request, out JsonDocument? raw)
    {
        raw = null;
        if (request.GetRaw() is not { } given) return null;
        raw = Parse(given);
        if (raw?.RootElement.ValueKind is JsonValueKind.Object) return null;
        raw?.Dispose();
        raw = null;
        return NotUnderstood(given);
    }

    private static AttemptFailure NotUnderstood(object raw) => CodecJson.Unsupported(
        $"RawRepresentationFactory gave a {raw.GetType()}; a request takes a JSON object: JsonObject, JsonElement, JsonDocument, a dictionary, or a string or bytes of JSON.");

    private static AttemptFailure? Merge(object raw, RequestWriter body, ReadOnlySpan<byte> prefix, params string[] ours)
    {
        using JsonDocument? given = Parse(raw);
        if (given?.RootElement.ValueKind is not JsonValueKind.Object) return NotUnderstood(raw);

        using JsonDocument written = JsonDocument.Parse(body.WrittenMemory.ToArray());
        using JsonDocument start = JsonDocument.Parse((byte[])[.. prefix, (byte)'}']);
        body.Rewind();
        Utf8JsonWriter json = body.StartObject(prefix);
        WriteMembers(json, written.RootElement, given.RootElement, start.RootElement, body, ours);
        body.EndObject();
        return null;
    }

    private static JsonDocument? Parse(object raw)
    {
        try
        {
            switch (raw)
            {
                case string text: return JsonDocument.Parse(text);
                case byte[] utf8: return JsonDocument.Parse(utf8);
                case ReadOnlyMemory<byte> utf8: return JsonDocument.Parse(utf8);
                case JsonElement or JsonDocument or JsonNode or IDictionary<string, object?>: break;
                default: return null; // Another adapter's type, whose JSON may be another dialect's.
            }

            var buffer = new ArrayBufferWriter<byte>();
            using var json = new Utf8JsonWriter(buffer);
            if (!CodecJson.TryWriteValue(json, raw)) return null;
            json.Flush();
            return JsonDocument.Parse(buffer.WrittenMemory);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the request's members that the caller's do not replace, then the caller's.</summary>
    private static void WriteMembers(Utf8JsonWriter json, JsonElement written, JsonElement given, JsonElement start, RequestWriter body, string[] ours)
    {
        foreach (JsonProperty member in written.EnumerateObject())
        {
            if (!start.TryGetProperty(member.Name, out _) && (IsOurs(member.Name, ours) || !IsReplaced(member.Name, given))) member.WriteTo(json);
        }

        foreach (JsonProperty member in given.EnumerateObject())
        {
            if (IsOurs(member.Name, ours) || start.TryGetProperty(member.Name, out _))
            {
                body.Note($"RawRepresentationFactory: '{member.Name}' is left out, since the router decides it");
                continue;
            }

            json.WritePropertyName(member.Name);
            if (written.TryGetProperty(member.Name, out JsonElement other)) WriteJoined(json, other, member.Value, member.NameEquals("tools"u8));
            else member.Value.WriteTo(json);
        }
    }

    private static bool IsOurs(string name, string[] ours) =>
        Array.IndexOf(ours, name) >= 0 || name is "model" or "modelId" or "messages" or "input" or "contents" or "stream" or "texts" or "inputText" or "requests" or "encoding_format" or "embedding_types" or "embeddingTypes";

    private static bool IsReplaced(string name, JsonElement given)
    {
        if (given.TryGetProperty(name, out _)) return true;
        foreach (string[] names in Synonyms)
        {
            if (Array.IndexOf(names, name) >= 0 && Array.Exists(names, other => given.TryGetProperty(other, out _))) return true;
        }

        return false;
    }

    private static void WriteJoined(Utf8JsonWriter json, JsonElement written, JsonElement given, bool isTools)
    {
        if (isTools && written.ValueKind is JsonValueKind.Array && given.ValueKind is JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (JsonElement tool in given.EnumerateArray()) tool.WriteTo(json);
            foreach (JsonElement tool in written.EnumerateArray()) tool.WriteTo(json);
            json.WriteEndArray();
        }
        else if (written.ValueKind is JsonValueKind.Object && given.ValueKind is JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (JsonProperty member in written.EnumerateObject())
            {
                if (!IsReplaced(member.Name, given)) member.WriteTo(json);
            }

            foreach (JsonProperty member in given.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                if (written.TryGetProperty(member.Name, out JsonElement other)) WriteJoined(json, other, member.Value, member.NameEquals("tools"u8));
                else member.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }
        else
        {
            given.WriteTo(json);
        }
    }
}
