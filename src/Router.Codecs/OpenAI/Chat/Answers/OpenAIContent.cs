using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// The members of a message, or of a delta of one, that hold what it says: a text or parts of several types, and what comes beside. The same for
/// whole answers and streams.
/// </summary>
[Embedded]
internal struct OpenAIContent
{
    private OpenAISources? _sources;
    private OpenAIMedia? _media;

    /// <summary>Gets the sources; null where there is none.</summary>
    public readonly OpenAISources? Sources => _sources;

    /// <summary>Gets the images and sounds; null where there is none.</summary>
    public readonly OpenAIMedia? Media => _media;

    /// <summary>Reads the member that the reader stands on, if it is one of what comes beside the text.</summary>
    /// <param name="reader">It stands on a member's name, of a message or of the answer itself.</param>
    /// <param name="isPartial">Set where a piece came of what is handed on when the model has stopped.</param>
    /// <returns>False, with the reader where it was, where it is another member.</returns>
    public bool TryRead(ref Utf8JsonReader reader, ref bool isPartial)
    {
        if (OpenAIJson.Is(ref reader, "annotations"u8) || OpenAIJson.Is(ref reader, "citations"u8) || OpenAIJson.Is(ref reader, "search_results"u8))
        {
            (_sources ??= new OpenAISources()).Read(ref reader);
            return true;
        }

        if (OpenAIJson.Is(ref reader, "executed_tools"u8))
        {
            (_sources ??= new OpenAISources()).ReadExecutedTools(ref reader);
            return true;
        }

        if (OpenAIJson.Is(ref reader, "images"u8))
        {
            (_media ??= new OpenAIMedia()).ReadImages(ref reader);
            return true;
        }

        if (!OpenAIJson.Is(ref reader, "audio"u8)) return false;
        isPartial |= (_media ??= new OpenAIMedia()).ReadSound(ref reader);
        return true;
    }

    /// <summary>Steps to a member's value, a text: a string, or a list of parts.</summary>
    /// <param name="reader">It stands on the member's name.</param>
    /// <param name="reasoning">What parts of type <c>thinking</c>, or <c>reasoning</c> (Databricks), say; left as it is where there is none.</param>
    /// <param name="refusal">What parts of type <c>refusal</c> say; left as it is where there is none.</param>
    /// <returns>The text; null for null.</returns>
    public string? ReadText(ref Utf8JsonReader reader, ref string? reasoning, ref string? refusal)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Null: return null;
            case JsonTokenType.StartArray: break;
            default: throw OpenAIJson.Unexpected("content", ref reader);
        }

        var joined = new StringBuilder();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadPart(ref reader, joined, ref reasoning, ref refusal);
            else if (reader.TokenType is JsonTokenType.String) joined.Append(reader.GetString());
            else reader.Skip();
        }

        return joined.ToString();
    }

    private void ReadPart(ref Utf8JsonReader reader, StringBuilder joined, ref string? reasoning, ref string? refusal)
    {
        string? type = null;
        string? text = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "type"u8)) type = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "text"u8)) text = CodecReader.ReadString(ref reader) ?? text;
            else if (OpenAIJson.Is(ref reader, "thinking"u8) || OpenAIJson.Is(ref reader, "summary"u8)) reasoning += ReadThoughts(ref reader);
            else if (OpenAIJson.Is(ref reader, "refusal"u8)) refusal += CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "image_url"u8)) (_media ??= new OpenAIMedia()).ReadAddress(ref reader);
            else if (OpenAIJson.Is(ref reader, "reference_ids"u8)) ReadReference(ref reader);
            else if (OpenAIJson.Is(ref reader, "annotations"u8)) (_sources ??= new OpenAISources()).Read(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        if (type is null or "text" or "output_text" or "summary_text") joined.Append(text);
    }

    /// <summary>Steps to a member's value, thoughts: a string, or a list of parts of type text or summary_text.</summary>
    private string? ReadThoughts(ref Utf8JsonReader reader)
    {
        string? none = null;
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var joined = new StringBuilder();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadPart(ref reader, joined, ref none, ref none);
            else reader.Skip();
        }

        return joined.ToString();
    }

    private void ReadReference(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        var numbers = new StringBuilder();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long number)) numbers.Append(numbers.Length > 0 ? "," : "").Append(number);
            else reader.Skip();
        }

        if (numbers.Length > 0) (_sources ??= new OpenAISources()).AddReference(numbers.ToString());
    }
}
