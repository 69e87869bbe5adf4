using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the body of an answer that is not streamed, forwards and once. An answer names neither itself nor its model.</summary>
[Embedded]
internal ref struct ConverseReply
{
    /// <summary>The additional property with a block that no content stands for, a <see cref="JsonElement"/>.</summary>
    public const string BlockProperty = "bedrock.block";

    private readonly ChatRequest _request;
    private readonly ModelProfile _profile;
    private readonly ReadOnlySpan<byte> _body;
    private bool _isMessage;
    private List<AIContent>? _contents;
    private ConverseStop _stop;
    private ConverseUsage _usage;
    private string? _tier;
    private string? _errorType;
    private string? _errorMessage;
    private AttemptFailure? _failure;

    private ConverseReply(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body)
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
            var reading = new ConverseReply(request, model, body);
            return (reading.ReadFrame() ?? reading.Conclude(out reply)) is { } failure ? failure with { Usage = reading._usage.ToDetails() } : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return CodecErrors.Unreadable(body);
        }
    }

    /// <summary>Steps to a member's value, an object that says which service tier answered; null where it does not.</summary>
    public static string? ReadTier(scoped ref Utf8JsonReader reader)
    {
        string? tier = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) tier = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return tier;
    }

    private AttemptFailure? ReadFrame()
    {
        var reader = new Utf8JsonReader(_body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed("The answer is not a JSON object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("output"u8)) ReadOutput(ref reader);
            else if (reader.ValueTextEquals("stopReason"u8)) _stop = ConverseStop.Read(ref reader);
            else if (reader.ValueTextEquals("usage"u8)) { if (CodecReader.EntersObject(ref reader)) _usage.Read(ref reader); }
            else if (reader.ValueTextEquals("serviceTier"u8)) _tier = ReadTier(ref reader);
            else BedrockError.ReadMember(ref reader, ref _errorType, ref _errorMessage);
        }

        reader.Read(); // Throws where something follows the object.
        return null;
    }

    private void ReadOutput(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("message"u8)) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersObject(ref reader)) ReadMessage(ref reader);
        }
    }

    private void ReadMessage(scoped ref Utf8JsonReader reader)
    {
        _isMessage = true;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8)) ReadContents(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
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

            ConversePart block = ConversePart.Read(ref reader, _body);
            AddBlock(block);
        }
    }

    private void AddBlock(scoped in ConversePart block)
    {
        switch (block.Type)
        {
            case ConversePartType.Text or ConversePartType.Cited:
                _contents!.Add(new TextContent(block.Text) { Annotations = block.Citations });
                break;
            case ConversePartType.Thoughts when block.Hidden is not null:
                _contents!.Add(CodecThoughts.Hidden(_profile, block.Hidden));
                break;
            case ConversePartType.Thoughts:
                // Without a signature nothing can go back.
                _contents!.Add(block.Signature is null ? new TextReasoningContent(block.Text) : CodecThoughts.Whole(_profile, block.Text ?? "", block.Signature));
                break;
            case ConversePartType.Unknown or ConversePartType.ToolUse when block.Type is ConversePartType.Unknown || block.IsHosted:
                var reader = new Utf8JsonReader(block.Raw);
                _contents!.Add(new AIContent { AdditionalProperties = new() { [BlockProperty] = JsonElement.ParseValue(ref reader) } });
                break;
            case ConversePartType.ToolUse
                when block is { Id: not null, Name: not null } && CodecJson.TryReadArguments(block.Input, out Dictionary<string, object?>? arguments):
                _contents!.Add(new FunctionCallContent(block.Id, CodecNames.FromWire(block.Name, _request.Options), arguments));
                break;
            default:
                _failure = CodecJson.Malformed("A block of the answer's content lacks what makes it one, or has it in the wrong type.");
                break;
        }
    }

    private readonly AttemptFailure? Conclude(out RoutedResponse? reply)
    {
        reply = null;
        if (!_isMessage && (_errorType ?? _errorMessage) is not null) return BedrockErrors.Classify(null, new BedrockError(BedrockError.TypeOf(_errorType), _errorMessage));
        if (_failure is not null) return _failure;
        if (!_isMessage) return CodecJson.Malformed("The answer is JSON, but holds no message.");
        if (_stop.ToFailure() is { } stopped && !_stop.IsFiltered) return stopped;
        if (_contents is null) return CodecJson.Malformed("The answer's message has no content.");
        if (_contents.Count == 0 && _stop.Reason is null) return CodecJson.Malformed("The answer's message has neither content nor a reason to have stopped.");

        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, _contents))
        {
            ModelId = _profile.Model,
            FinishReason = _stop.Reason,
            Usage = _usage.ToDetails(),
            AdditionalProperties = CodecTiers.Describe(_tier),
        };
        if (!_stop.IsFiltered) return null;
        if (_contents.Count == 0) reply = null; // The filter let nothing through.
        return _stop.ToFailure();
    }
}
