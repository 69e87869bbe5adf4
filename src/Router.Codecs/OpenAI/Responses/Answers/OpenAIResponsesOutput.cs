using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Makes contents of the output's items: of a whole answer, or piece by piece as a stream brings them. What comes in pieces and then whole is
/// handed on once, and what comes only whole is not lost.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="model">The model that answers.</param>
[Embedded]
internal sealed class OpenAIResponsesOutput(ChatRequest request, ModelProfile model)
{
    private readonly List<OpenAIResponsesItemState> _items = [];
    private readonly OpenAISources _sources = new();
    private int _delivered; // of which types items have been handed on, a bit for each
    private List<AIContent>? _contents;
    private List<AIContent>? _held; // state, which is handed on with the content that follows: alone it is no answer

    /// <summary>Gets whether anything of an answer has come.</summary>
    public bool HasContent => _delivered != 0;

    /// <summary>Gets whether the model has called a function.</summary>
    public bool HasCalls => (_delivered & Bit(OpenAIItemType.FunctionCall)) != 0;

    /// <summary>Hands over the contents that have come since the last time; null where none have.</summary>
    public List<AIContent>? Take()
    {
        List<AIContent>? contents = _contents;
        _contents = null;
        return contents;
    }

    /// <summary>Returns the item that an event is about; one that is not known begins with it.</summary>
    public OpenAIResponsesItemState Find(long? index, string? id, OpenAIItemType type)
    {
        // The latest that is open: some servers give each item the same number, others give each event an id of its own.
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            OpenAIResponsesItemState item = _items[i];
            if (item.IsClosed || item.Type != type) continue;
            if (index is null ? id is null || id == item.Id : item.Index is null || index == item.Index) return item;
        }

