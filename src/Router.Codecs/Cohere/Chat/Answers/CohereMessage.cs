using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What a part of a message's content is.</summary>
[Embedded]
internal enum CoherePartType
{
    /// <summary>None that is known, or none at all.</summary>
    None,
    Text,
    Thinking,
}

/// <summary>A part of a message's content, whole or a delta of it.</summary>
[Embedded]
internal struct CoherePart
{
    public CoherePartType Type;
    public string? Text;

    /// <summary>Reads the object that the reader stands in. A delta says by its member what it is.</summary>
    public static CoherePart Read(scoped ref Utf8JsonReader reader)
    {
        var part = new CoherePart();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) part.Type = TypeOf(CodecReader.ReadString(ref reader)) ?? part.Type;
            else if (reader.ValueTextEquals("text"u8)) part.Take(CoherePartType.Text, CodecReader.ReadString(ref reader));
            else if (reader.ValueTextEquals("thinking"u8)) part.Take(CoherePartType.Thinking, CodecReader.ReadString(ref reader));
            else CodecReader.SkipValue(ref reader);
        }

        return part;
    }

    private static CoherePartType? TypeOf(string? type) => type switch { "text" => CoherePartType.Text, "thinking" => CoherePartType.Thinking, _ => null };

    private void Take(CoherePartType type, string? text)
    {
        if (text is null) return;
        Text = text;
        if (Type is CoherePartType.None) Type = type;
    }
}

/// <summary>A call of a tool, whole or a delta of it.</summary>
[Embedded]
internal struct CohereCall
{
    public string? Id;
    public string? Name;
    public string? Arguments;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static CohereCall Read(scoped ref Utf8JsonReader reader)
    {
        var call = new CohereCall();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) call.Id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("function"u8)) call.ReadFunction(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return call;
    }

    private void ReadFunction(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) Name = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("arguments"u8)) Arguments = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }
}

/// <summary>
/// The object <c>message</c>: of a whole answer with lists, of an event of a stream with one of their elements each. The first part and
/// call stand apart, so that an event allocates no list.
/// </summary>
[Embedded]
internal ref struct CohereMessage
{
    public CoherePart Part;
    public List<CoherePart>? MoreParts;
    public int Parts;
    public CohereCall Call;
    public List<CohereCall>? MoreCalls;
    public int Calls;
    public string? Plan;
    public List<AIAnnotation>? Citations;

    /// <summary>Whether something stands where a part or a call should.</summary>
    public bool IsMalformed;

    /// <summary>Reads the object that the reader stands in.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8)) ReadContent(ref reader);
            else if (reader.ValueTextEquals("tool_plan"u8)) Plan = CodecReader.ReadString(ref reader) ?? Plan;
            else if (reader.ValueTextEquals("tool_calls"u8)) ReadCalls(ref reader);
            else if (reader.ValueTextEquals("citations"u8)) ReadCitations(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadContent(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Add(new CoherePart { Type = CoherePartType.Text, Text = reader.GetString() });
                break;
            case JsonTokenType.StartObject:
                Add(CoherePart.Read(ref reader));
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    if (reader.TokenType is JsonTokenType.StartObject) Add(CoherePart.Read(ref reader));
                    else SkipMalformed(ref reader);
                }

                break;
            default:
                IsMalformed |= reader.TokenType is not JsonTokenType.Null;
                break;
        }
    }

    private void ReadCalls(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            Add(CohereCall.Read(ref reader));
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject) Add(CohereCall.Read(ref reader));
                else SkipMalformed(ref reader);
            }
        }
        else
        {
            IsMalformed |= reader.TokenType is not JsonTokenType.Null;
        }
    }

    private void ReadCitations(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            CohereCitations.Read(ref reader, ref Citations);
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject) CohereCitations.Read(ref reader, ref Citations);
                else reader.Skip();
            }
        }
    }

    private void SkipMalformed(scoped ref Utf8JsonReader reader)
    {
        IsMalformed = true;
        reader.Skip();
    }

    private void Add(CoherePart part)
    {
        if (Parts++ == 0) Part = part;
        else (MoreParts ??= []).Add(part);
    }

    private void Add(CohereCall call)
    {
        if (Calls++ == 0) Call = call;
        else (MoreCalls ??= []).Add(call);
    }
}
