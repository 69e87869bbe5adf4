using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads answers: an object, which is a whole answer or a chunk of one, or an array of such chunks, which a stream is where it is no
/// server-sent events. What comes later completes or replaces what came before.
/// </summary>
[Embedded]
internal sealed class GeminiAnswer(ChatRequest request, ModelProfile model)
{
    private GeminiUsage _usage;
    private GoogleError _error;
    private bool _hasError;
    private GeminiSources? _sources;
    private GeminiCallIds? _ids;
    private bool _isAscii = true;

    public string? Id { get; private set; }

    /// <summary>Gets the model that answered.</summary>
    public string? Model { get; private set; }

    public DateTimeOffset? Created { get; private set; }

    /// <summary>Gets whether there was a candidate.</summary>
    public bool HasCandidate { get; private set; }

    /// <summary>Gets whether there was a call.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Gets whether there was something for the caller: more than the signature of it.</summary>
    public bool SaysSomething { get; private set; }

    /// <summary>Gets whether what was read is an array.</summary>
    public bool IsArray { get; private set; }

    /// <summary>Gets the value of <c>finishReason</c>; null until the model stops.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gets the value of <c>blockReason</c>; null where the prompt was not blocked.</summary>
    public string? BlockReason { get; private set; }

    /// <summary>Gets what the API says about either reason.</summary>
    public string? Explanation { get; private set; }

    /// <summary>Gets what is wrong with a part; null where nothing is.</summary>
    public AttemptFailure? Malformed { get; private set; }

    public AttemptFailure? Error => _hasError ? GeminiErrors.Inside(_error) : null;

    public UsageDetails? Usage => _usage.ToDetails();

    public string? ServiceTier => _usage.ServiceTier;

    public ChatFinishReason? FinishReason => GeminiStop.ReasonOf(Reason, HasCalls);

    /// <summary>Returns the sources of the answer as the annotations of an empty text; null where it has none.</summary>
    public TextContent? Sources => _sources?.ToAnnotations(_isAscii) is { } annotations ? new TextContent("") { Annotations = annotations } : null;

