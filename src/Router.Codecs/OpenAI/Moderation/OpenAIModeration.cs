using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests for moderation and reads the answers. https://platform.openai.com/docs/api-reference/moderations,
/// https://docs.mistral.ai/api/endpoint/classifiers
/// </summary>
[Embedded]
internal static class OpenAIModeration
{
    /// <summary>Writes a request: an array of texts, each of which is judged alone, or the parts of one message.</summary>
    public static AttemptFailure? Write(ModerationRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteStartArray("input"u8);
        foreach (string text in request.Texts.Span) json.WriteStringValue(text);
        foreach (AIContent content in request.Contents ?? [])
        {
            if (!model.Can(ModelCapabilities.Vision)) return CodecJson.Unsupported($"{model.Name} judges texts, and no message of several parts or images.");
            if (WritePart(json, content) is { } unsupported) return unsupported;
        }

        json.WriteEndArray();
        AttemptFailure? unwritten = CodecAdditional.Write(json, request.Options?.AdditionalProperties, body, known: [], "model", "input");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return null;
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ModerationJudgements judgements, ModelProfile model)
    {
        bool hasResults = false;
        try
        {
            Utf8JsonReader reader = OpenAIJson.Open(body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed($"The answer is a {reader.TokenType}, not an object.");
            var usage = new OpenAIUsage();
            AttemptFailure? error = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "results"u8)) hasResults |= ReadResults(ref reader, judgements);
                else if (OpenAIJson.Is(ref reader, "usage"u8)) usage.Read(ref reader);
                else if (OpenAIJson.Is(ref reader, "error"u8)) error ??= OpenAIErrors.ReadMember(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            judgements.Usage = usage.ToInputDetails(model);
            if (error is not null) return error;
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return OpenAIJson.Malformed(body, e); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        return hasResults ? null : OpenAIErrors.ReadWithout(body, "results");
    }

    private static AttemptFailure? WritePart(Utf8JsonWriter json, AIContent content)
    {
        if (content is not TextContent && !IsImage(content)) return CodecJson.Unsupported($"A message with {content.GetType().Name} cannot be judged: only texts and images.");
        json.WriteStartObject();
        if (content is TextContent text)
        {
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, text.Text);
        }
        else
        {
            json.WriteString("type"u8, "image_url"u8);
            json.WriteStartObject("image_url"u8);
            if (content is DataContent data) CodecDataUri.Write(json, "url", data);
            else json.WriteString("url"u8, ((UriContent)content).Uri.AbsoluteUri);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        return null;
    }

    private static bool IsImage(AIContent content) => content switch
    {
        DataContent data => data.HasTopLevelMediaType("image"),
        UriContent uri => uri.HasTopLevelMediaType("image"),
        _ => false,
    };

    private static bool ReadResults(ref Utf8JsonReader reader, ModerationJudgements judgements)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("results[]", ref reader);
            judgements.Add(ReadJudgement(ref reader));
        }

        return true;
    }

    private static Moderation ReadJudgement(ref Utf8JsonReader reader)
    {
        bool? flagged = null;
        Dictionary<string, bool> categories = [];
        Dictionary<string, double> scores = [];
        Dictionary<string, IReadOnlyList<string>>? types = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "flagged"u8)) flagged = ReadFlag(ref reader);
            else if (OpenAIJson.Is(ref reader, "categories"u8)) ReadMembers(ref reader, categories, ReadFlag);
            else if (OpenAIJson.Is(ref reader, "category_scores"u8)) ReadMembers(ref reader, scores, ReadScore);
            else if (OpenAIJson.Is(ref reader, "category_applied_input_types"u8)) ReadTypes(ref reader, types ??= []);
            else CodecReader.SkipValue(ref reader);
        }

        // Mistral leaves the verdict to the categories.
        if (flagged is null && categories.Count == 0) throw new JsonException("A result has neither 'flagged' nor 'categories'.");
        return new Moderation(flagged ?? categories.ContainsValue(true), categories, scores, types);
    }

    private delegate T? ValueReader<T>(ref Utf8JsonReader reader) where T : struct;

    // A category that does not apply to the input is null.
    private static void ReadMembers<T>(ref Utf8JsonReader reader, Dictionary<string, T> members, ValueReader<T> read) where T : struct
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            string name = reader.GetString()!;
            if (read(ref reader) is { } value) members[name] = value;
        }
    }

    private static void ReadTypes(ref Utf8JsonReader reader, Dictionary<string, IReadOnlyList<string>> types)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            string name = reader.GetString()!;
            if (!CodecReader.EntersArray(ref reader)) continue;
            List<string> applied = [];
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.String) applied.Add(reader.GetString()!);
                else reader.Skip();
            }

            types[name] = applied;
        }
    }

    private static bool? ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw OpenAIJson.Unexpected("categories", ref reader),
        };
    }

    private static double? ReadScore(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return null;
        return reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out double score) ? score : throw OpenAIJson.Unexpected("category_scores", ref reader);
    }
}