        return Begin(index, type);
    }

    /// <summary>Takes the beginning of an item.</summary>
    public void Start(long? index, scoped in OpenAIResponsesItem begun)
    {
        OpenAIResponsesItemState item = Begin(index, begun.Type);
        item.Id = begun.Id;
        item.CallId = begun.CallId;
        item.Name = begun.Name;
        item.Phase = begun.Phase;
    }

    /// <summary>Takes a piece of a part.</summary>
    public void Add(OpenAIResponsesItemState item, OpenAIPartType type, long index, string? piece)
    {
        if (string.IsNullOrEmpty(piece)) return;
        bool begins = item.Add(type, index, piece);
        switch (type)
        {
            case OpenAIPartType.Text:
                if (item.Phase is { Length: > 0 } phase) Hold(new TextReasoningContent("") { ProtectedData = OpenAIResponsesState.StampPhase(model, phase) });
                item.Phase = null;
                Deliver(OpenAIItemType.Message, new TextContent(piece));
                break;
            case OpenAIPartType.Refusal:
                item.Refusal.Append(piece);
                break;
            default:
                if (begins) piece = "\n\n" + piece;
                if (_contents is [.., TextReasoningContent { ProtectedData: null } before]) before.Text += piece;
                else Deliver(OpenAIItemType.Reasoning, new TextReasoningContent(piece));
                break;
        }
    }

    /// <summary>Takes a piece of a call's arguments.</summary>
    public void AddArguments(OpenAIResponsesItemState call, string piece)
    {
        call.AddArguments(piece);

        // The call itself is still to come, whatever of it has been handed on.
        if (request.AnswerTool is not null && request.AnswerPiece(CodecNames.FromWire(call.Name ?? "", request.Options), piece) is { } content) (_contents ??= []).Add(content);
    }

    /// <summary>Takes a part whole: what of it has not come in pieces.</summary>
    public void AddWhole(OpenAIResponsesItemState item, OpenAIPartType type, long index, string? whole) => Add(item, type, index, item.Rest(type, index, whole));

    /// <summary>Steps to a member's value, what a text refers to, and takes it.</summary>
    public void AddSource(scoped ref Utf8JsonReader reader)
    {
        _sources.ReadOne(ref reader);
        DeliverSources();
    }

    /// <summary>Takes an item whole, and with that its end.</summary>
    /// <exception cref="JsonException">A call names no function.</exception>
    public void Close(OpenAIResponsesItemState item, scoped in OpenAIResponsesItem whole)
    {
        item.Id ??= whole.Id;
        item.CallId = whole.CallId ?? item.CallId;
        item.Name = whole.Name ?? item.Name;
        item.Phase = whole.Phase ?? item.Phase;
        item.SetArguments(whole.Arguments);
        switch (whole.Type)
        {
            case OpenAIItemType.Message:
                ReadParts(item, whole.Content, OpenAIPartType.Text);
                break;
            case OpenAIItemType.Reasoning:
                ReadParts(item, whole.Summary, OpenAIPartType.Summary);
                ReadParts(item, whole.Content, OpenAIPartType.Thoughts);
                if (whole.ToReasoningJson() is { } json) Stamp(OpenAIResponsesState.StampReasoning(model, json));
                break;
            case OpenAIItemType.Image:
                Deliver(whole.Type, new DataContent(whole.Image!, MediaTypeOf(whole.Format)));
                break;
            case OpenAIItemType.Question:
                CodecJson.TryReadArguments(Encoding.UTF8.GetBytes(item.Arguments ?? ""), out Dictionary<string, object?>? arguments);
                Deliver(whole.Type, new ToolApprovalRequestContent(whole.Id!, new McpServerToolCallContent(whole.Id!, whole.Name!, whole.Server) { Arguments = arguments }));
                break;
            case OpenAIItemType.Other:
                Deliver(whole.Type, OpenAIResponsesState.ToContent(model, whole.ToElement()));
                break;
        }

        End(item);
    }

    /// <summary>Takes the whole output: what of it has not come before.</summary>
    /// <param name="list">The list of items as JSON; empty where there is none.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public void AddAll(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty) return;

        // By their types: of what a stream has brought, the last event may repeat the items under other ids.
        int known = _delivered;
        var reader = new Utf8JsonReader(list);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray) throw OpenAIJson.Unexpected("output", ref reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("output[]", ref reader);
            OpenAIResponsesItem whole = OpenAIResponsesItem.Read(ref reader, list);
            OpenAIResponsesItemState? item = FindOpen(whole);
            if (item is null && (known & Bit(whole.Type)) != 0) continue;
            Close(item ?? Begin(null, whole.Type), whole);
        }
    }

    /// <summary>Ends all items, and hands over what was held back of an answer that there is.</summary>
    /// <exception cref="JsonException">A call names no function.</exception>
    public void EndAll()
    {
        foreach (OpenAIResponsesItemState item in _items) End(item);
        if (!HasContent || _held is null) return;
        (_contents ??= []).AddRange(_held);
        _held = null;
    }

    private OpenAIResponsesItemState Begin(long? index, OpenAIItemType type)
    {
        var item = new OpenAIResponsesItemState(index, type);
        _items.Add(item);
        return item;
    }

    private OpenAIResponsesItemState? FindOpen(scoped in OpenAIResponsesItem whole)
    {
        OpenAIResponsesItemState? first = null;
        foreach (OpenAIResponsesItemState item in _items)
        {
            if (item.IsClosed || item.Type != whole.Type) continue;
            if (whole.Id is not null && item.Id == whole.Id) return item;
            first ??= item;
        }

        return first;
    }

    private void End(OpenAIResponsesItemState item)
    {
        if (item.IsClosed) return;
        item.IsClosed = true;
        if (item.Refusal.Length > 0) Deliver(OpenAIItemType.Message, OpenAIAnswers.Refusal(item.Refusal.ToString()));
        if (item.Type is OpenAIItemType.FunctionCall) Deliver(item.Type, ToCall(item));
    }

    private FunctionCallContent ToCall(OpenAIResponsesItemState item)
    {
        if (item.Name is null) throw new JsonException("A tool call names no function.");
#pragma warning disable RS0030 // An id that no other call of any conversation has; codecs know no random source.
        string id = item.CallId ?? item.Id ?? "call_" + Guid.NewGuid().ToString("N");
#pragma warning restore RS0030
        string name = CodecNames.FromWire(item.Name, request.Options);
        return CodecJson.TryReadArguments(Encoding.UTF8.GetBytes(item.Arguments ?? ""), out Dictionary<string, object?>? arguments)
            ? new(id, name, arguments)
            : new(id, name) { Exception = new JsonException($"The model's arguments for '{name}' are no JSON object.") };
    }

    /// <summary>Reads a list of parts. One string instead is one part.</summary>
    private void ReadParts(OpenAIResponsesItemState item, ReadOnlySpan<byte> parts, OpenAIPartType type)
    {
        if (parts.IsEmpty) return;
        var reader = new Utf8JsonReader(parts);
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) AddWhole(item, type, 0, reader.GetString());
        if (reader.TokenType is not JsonTokenType.StartArray) return;
        for (int i = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadPart(ref reader, item, type, i);
            else reader.Skip();
        }
    }

    /// <summary>Reads a part that the reader stands in.</summary>
    public void ReadPart(scoped ref Utf8JsonReader reader, OpenAIResponsesItemState item, OpenAIPartType type, long index)
    {
        string? text = null;
        string? refusal = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (OpenAIJson.Is(ref reader, "text"u8)) text = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "refusal"u8)) refusal = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "annotations"u8)) _sources.Read(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        AddWhole(item, type, index, text);
        AddWhole(item, OpenAIPartType.Refusal, index, refusal);
        DeliverSources();
    }

    private void DeliverSources()
    {
        if (_sources.Take() is not { } sources) return;
        if (_contents is [.., TextContent { Annotations: null } text]) text.Annotations = sources;
        else (_contents ??= []).Add(new TextContent("") { Annotations = sources });
    }

    /// <summary>Hands on the stamp of thoughts: with them where they are not handed over yet, else behind them.</summary>
    private void Stamp(string stamp)
    {
        if (_contents is [.., TextReasoningContent { ProtectedData: null } thoughts]) thoughts.ProtectedData = stamp;
        else Hold(new TextReasoningContent("") { ProtectedData = stamp });
    }

    private void Hold(AIContent state) => (_held ??= []).Add(state);

    private void Deliver(OpenAIItemType type, AIContent content)
    {
        _delivered |= Bit(type);
        _contents ??= new List<AIContent>(1);
        if (_held is not null) _contents.AddRange(_held);
        _held = null;
        _contents.Add(content);
    }

    private static int Bit(OpenAIItemType type) => 1 << (int)type;

    private static string MediaTypeOf(string? format) => format switch
    {
        "jpeg" or "jpg" => "image/jpeg",
        "webp" => "image/webp",
        _ => "image/png",
    };
}
