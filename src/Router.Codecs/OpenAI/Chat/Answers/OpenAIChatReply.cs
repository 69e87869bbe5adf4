using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads a whole answer.</summary>
[Embedded]
internal static class OpenAIChatReply
{
    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        try
        {
            var answer = new Answer { Request = request, Profile = model };
            ReadBody(body, ref answer);
            if (ProblemOf(in answer, body) is { } problem) return problem with { Usage = answer.Usage.ToDetails(model) };
            reply = Build(in answer, model);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return OpenAIJson.Malformed(body, e); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        if (reply.FinishReason != ChatFinishReason.ContentFilter) return null;
        AttemptFailure filtered = OpenAIAnswers.Filtered(reply.Usage);
        if (reply.Messages[0].Contents.Count == 0) reply = null; // The filter let nothing through.
        return filtered;
    }

    /// <summary>Why a body that could be read is no answer; null where it is one.</summary>
    private static AttemptFailure? ProblemOf(in Answer answer, ReadOnlySpan<byte> body) =>
        answer.Error is not null ? answer.Error
        : !answer.HasChoice ? OpenAIErrors.ReadWithout(body, "choices")
        : OpenAIJson.FailureOf(answer.Choice.FinishReason) is { } stopped ? stopped
        : !answer.Choice.HasMessage && answer.Choice.FinishReason != ChatFinishReason.ContentFilter ? CodecJson.Malformed("The answer's choice has no message.")
        : answer.Choice.IsEmpty ? CodecJson.Malformed("The answer's message has neither content nor a reason for its end.")
        : null;

