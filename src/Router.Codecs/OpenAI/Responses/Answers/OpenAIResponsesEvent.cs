using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What one event of a stream says.</summary>
[Embedded]
internal enum OpenAIEventType
{
    /// <summary>One that has nothing for us, or what the API adds one day.</summary>
    Other,

    /// <summary>It shows that the model, or a tool of the provider's, is at work.</summary>
    Progress,
    TextDelta,
    ArgumentsDelta,
    SummaryDelta,
    ThoughtsDelta,
    RefusalDelta,
    TextDone,
    ArgumentsDone,
    SummaryDone,
    ThoughtsDone,
    RefusalDone,
    PartDone,
    SummaryPartDone,
    ItemAdded,
    ItemDone,
    Annotation,

    /// <summary>The response, while it is being made.</summary>
    Response,

    /// <summary>The response, complete, cut or failed.</summary>
    End,
    Error,
}

/// <summary>One event of a stream as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct OpenAIResponsesEvent
{
    private static readonly (byte[] Name, OpenAIEventType Type, string? Status)[] Types =
    [
        ("response.output_text.delta"u8.ToArray(), OpenAIEventType.TextDelta, null),
        ("response.function_call_arguments.delta"u8.ToArray(), OpenAIEventType.ArgumentsDelta, null),
        ("response.reasoning_summary_text.delta"u8.ToArray(), OpenAIEventType.SummaryDelta, null),
        ("response.reasoning_text.delta"u8.ToArray(), OpenAIEventType.ThoughtsDelta, null),
        ("response.refusal.delta"u8.ToArray(), OpenAIEventType.RefusalDelta, null),
        ("response.output_text.done"u8.ToArray(), OpenAIEventType.TextDone, null),
        ("response.function_call_arguments.done"u8.ToArray(), OpenAIEventType.ArgumentsDone, null),
        ("response.reasoning_summary_text.done"u8.ToArray(), OpenAIEventType.SummaryDone, null),
        ("response.reasoning_text.done"u8.ToArray(), OpenAIEventType.ThoughtsDone, null),
        ("response.refusal.done"u8.ToArray(), OpenAIEventType.RefusalDone, null),
        ("response.content_part.done"u8.ToArray(), OpenAIEventType.PartDone, null),
        ("response.reasoning_summary_part.done"u8.ToArray(), OpenAIEventType.SummaryPartDone, null),
        ("response.output_item.added"u8.ToArray(), OpenAIEventType.ItemAdded, null),
        ("response.output_item.done"u8.ToArray(), OpenAIEventType.ItemDone, null),
        ("response.output_text.annotation.added"u8.ToArray(), OpenAIEventType.Annotation, null),
        ("response.created"u8.ToArray(), OpenAIEventType.Response, null),
        ("response.in_progress"u8.ToArray(), OpenAIEventType.Response, null),
        ("response.queued"u8.ToArray(), OpenAIEventType.Response, null),
        ("response.completed"u8.ToArray(), OpenAIEventType.End, "completed"),
        ("response.incomplete"u8.ToArray(), OpenAIEventType.End, "incomplete"),
        ("response.failed"u8.ToArray(), OpenAIEventType.End, "failed"),
        ("response.cancelled"u8.ToArray(), OpenAIEventType.End, "cancelled"),
        ("error"u8.ToArray(), OpenAIEventType.Error, null),
        ("response.error"u8.ToArray(), OpenAIEventType.Error, null),
        ("response.reasoning.delta"u8.ToArray(), OpenAIEventType.ThoughtsDelta, null), // earlier versions of other servers
        ("response.reasoning.done"u8.ToArray(), OpenAIEventType.ThoughtsDone, null),
    ];

    public OpenAIEventType Type;
    public long? ItemIndex;
    public string? ItemId;

    /// <summary>The place of the part, among those of its kind.</summary>
    public long PartIndex;

    /// <summary>The piece, or the whole of what comes in pieces.</summary>
    public string? Text;
    public OpenAIResponsesItem Item;
    public bool HasItem;
    public OpenAIResponsesFrame Response;
    public bool HasResponse;
    public AttemptFailure? Error;

    /// <summary>The part, and what a text refers to, as JSON.</summary>
    public ReadOnlySpan<byte> Part;
    public ReadOnlySpan<byte> Annotation;

    /// <summary>The status that the type of the event stands for; null where it stands for none.</summary>
    public string? Status;

    /// <summary>Reads an event's data. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    /// <param name="name">What the event is called, for data that does not say it.</param>
    /// <param name="data">The data.</param>
    public static OpenAIResponsesEvent Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var read = new OpenAIResponsesEvent();
        bool typed = false;
        bool isResponse = false;
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("event", ref reader);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (OpenAIJson.Is(ref reader, "type"u8)) typed = read.ReadType(ref reader);
            else if (OpenAIJson.Is(ref reader, "delta"u8) || OpenAIJson.Is(ref reader, "text"u8) || OpenAIJson.Is(ref reader, "arguments"u8) || OpenAIJson.Is(ref reader, "refusal"u8))
            {
                read.Text = CodecReader.ReadString(ref reader) ?? read.Text;
            }
            else if (OpenAIJson.Is(ref reader, "output_index"u8)) read.ItemIndex = CodecReader.ReadCount(ref reader);
            else if (OpenAIJson.Is(ref reader, "item_id"u8)) read.ItemId = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "content_index"u8) || OpenAIJson.Is(ref reader, "summary_index"u8)) read.PartIndex = CodecReader.ReadCount(ref reader) ?? 0;
            else if (OpenAIJson.Is(ref reader, "item"u8)) read.ReadItem(ref reader, data);
            else if (OpenAIJson.Is(ref reader, "response"u8)) read.ReadResponse(ref reader, data);
            else if (OpenAIJson.Is(ref reader, "part"u8)) read.Part = CodecReader.ReadRaw(ref reader, data);
            else if (OpenAIJson.Is(ref reader, "annotation"u8)) read.Annotation = CodecReader.ReadRaw(ref reader, data);
            else if (OpenAIJson.Is(ref reader, "error"u8)) read.Error ??= OpenAIErrors.ReadMember(ref reader);
            else if (OpenAIJson.Is(ref reader, "object"u8)) isResponse = CodecReader.ReadString(ref reader) is "response";
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        if (!typed) read.SetType(name);
        if (!typed && isResponse && !read.HasResponse) read.ReadWhole(data);
        if (read.Error is not null) read.Type = OpenAIEventType.Error;
        return read;
    }

    /// <summary>A whole answer, which some servers send where a stream was asked for.</summary>
    private void ReadWhole(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        Response = OpenAIResponsesFrame.Read(ref reader, data);
        HasResponse = true;
        Type = OpenAIEventType.End;
        Status ??= Response.Status ?? "completed";
    }

    private void ReadItem(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        HasItem = CodecReader.EntersObject(ref reader);
        if (HasItem) Item = OpenAIResponsesItem.Read(ref reader, data);
    }

    private void ReadResponse(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        HasResponse = CodecReader.EntersObject(ref reader);
        if (HasResponse) Response = OpenAIResponsesFrame.Read(ref reader, data);
    }

    private bool ReadType(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return false;
        }

        SetType(reader.ValueSpan); // None of the types has a character that could be escaped.
        return true;
    }

    private void SetType(scoped ReadOnlySpan<byte> name)
    {
        foreach ((byte[] Name, OpenAIEventType Type, string? Status) known in Types)
        {
            if (!name.SequenceEqual(known.Name)) continue;
            (Type, Status) = (known.Type, known.Status);
            return;
        }

        Type = name.StartsWith("response."u8) && name.IndexOf("_call"u8) > 0 ? OpenAIEventType.Progress : OpenAIEventType.Other;
    }
}
