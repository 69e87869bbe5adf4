using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>
/// Writes a stream as events: https://platform.claude.com/docs/en/build-with-claude/streaming. One block is open at a time, and blocks are numbered in
/// their order. What was counted is known at the end only, so that the first event counts nothing.
/// </summary>
internal sealed class AnthropicStreamWriter(RelayedRequest request) : ClientStreamWriter
{
    private IBufferWriter<byte> _output = null!;
    private ChatFinishReason? _reason;
    private BlockKind _open;
    private int _index;
    private bool _hasBegun;
    private bool _hasCalls;
    private bool _isRefused;

    private enum BlockKind
    {
        None,
        Text,
        Thinking,
    }

    public override void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _output = output;
        _reason = update.FinishReason ?? _reason;
        if (!_hasBegun) Begin(update);
        foreach (AIContent content in update.Contents) Write(content);
    }

    public override void End(ChatResponseUpdate? last, UsageDetails? usage, IBufferWriter<byte> output)
    {
        Write(last ?? new ChatResponseUpdate(), output);
        Close();
        using (Utf8JsonWriter json = Start("message_delta"u8))
        {
            json.WriteStartObject("delta"u8);
            json.WriteString("stop_reason"u8, AnthropicParts.ReasonOf(_reason, _hasCalls, _isRefused));
            json.WriteNull("stop_sequence"u8);
            json.WriteEndObject();
            json.WritePropertyName("usage"u8);
            AnthropicParts.WriteUsage(json, usage);
            json.WriteEndObject();
        }

        EventText.End(_output);
        output.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    private void Begin(ChatResponseUpdate update)
    {
        _hasBegun = true;
        using (Utf8JsonWriter json = Start("message_start"u8))
        {
            json.WriteStartObject("message"u8);
            AnthropicParts.WriteHead(json, AnthropicParts.IdOf(update.ResponseId, request), update.ModelId ?? request.Model);
            json.WriteStartArray("content"u8);
            json.WriteEndArray();
            json.WriteNull("stop_reason"u8);
            json.WriteNull("stop_sequence"u8);
            json.WritePropertyName("usage"u8);
            AnthropicParts.WriteUsage(json, null);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void Write(AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent thought:
                if (thought.Text.Length > 0) Add(BlockKind.Thinking, thought.Text);
                if (thought.ProtectedData is { } state) EndThoughts(state);
                break;
            case FunctionCallContent call:
                _hasCalls = true;
                Close();
                if (CallState.Of(call) is { } kept) WriteRedacted(kept);
                WriteCall(call);
                break;
            case { } when AnthropicParts.BlockOf(content) is { } block:
                Close();
                using (Utf8JsonWriter json = StartBlock())
                {
                    block.WriteTo(json);
                    json.WriteEndObject();
                }

                EventText.End(_output);
                Stop();
                break;
            case { } when AnthropicParts.TextOf(content) is { Length: > 0 } text:
                _isRefused |= AnthropicParts.IsRefusal(content);
                Add(BlockKind.Text, text);
                break;
        }
    }

    private void Add(BlockKind kind, string text)
    {
        if (_open != kind) Open(kind);
        if (kind is BlockKind.Text) WriteDelta("text_delta"u8, "text"u8, text);
        else WriteDelta("thinking_delta"u8, "thinking"u8, text);
    }

    private void EndThoughts(string state)
    {
        if (_open is BlockKind.Thinking)
        {
            WriteDelta("signature_delta"u8, "signature"u8, state);
            Close();
            return;
        }

        Close();
        WriteRedacted(state);
    }

    private void Open(BlockKind kind)
    {
        Close();
        _open = kind;
        using (Utf8JsonWriter json = StartBlock())
        {
            json.WriteStartObject();
            if (kind is BlockKind.Text)
            {
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, ""u8);
            }
            else
            {
                json.WriteString("type"u8, "thinking"u8);
                json.WriteString("thinking"u8, ""u8);
                json.WriteString("signature"u8, ""u8);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void WriteRedacted(string state)
    {
        using (Utf8JsonWriter json = StartBlock())
        {
            json.WriteStartObject();
            AnthropicParts.WriteRedacted(json, state);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventText.End(_output);
        Stop();
    }

    private void WriteCall(FunctionCallContent call)
    {
        using (Utf8JsonWriter json = StartBlock())
        {
            json.WriteStartObject();
            AnthropicParts.WriteCallHead(json, call);
            json.WriteStartObject("input"u8);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventText.End(_output);
        WriteDelta("input_json_delta"u8, "partial_json"u8, CallArguments.TextOf(call));
        Stop();
    }

    private void WriteDelta(ReadOnlySpan<byte> type, ReadOnlySpan<byte> member, string value)
    {
        using (Utf8JsonWriter json = Start("content_block_delta"u8))
        {
            json.WriteNumber("index"u8, _index);
            json.WriteStartObject("delta"u8);
            json.WriteString("type"u8, type);
            json.WriteString(member, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    private void Close()
    {
        if (_open is not BlockKind.None) Stop();
    }

    private void Stop()
    {
        _open = BlockKind.None;
        using (Utf8JsonWriter json = Start("content_block_stop"u8))
        {
            json.WriteNumber("index"u8, _index++);
            json.WriteEndObject();
        }

        EventText.End(_output);
    }

    /// <summary>Starts the event that starts a block: the block's value is to be written next.</summary>
    private Utf8JsonWriter StartBlock()
    {
        Utf8JsonWriter json = Start("content_block_start"u8);
        json.WriteNumber("index"u8, _index);
        json.WritePropertyName("content_block"u8);
        return json;
    }

    private Utf8JsonWriter Start(ReadOnlySpan<byte> type)
    {
        EventText.Start(_output, type);
        var json = new Utf8JsonWriter(_output, EventText.Json);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        return json;
    }
}