    private static void ReadBody(ReadOnlySpan<byte> body, ref Answer answer)
    {
        Utf8JsonReader reader = OpenAIJson.Open(body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("answer", ref reader);
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "id"u8))
            {
                answer.Id = CodecReader.ReadString(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "model"u8))
            {
                answer.Model = CodecReader.ReadString(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "created"u8))
            {
                answer.Created = OpenAIJson.ReadTime(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "choices"u8))
            {
                ReadChoices(ref reader, ref answer);
            }
            else if (OpenAIJson.Is(ref reader, "usage"u8))
            {
                answer.Usage.Read(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "error"u8))
            {
                answer.Error ??= OpenAIErrors.ReadMember(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "system_fingerprint"u8))
            {
                answer.Fingerprint = CodecReader.ReadString(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "service_tier"u8))
            {
                answer.ServiceTier = CodecReader.ReadString(ref reader);
            }
            else if (!answer.Content.TryRead(ref reader, ref answer.IsPartial))
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        // Past the object there may be nothing: the reader throws on anything but white space.
        reader.Read();
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref Answer answer)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return;
        if (reader.TokenType is not JsonTokenType.StartArray) throw OpenAIJson.Unexpected("choices", ref reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("choices[]", ref reader);
            Choice choice = ReadChoice(ref reader, ref answer);
            if (choice.Index != 0 || answer.HasChoice) continue;
            answer.Choice = choice;
            answer.HasChoice = true;
        }
    }

    private static Choice ReadChoice(ref Utf8JsonReader reader, ref Answer answer)
    {
        var choice = new Choice { State = new OpenAIStateReader(answer.Profile) };
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "index"u8))
            {
                choice.Index = OpenAIJson.ReadInt64(ref reader) ?? 0;
            }
            else if (OpenAIJson.Is(ref reader, "message"u8))
            {
                choice.HasMessage = CodecReader.EntersObject(ref reader);
                if (choice.HasMessage) ReadMessage(ref reader, ref choice, answer);
            }
            else if (OpenAIJson.Is(ref reader, "finish_reason"u8))
            {
                choice.FinishReason = OpenAIJson.ReadFinishReason(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "usage"u8))
            {
                answer.Usage.Read(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "error"u8))
            {
                answer.Error ??= OpenAIErrors.ReadMember(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        return choice;
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ref Choice choice, in Answer answer)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "content"u8))
            {
                choice.Text = choice.Content.ReadText(ref reader, ref choice.Reasoning, ref choice.Refusal);
            }
            else if (OpenAIJson.Is(ref reader, "refusal"u8))
            {
                choice.Refusal = CodecReader.ReadString(ref reader) ?? choice.Refusal;
            }
            else if (OpenAIJson.Is(ref reader, "reasoning_content"u8) || OpenAIJson.Is(ref reader, "reasoning"u8))
            {
                // One thing under two names; a server that sends both sends the same twice.
                OpenAIStateForm form = OpenAIJson.Is(ref reader, "reasoning"u8) ? OpenAIState.Reasoning : OpenAIState.ReasoningContent;
                if (CodecReader.ReadString(ref reader) is not { } thoughts) continue;
                choice.Reasoning = thoughts;
                if (thoughts.Length > 0) choice.State.NoteThoughts(form);
            }
            else if (OpenAIJson.Is(ref reader, "tool_calls"u8))
            {
                (choice.Calls ??= new OpenAIToolCalls(answer.Request, answer.Profile)).Read(ref reader, whole: true);
            }
            else if (OpenAIJson.Is(ref reader, "function_call"u8))
            {
                (choice.Calls ??= new OpenAIToolCalls(answer.Request, answer.Profile)).ReadFunctionCall(ref reader);
            }
            else if (!choice.Content.TryRead(ref reader, ref choice.IsPartial) && !choice.State.TryRead(ref reader))
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    private static RoutedResponse Build(in Answer answer, ModelProfile model)
    {
        List<AIContent> contents = new(1);
        if (!string.IsNullOrEmpty(answer.Choice.Reasoning))
        {
            answer.Choice.State.NoteThoughts();
            contents.Add(new TextReasoningContent(answer.Choice.Reasoning) { ProtectedData = answer.Choice.State.EndThoughts() });
        }

        if (!string.IsNullOrEmpty(answer.Choice.Text)) contents.Add(new TextContent(answer.Choice.Text));
        if (!string.IsNullOrEmpty(answer.Choice.Refusal)) contents.Add(OpenAIAnswers.Refusal(answer.Choice.Refusal));
        if (contents.Count > 0 || answer.Choice.Calls is { IsEmpty: false }) answer.Choice.State.MoveTo(contents);
        answer.Choice.Calls?.MoveTo(contents);
        answer.Choice.Content.Media?.MoveTo(ref contents!, isEnd: true);
        Annotate(contents, answer.Choice.Content.Sources?.Take());
        Annotate(contents, answer.Content.Sources?.Take());

        var message = new ChatMessage(ChatRole.Assistant, contents) { MessageId = answer.Id, CreatedAt = answer.Created };
        return new RoutedResponse(message)
        {
            ResponseId = answer.Id,
            ModelId = answer.Model,
            CreatedAt = answer.Created,
            FinishReason = answer.Choice.FinishReason,
            Usage = answer.Usage.ToDetails(model),
            AdditionalProperties = OpenAIAnswers.Describe(answer.Fingerprint, answer.ServiceTier),
        };
    }

    /// <summary>Hangs sources on the text that refers to them; one that stands there already is not repeated.</summary>
    private static void Annotate(List<AIContent> contents, List<AIAnnotation>? sources)
    {
        if (sources is null) return;
        AIContent? text = contents.Find(static content => content is TextContent);
        if (text is null) contents.Add(text = new TextContent(""));
        text.Annotations ??= [];
        foreach (CitationAnnotation source in sources)
        {
            if (source.Url is null || !Has(text.Annotations, source)) text.Annotations.Add(source);
        }
    }

    private static bool Has(IList<AIAnnotation> annotations, CitationAnnotation source)
    {
        foreach (AIAnnotation annotation in annotations)
        {
            if (annotation is CitationAnnotation { AnnotatedRegions: { Count: > 0 } or null } known && known.Url == source.Url && source.AnnotatedRegions is null) return true;
        }

        return false;
    }

    private struct Answer
    {
        public required ChatRequest Request;
        public required ModelProfile Profile;
        public string? Id;
        public string? Model;
        public DateTimeOffset? Created;
        public OpenAIUsage Usage;
        public AttemptFailure? Error;
        public OpenAIContent Content; // what stands beside the choices
        public string? Fingerprint;
        public string? ServiceTier;
        public bool IsPartial;
        public bool HasChoice;
        public Choice Choice;
    }

    private struct Choice
    {
        public OpenAIStateReader State;
        public long Index;
        public bool HasMessage;
        public string? Text;
        public string? Refusal;
        public string? Reasoning;
        public OpenAIContent Content;
        public bool IsPartial; // ignored: it is whole
        public OpenAIToolCalls? Calls;
        public ChatFinishReason? FinishReason;

        public readonly bool IsEmpty => Text is null && string.IsNullOrEmpty(Reasoning) && string.IsNullOrEmpty(Refusal) && Content.Media is null && Calls is null or { IsEmpty: true } && FinishReason is null;
    }
}