    /// <summary>Reads one JSON value. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole.</summary>
    /// <param name="json">The value.</param>
    /// <param name="contents">Where its contents go.</param>
    /// <returns>False where it is neither an object nor an array.</returns>
    public bool Read(ReadOnlySpan<byte> json, ref List<AIContent>? contents)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadChunk(ref reader, json, ref contents);
                break;
            case JsonTokenType.StartArray:
                IsArray = true;
                while (CodecReader.NextObject(ref reader)) ReadChunk(ref reader, json, ref contents);
                break;
            default: return false;
        }

        reader.Read(); // Throws where something follows.
        return true;
    }

    private void ReadChunk(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref List<AIContent>? contents)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("candidates"u8)) ReadCandidates(ref reader, json, ref contents);
            else if (reader.ValueTextEquals("usageMetadata"u8)) _usage.Read(ref reader);
            else if (reader.ValueTextEquals("promptFeedback"u8)) ReadFeedback(ref reader);
            else if (reader.ValueTextEquals("responseId"u8)) Id = ReadRepeated(ref reader, Id);
            else if (reader.ValueTextEquals("modelVersion"u8)) Model = ReadRepeated(ref reader, Model);
            else if (reader.ValueTextEquals("createTime"u8)) Created = ReadTime(ref reader) ?? Created;
            else if (reader.ValueTextEquals("error"u8)) ReadError(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadError(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        _hasError = true;
        _error.Read(ref reader);
    }

    private void ReadFeedback(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("blockReason"u8)) BlockReason = CodecReader.ReadString(ref reader) is { Length: > 0 } and not "BLOCK_REASON_UNSPECIFIED" and var reason ? reason : BlockReason;
            else if (reader.ValueTextEquals("blockReasonMessage"u8)) Explanation = CodecReader.ReadString(ref reader) ?? Explanation;
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadCandidates(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref List<AIContent>? contents)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        bool isFirst = true;
        while (CodecReader.NextObject(ref reader))
        {
            // Where several answers were asked for, the first one counts; a stream may bring a later one alone.
            Utf8JsonReader ahead = reader;
            if (isFirst && IsFirst(ref ahead))
            {
                HasCandidate = true;
                ReadCandidate(ref reader, json, ref contents);
                isFirst = false;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static bool IsFirst(scoped ref Utf8JsonReader reader)
    {
        bool first = true;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8)) first = CodecReader.ReadCount(ref reader) is null or 0;
            else CodecReader.SkipValue(ref reader);
        }

        return first;
    }

    private void ReadCandidate(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref List<AIContent>? contents)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8)) ReadContent(ref reader, json, ref contents);
            else if (reader.ValueTextEquals("finishReason"u8)) Reason = CodecReader.ReadString(ref reader) is { Length: > 0 } and not "FINISH_REASON_UNSPECIFIED" and var reason ? reason : Reason;
            else if (reader.ValueTextEquals("finishMessage"u8)) Explanation = CodecReader.ReadString(ref reader) ?? Explanation;
            else if (reader.ValueTextEquals("groundingMetadata"u8)) (_sources ??= new GeminiSources()).ReadGrounding(ref reader);
            else if (reader.ValueTextEquals("citationMetadata"u8)) (_sources ??= new GeminiSources()).ReadCitations(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadContent(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref List<AIContent>? contents)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("parts"u8))
            {
                CodecReader.SkipValue(ref reader);
                continue;
            }

            if (!CodecReader.EntersArray(ref reader)) continue;
            while (CodecReader.NextObject(ref reader)) AddPart(GeminiPart.Read(ref reader, json), ref contents);
        }
    }

    private void AddPart(scoped in GeminiPart part, ref List<AIContent>? contents)
    {
        if (part.IsCall) AddCall(part, ref contents);
        else if (part.IsMedia) AddMedia(part, ref contents);
        else if (part.IsOther) Add(ref contents, GeminiSignatures.Put(CodecHostedBlocks.ToContent(GeminiHostedTools.BlockProperty, Parse(part.Raw)), model, part.Signature));
        else if (part.IsThought) AddThoughts(part, ref contents);
        else AddText(part, ref contents);
    }

    private void AddText(scoped in GeminiPart part, ref List<AIContent>? contents)
    {
        string text = part.Text ?? "";
        if (text.Length > 0)
        {
            _isAscii &= Ascii.IsValid(text);
            Add(ref contents, new TextContent(text));
        }

        if (part.Signature is not null) (contents ??= []).Add(GeminiSignatures.Behind(text, model, part.Signature));
    }

    private void AddThoughts(scoped in GeminiPart part, ref List<AIContent>? contents)
    {
        if (string.IsNullOrEmpty(part.Text) && part.Signature is null) return;
        TextReasoningContent thoughts = GeminiSignatures.Thoughts(part.Text ?? "", model, part.Signature);
        if (thoughts.Text.Length > 0) Add(ref contents, thoughts);
        else (contents ??= []).Add(thoughts);
    }

    private void AddCall(scoped in GeminiPart part, ref List<AIContent>? contents)
    {
        if (string.IsNullOrEmpty(part.Function) || !CodecJson.TryReadArguments(part.Arguments, out Dictionary<string, object?>? arguments))
        {
            Malformed ??= CodecJson.Malformed("A function call of the answer lacks its name, or has arguments that are no object.");
            return;
        }

        HasCalls = true;
        string? id = part.CallId;
        if (id is null) id = (_ids ??= new GeminiCallIds(request)).Make();
        else (_ids ??= new GeminiCallIds(request)).Note(id);
        Add(ref contents, GeminiSignatures.Put(new FunctionCallContent(id, GeminiNames.FromWire(part.Function, request.Options), arguments), model, part.Signature));
    }

    private void AddMedia(scoped in GeminiPart part, ref List<AIContent>? contents)
    {
        if (part.IsThought) return; // A draft of the image that follows.
        AIContent? content = null;
        try
        {
            if (part.Data is not null && part.MediaType is not null) content = new DataContent(part.Data, part.MediaType);
            else if (part.Address is not null && Uri.TryCreate(part.Address, UriKind.Absolute, out Uri? address)) content = new UriContent(address, part.MediaType ?? "application/octet-stream");
        }
        catch (ArgumentException)
        {
            // Not a media type.
        }

        if (content is not null) Add(ref contents, GeminiSignatures.Put(content, model, part.Signature));
        else Malformed ??= CodecJson.Malformed("Data in the answer lack their type, or are not Base64.");
    }

    private void Add(ref List<AIContent>? contents, AIContent content)
    {
        (contents ??= []).Add(content);
        SaysSomething = true;
    }

    /// <summary>A value that each chunk repeats: no string is made where it is the known one.</summary>
    private static string? ReadRepeated(scoped ref Utf8JsonReader reader, string? known)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) return reader.ValueSpan.IsEmpty || (known is not null && reader.ValueTextEquals(known)) ? known : reader.GetString();
        reader.Skip();
        return known;
    }

    private static DateTimeOffset? ReadTime(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time)) return time;
        reader.Skip();
        return null;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }
}
