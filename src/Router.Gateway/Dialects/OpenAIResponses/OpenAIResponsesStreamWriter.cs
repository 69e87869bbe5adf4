using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>
/// Writes a stream as events: https://platform.openai.com/docs/api-reference/responses-streaming. Each has a name and a number; each item and each part
/// begins and ends with an event of its own, and the last event holds the whole response.
/// </summary>
internal sealed class OpenAIResponsesStreamWriter : ClientStreamWriter
{
    private readonly OpenAIResponsesObject _response;
    private readonly RelayedRequest _request;
    private OpenAIResponsesOutput? _items;
    private IBufferWriter<byte> _output = null!;
    private ChatFinishReason? _reason;
    private int _number;

    public OpenAIResponsesStreamWriter(RelayedRequest request, DateTimeOffset started, ResponseKeeping? keeping)
    {
        _request = request;
        _response = new OpenAIResponsesObject(request, started, keeping);
    }

    public override void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _output = output;
        _reason = update.FinishReason ?? _reason;
        _items ??= Begin(update);
        foreach (AIContent content in update.Contents) _items.Add(content);
    }

    public override void End(ChatResponseUpdate? last, UsageDetails? usage, IBufferWriter<byte> output)
    {
        Write(last ?? new ChatResponseUpdate(), output);
        _items!.End();
        using (Utf8JsonWriter json = Start(OpenAIResponsesObject.IncompleteBecause(_reason) is null ? "response.completed"u8 : "response.incomplete"u8))
        {
            json.WritePropertyName("response"u8);
            _response.Write(json, _items.All, _reason, usage);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private OpenAIResponsesOutput Begin(ChatResponseUpdate update)
    {
        _response.SetId(update.ResponseId);
        _response.Model = update.ModelId;
        WriteBegun("response.created"u8);
        WriteBegun("response.in_progress"u8);
        return new OpenAIResponsesOutput(_response.Id, CalledTools.Of(_request)) { Begun = BeginItem, Grown = Grow, Sourced = AddSource, Ended = EndItem };
    }

    private void WriteBegun(ReadOnlySpan<byte> type)
    {
        using (Utf8JsonWriter json = Start(type))
        {
            json.WritePropertyName("response"u8);
            _response.WriteBegun(json);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void BeginItem(OpenAIResponsesItem item)
    {
        WriteItem("response.output_item.added"u8, item, isWhole: false);
        if (item.Kind is ResponsesItemKind.Text or ResponsesItemKind.Refusal) WritePart("response.content_part.added"u8, "content_index"u8, item, isWhole: false);
        if (item.Kind is ResponsesItemKind.Call) WriteText(item.IsCustom ? "response.custom_tool_call_input.delta"u8 : "response.function_call_arguments.delta"u8, item, default, "delta"u8, item.Input);
    }

    private void Grow(OpenAIResponsesItem item, string text)
    {
        bool isReasoning = item.Kind is ResponsesItemKind.Reasoning;
        if (isReasoning && item.Text.Length == text.Length) WritePart("response.reasoning_summary_part.added"u8, "summary_index"u8, item, isWhole: false);
        ReadOnlySpan<byte> type = isReasoning ? "response.reasoning_summary_text.delta"u8 : item.Kind is ResponsesItemKind.Refusal ? "response.refusal.delta"u8 : "response.output_text.delta"u8;
        WriteText(type, item, isReasoning ? "summary_index"u8 : "content_index"u8, "delta"u8, text);
    }

    private void AddSource(OpenAIResponsesItem item)
    {
        using (Utf8JsonWriter json = StartOf("response.output_text.annotation.added"u8, item, "content_index"u8))
        {
            json.WriteNumber("annotation_index"u8, item.Sources.Count - 1);
            json.WritePropertyName("annotation"u8);
            OpenAIResponsesItem.WriteSource(json, item.Sources[^1]);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void EndItem(OpenAIResponsesItem item)
    {
        switch (item.Kind)
        {
            case ResponsesItemKind.Text:
                WriteText("response.output_text.done"u8, item, "content_index"u8, "text"u8, item.Text.ToString());
                WritePart("response.content_part.done"u8, "content_index"u8, item, isWhole: true);
                break;
            case ResponsesItemKind.Refusal:
                WriteText("response.refusal.done"u8, item, "content_index"u8, "refusal"u8, item.Text.ToString());
                WritePart("response.content_part.done"u8, "content_index"u8, item, isWhole: true);
                break;
            case ResponsesItemKind.Reasoning when item.Text.Length > 0:
                WriteText("response.reasoning_summary_text.done"u8, item, "summary_index"u8, "text"u8, item.Text.ToString());
                WritePart("response.reasoning_summary_part.done"u8, "summary_index"u8, item, isWhole: true);
                break;
            case ResponsesItemKind.Call when item.IsCustom:
                WriteText("response.custom_tool_call_input.done"u8, item, default, "input"u8, item.Input);
                break;
            case ResponsesItemKind.Call:
                WriteText("response.function_call_arguments.done"u8, item, default, "arguments"u8, item.Input);
                break;
        }

        WriteItem("response.output_item.done"u8, item, isWhole: true);
    }

    private void WriteItem(ReadOnlySpan<byte> type, OpenAIResponsesItem item, bool isWhole)
    {
        using (Utf8JsonWriter json = Start(type))
        {
            json.WriteNumber("output_index"u8, _items!.All.Count - 1);
            json.WritePropertyName("item"u8);
            item.Write(json, isWhole);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void WritePart(ReadOnlySpan<byte> type, ReadOnlySpan<byte> index, OpenAIResponsesItem item, bool isWhole)
    {
        using (Utf8JsonWriter json = StartOf(type, item, index))
        {
            json.WritePropertyName("part"u8);
            item.WritePart(json, isWhole);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void WriteText(ReadOnlySpan<byte> type, OpenAIResponsesItem item, ReadOnlySpan<byte> index, ReadOnlySpan<byte> member, string text)
    {
        using (Utf8JsonWriter json = StartOf(type, item, index))
        {
            json.WriteString(member, text);
            if (item.Kind is ResponsesItemKind.Text)
            {
                json.WriteStartArray("logprobs"u8);
                json.WriteEndArray();
            }
            else if (item.Kind is ResponsesItemKind.Call && !item.IsCustom && !member.SequenceEqual("delta"u8))
            {
                json.WriteString("name"u8, item.Tool?.OwnName ?? item.Call!.Name);
            }

            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    /// <summary>Starts an event about the last item, and where it has parts, about its one part.</summary>
    private Utf8JsonWriter StartOf(ReadOnlySpan<byte> type, OpenAIResponsesItem item, ReadOnlySpan<byte> index)
    {
        Utf8JsonWriter json = Start(type);
        json.WriteString("item_id"u8, item.Id);
        json.WriteNumber("output_index"u8, _items!.All.Count - 1);
        if (!index.IsEmpty) json.WriteNumber(index, 0);
        return json;
    }

    private Utf8JsonWriter Start(ReadOnlySpan<byte> type)
    {
        EventText.Start(_output, type);
        var json = new Utf8JsonWriter(_output, EventText.Json);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("sequence_number"u8, _number++);
        return json;
    }
}
