using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Collects what a model sends of its own state, in a whole answer or in the deltas of a stream, and stamps it, in the forms
/// that the model wants back. For a model that wants nothing back it does nothing.
/// </summary>
/// <remarks>
/// Thoughts are handed on as they come, and their stamp behind them: where parts of a stream are joined, the stamp ends up on
/// the whole. What belongs to the turn (details, signatures of texts) comes as an empty thought at its end.
/// </remarks>
/// <param name="model">The model that answers.</param>
[Embedded]
internal sealed class OpenAIStateReader(ModelProfile model)
{
    private readonly bool _isWanted = OpenAIState.IsWanted(model);
    private string? _run; // the form of the thoughts since the last stamp
    private OpenAIReasoningDetails? _details;
    private string? _extra;

    /// <summary>Reads a member of a message or delta whose name the reader stands on, if it is state.</summary>
    /// <returns>False, with the reader where it was, if it is not.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (!_isWanted) return false;
        if (model.Has(OpenAIState.ReasoningDetails.Wanted) && OpenAIJson.Is(ref reader, "reasoning_details"u8))
        {
            if (CodecReader.EntersArray(ref reader)) (_details ??= new OpenAIReasoningDetails()).Read(ref reader);
            return true;
        }

        if (model.Has(OpenAIState.ExtraContent.Wanted) && OpenAIJson.Is(ref reader, "extra_content"u8))
        {
            _extra = ReadObject(ref reader) ?? _extra;
            return true;
        }

        return false;
    }

    /// <summary>Reads the value of <c>extra_content</c> as it stands.</summary>
    /// <returns>Null where it is no object.</returns>
    public static string? ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }

    /// <summary>Notes that thoughts were handed on.</summary>
    /// <param name="form">The form in which they came.</param>
    public void NoteThoughts(in OpenAIStateForm form)
    {
        if (_isWanted && model.Has(form.Wanted)) _run ??= form.Name;
    }

    /// <summary>Notes that thoughts were handed on. Those that came in no member were parts of the content.</summary>
    public void NoteThoughts()
    {
        if (_run is null) NoteThoughts(OpenAIState.ThinkingParts);
    }

    /// <summary>Returns the stamp for the thoughts since the last one; null where there are none that are wanted back.</summary>
    public string? EndThoughts()
    {
        string? form = _run;
        _run = null;
        return form is null || _details is { IsEmpty: false } ? null : CodecState.Stamp(model, form, default);
    }

    /// <summary>Gets whether there is something that was not handed over.</summary>
    public bool HasMore => _run is not null || _details is { IsEmpty: false } || _extra is not null;

    /// <summary>Hands over what belongs to the turn as a whole.</summary>
    public void MoveTo(List<AIContent> contents)
    {
        if (EndThoughts() is { } stamp) Add(contents, stamp);
        if (_details?.ToJson() is { } details) Add(contents, CodecState.Stamp(model, OpenAIState.ReasoningDetails.Name, details));
        if (_extra is not null) Add(contents, CodecState.Stamp(model, OpenAIState.ExtraContent.Name, _extra));
        _details = null;
        _extra = null;
    }

    private static void Add(List<AIContent> contents, string stamp) => contents.Add(new TextReasoningContent("") { ProtectedData = stamp });
}
