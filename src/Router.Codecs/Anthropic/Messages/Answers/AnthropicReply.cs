using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the body of an answer that is not streamed, forwards and once.</summary>
[Embedded]
internal ref struct AnthropicReply
{
    private readonly ChatRequest _request;
    private readonly ModelProfile _profile;
    private readonly ReadOnlySpan<byte> _body;
    private string? _id;
    private string? _model;
    private bool _isMessage;
    private List<AIContent>? _contents;
    private ChatFinishReason? _stopReason;
    private string? _explanation;
    private AnthropicUsage _usage;
    private AnthropicError? _error;
    private AttemptFailure? _failure;

    private AnthropicReply(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body)
    {
        _request = request;
        _profile = model;
        _body = body;
    }

    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        try
        {
            var reading = new AnthropicReply(request, model, body);
            return (reading.ReadFrame() ?? reading.Conclude(out reply)) is { } failure ? failure with { Usage = reading._usage.ToDetails() } : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return CodecErrors.Unreadable(body);
        }
    }

    /// <summary>Reads the content of a message that a stream brings at once.</summary>
    public static AttemptFailure? ReadContents(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> content, out List<AIContent>? contents)
    {
        var reading = new AnthropicReply(request, model, content);
        var reader = new Utf8JsonReader(content);
        reading.ReadContents(ref reader);
        contents = reading._contents;
        return reading._failure;
    }

    private AttemptFailure? ReadFrame()
    {
        var reader = new Utf8JsonReader(_body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed("The answer is not a JSON object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) _id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("type"u8)) _isMessage = AnthropicJson.ReadIs(ref reader, "message"u8);
            else if (reader.ValueTextEquals("model"u8)) _model = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("content"u8)) ReadContents(ref reader);
            else if (reader.ValueTextEquals("stop_reason"u8)) _stopReason = AnthropicStop.ReadReason(ref reader);
            else if (reader.ValueTextEquals("stop_details"u8)) _explanation = AnthropicStop.ReadExplanation(ref reader);
            else if (reader.ValueTextEquals("usage"u8)) { if (CodecReader.EntersObject(ref reader)) _usage.Read(ref reader); }
            else if (reader.ValueTextEquals("error"u8)) { if (CodecReader.EntersObject(ref reader)) _error = AnthropicError.Read(ref reader); }
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        return null;
    }

    private void ReadContents(scoped ref Utf8JsonReader reader)
    {
        _contents = null;
        if (!CodecReader.EntersArray(ref reader)) return;
        _contents = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                _failure = CodecJson.Malformed("The answer's content holds something that is not a block.");
                continue;
            }

            AnthropicPart block = AnthropicPart.Read(ref reader, _body);
            AddBlock(block);
        }
    }

    private void AddBlock(scoped in AnthropicPart block)
    {
        switch (block.Type)
        {
            case AnthropicPartType.Text when block.Text is not null:
                _contents!.Add(new TextContent(block.Text) { Annotations = block.Citations });
                break;
            case AnthropicPartType.Thinking when block.Text is not null:
                _contents!.Add(CodecThoughts.Whole(_profile, block.Text, block.Signature));
                break;
            case AnthropicPartType.RedactedThinking when block.Text is not null:
                _contents!.Add(CodecThoughts.Hidden(_profile, block.Text));
                break;
            case AnthropicPartType.ToolUse
                when block is { Id: not null, Name: not null } && CodecJson.TryReadArguments(block.Input, out Dictionary<string, object?>? arguments):
                _contents!.Add(new FunctionCallContent(block.Id, CodecNames.FromWire(block.Name, _request.Options), arguments));
                break;
            case AnthropicPartType.Unknown:
                _contents!.Add(AnthropicOtherBlock.ToContent(block.Raw));
                break;
            default:
                _failure = CodecJson.Malformed("A block of the answer's content lacks what makes it one, or has it in the wrong type.");
                break;
        }
    }

    private readonly AttemptFailure? Conclude(out RoutedResponse? reply)
    {
        reply = null;
        if (_error is { } error && !_isMessage) return AnthropicErrors.Classify(null, error);
        if (_failure is not null) return _failure;
        if (!_isMessage) return CodecJson.Malformed("The answer is JSON, but no message.");
        if (_contents is null) return CodecJson.Malformed("The answer's message has no content.");
        if (_contents.Count == 0 && _stopReason is null) return CodecJson.Malformed("The answer's message has neither content nor a reason to have stopped.");

        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, _contents) { MessageId = _id })
        {
            ResponseId = _id,
            ModelId = _model,
            FinishReason = _stopReason,
            Usage = _usage.ToDetails(),
            AdditionalProperties = CodecTiers.Describe(_usage.ServiceTier),
        };
        if (_stopReason != ChatFinishReason.ContentFilter) return null;
        if (_contents.Count == 0) reply = null; // The filter let nothing through.
        return AnthropicStop.Refused(_explanation);
    }
}
