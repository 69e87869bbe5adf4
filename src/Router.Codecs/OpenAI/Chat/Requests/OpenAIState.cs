using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Where state stands in an assistant's message.</summary>
[Embedded]
internal enum OpenAIStatePlace
{
    /// <summary>A member of the message: the thoughts themselves, as one string.</summary>
    Text,

    /// <summary>A member of the message, or of a call, whose value is JSON.</summary>
    Json,

    /// <summary>A part of the message's content, with the thoughts themselves.</summary>
    Part,
}

/// <summary>A form in which a provider sends state, and wants it back.</summary>
/// <param name="Name">The member, or the type of the part.</param>
/// <param name="Wanted">The quirk of models that take it back.</param>
/// <param name="Place">Where it stands.</param>
[Embedded]
internal readonly record struct OpenAIStateForm(string Name, OpenAIQuirks Wanted, OpenAIStatePlace Place);

/// <summary>
/// Writes what the model of a deployment sent in earlier turns and wants back, where it stood and as it was. Another
/// provider's form is one more row of <see cref="Forms"/>, and a quirk of the models that want it.
/// </summary>
[Embedded]
internal static class OpenAIState
{
    /// <summary>DeepSeek, Moonshot and most servers of open models.</summary>
    public static readonly OpenAIStateForm ReasoningContent = new("reasoning_content", OpenAIQuirks.ReturnsReasoningContent, OpenAIStatePlace.Text);

    /// <summary>gpt-oss at Groq and Cerebras, newer vLLM.</summary>
    public static readonly OpenAIStateForm Reasoning = new("reasoning", OpenAIQuirks.ReturnsReasoning, OpenAIStatePlace.Text);

    /// <summary>OpenRouter, MiniMax: the signed or encrypted thoughts of whatever model answered.</summary>
    public static readonly OpenAIStateForm ReasoningDetails = new("reasoning_details", OpenAIQuirks.ReturnsReasoningDetails, OpenAIStatePlace.Json);

    /// <summary>Gemini's signatures, of calls and of texts.</summary>
    public static readonly OpenAIStateForm ExtraContent = new("extra_content", OpenAIQuirks.ReturnsExtraContent, OpenAIStatePlace.Json);

    /// <summary>Mistral's thinking parts.</summary>
    public static readonly OpenAIStateForm ThinkingParts = new("thinking", OpenAIQuirks.ReturnsThinkingParts, OpenAIStatePlace.Part);

    private const OpenAIQuirks Any =
        OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoning | OpenAIQuirks.ReturnsReasoningDetails
        | OpenAIQuirks.ReturnsExtraContent | OpenAIQuirks.ReturnsThinkingParts;

    // Details come first: they hold the thoughts as well, so the plain member beside them would be a repetition.
    private static readonly OpenAIStateForm[] Forms = [ReasoningDetails, ReasoningContent, Reasoning, ThinkingParts, ExtraContent];

    /// <summary>Returns whether the model wants anything back.</summary>
    public static bool IsWanted(ModelProfile model) => ((OpenAIQuirks)model.Quirks & Any) != 0;

    /// <summary>Writes the members of an assistant's message.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ChatMessage message, ModelProfile model, bool hasCalls)
    {
        if (!IsWanted(model)) return;
        bool thoughts = false;
        foreach (OpenAIStateForm form in Forms)
        {
            if (!model.Has(form.Wanted) || form.Place is OpenAIStatePlace.Part) continue;
            if (form.Place is OpenAIStatePlace.Text)
            {
                if (thoughts || CodecState.ThoughtsOf(message, model, form.Name) is not { } text) continue;
                json.WriteString(form.Name, text);
                thoughts = true;
            }
            else
            {
                thoughts |= WriteJson(json, message, model, form) && form == ReasoningDetails;
            }
        }

        // A turn with calls that another model made, or this one without a thought: the API refuses it without the member.
        if (hasCalls && !thoughts && model.Has(OpenAIQuirks.ReasoningContentWithCalls)) json.WriteString(ReasoningContent.Name, "");
    }

    /// <summary>Returns the thoughts that stand before the text among the parts of an assistant's content; null where none do.</summary>
    public static string? PartOf(ChatMessage message, ModelProfile model) =>
        model.Has(ThinkingParts.Wanted) ? CodecState.ThoughtsOf(message, model, ThinkingParts.Name) : null;

    /// <summary>Writes thoughts as a part of an assistant's content.</summary>
    public static void WritePart(Utf8JsonWriter json, string thoughts)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "thinking"u8);
        json.WriteStartArray("thinking"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, thoughts);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what belongs to a call.</summary>
    /// <param name="json">Where to, inside the call's object.</param>
    /// <param name="call">The call.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="first">Whether it is the first call of its turn.</param>
    public static void WriteCall(Utf8JsonWriter json, FunctionCallContent call, ModelProfile model, bool first)
    {
        if (!model.Has(ExtraContent.Wanted)) return;
        if (CodecState.TryRead(CodecState.Of(call), model, ExtraContent.Name, out ReadOnlySpan<char> data) && Parse(data) is { } value)
        {
            using (value)
            {
                json.WritePropertyName(ExtraContent.Name);
                value.RootElement.WriteTo(json);
            }
        }
        else if (first && model.Has(OpenAIQuirks.SignatureWithCalls))
        {
            // A turn of another model has no signature, and the first call of a turn is refused without one. This is the
            // value that Google documents for a conversation which began elsewhere.
            json.WritePropertyName(ExtraContent.Name);
            json.WriteRawValue("""{"google":{"thought_signature":"skip_thought_signature_validator"}}"""u8, skipInputValidation: true);
        }
    }

    /// <summary>Writes a member whose value is JSON: the last one that came, or all elements where they are arrays.</summary>
    private static bool WriteJson(Utf8JsonWriter json, ChatMessage message, ModelProfile model, in OpenAIStateForm form)
    {
        JsonDocument? last = null;
        bool inArray = false;
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextReasoningContent thoughts || !CodecState.TryRead(thoughts.ProtectedData, model, form.Name, out ReadOnlySpan<char> data)) continue;
            if (Parse(data) is not { } value) continue;
            if (value.RootElement.ValueKind is JsonValueKind.Array)
            {
                if (!inArray) json.WriteStartArray(form.Name);
                inArray = true;
                foreach (JsonElement element in value.RootElement.EnumerateArray()) element.WriteTo(json);
                value.Dispose();
            }
            else
            {
                last?.Dispose();
                last = value;
            }
        }

        if (inArray) json.WriteEndArray();
        if (last is null) return inArray;
        using (last)
        {
            if (inArray) return true;
            json.WritePropertyName(form.Name);
            last.RootElement.WriteTo(json);
        }

        return true;
    }

    private static JsonDocument? Parse(ReadOnlySpan<char> data)
    {
        try
        {
            return JsonDocument.Parse(data.ToString());
        }
        catch (JsonException)
        {
            return null; // Not what a provider has sent.
        }
    }
}
