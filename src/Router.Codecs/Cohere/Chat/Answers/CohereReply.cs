using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the body of an answer that is not streamed, forwards and once.</summary>
[Embedded]
internal static class CohereReply
{
    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        try
        {
            return ReadFrame(request, model, body, out reply);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            reply = null;
            return CodecErrors.Unreadable(body);
        }
    }

    private static AttemptFailure? ReadFrame(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        string? id = null, error = null;
        bool hasMessage = false;
        ChatFinishReason? reason = null;
        var message = new CohereMessage();
        var usage = new CohereUsage();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed("The answer is not a JSON object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("finish_reason"u8)) reason = CohereStop.Read(ref reader);
            else if (reader.ValueTextEquals("usage"u8)) usage.Read(ref reader);
            else if (reader.ValueTextEquals("message"u8)) ReadMessage(ref reader, ref message, ref hasMessage, ref error);
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        AttemptFailure? failure =
            !hasMessage ? (error is null ? CodecJson.Malformed("The answer has no message.") : CohereErrors.Classify(null, error))
            : message.IsMalformed ? CodecJson.Malformed("The answer's message holds something that is not a part or a call.")
            : CohereStop.FailureOf(reason, error) ?? Build(request, model, message, id, reason, usage.ToDetails(), out reply);
        return failure is null ? null : failure with { Usage = usage.ToDetails() };
    }

    /// <summary>Where an answer has its message, an error has its words.</summary>
    private static void ReadMessage(scoped ref Utf8JsonReader reader, ref CohereMessage message, ref bool hasMessage, ref string? error)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            hasMessage = true;
            message.Read(ref reader);
        }
        else if (reader.TokenType is JsonTokenType.String)
        {
            error = reader.GetString();
        }
        else
        {
            reader.Skip();
        }
    }

    private static AttemptFailure? Build(ChatRequest request, ModelProfile model, in CohereMessage message, string? id, ChatFinishReason? reason, UsageDetails? usage, out RoutedResponse? reply)
    {
        reply = null;
        List<AIContent> contents = new(1);
        for (int i = 0; i < message.Parts; i++)
        {
            CoherePart part = i == 0 ? message.Part : message.MoreParts![i - 1];
            if (part.Type is CoherePartType.None) continue; // A part that the API adds one day.
            if (part.Text is null) return CodecJson.Malformed("A part of the answer's content lacks its text.");
            if (part.Text.Length > 0) contents.Add(part.Type is CoherePartType.Text ? new TextContent(part.Text) : CohereThoughts.Whole(model, CohereThoughts.Thinking, part.Text));
        }

        Annotate(contents, message.Citations);
        if (!string.IsNullOrEmpty(message.Plan)) contents.Add(CohereThoughts.Whole(model, CohereThoughts.Plan, message.Plan));
        for (int i = 0; i < message.Calls; i++)
        {
            CohereCall call = i == 0 ? message.Call : message.MoreCalls![i - 1];
            if (call.Name is null) return CodecJson.Malformed("A tool call names no function.");
            contents.Add(CodecJson.ToCall(call.Id ?? CodecNames.NewCallId(), CodecNames.FromWire(call.Name, request.Options, identifiers: true), Encoding.UTF8.GetBytes(call.Arguments ?? "")));
        }

        if (contents.Count == 0 && reason is null) return CodecJson.Malformed("The answer's message has neither content nor a reason to have stopped.");
        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id }) { ResponseId = id, FinishReason = reason, Usage = usage };
        if (reason != ChatFinishReason.ContentFilter) return null;
        if (contents.Count == 0) reply = null; // The filter let nothing through.
        return CohereStop.Filtered();
    }

    /// <summary>Hangs citations on the text that they are of, which is the first.</summary>
    private static void Annotate(List<AIContent> contents, List<AIAnnotation>? citations)
    {
        if (citations is null) return;
        AIContent? text = contents.Find(static content => content is TextContent);
        if (text is not null) text.Annotations = citations;
    }
}
