using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// What the model sent in earlier turns and wants back, where it stood and as it was: thoughts, mostly encrypted; the phase of a message; and
/// items of the API's own tools. All of it is stamped with the model (<see cref="CodecState"/>) and goes back to that model only.
/// </summary>
[Embedded]
internal static class OpenAIResponsesState
{
    /// <summary>The additional property with an item that no content stands for, a <see cref="JsonElement"/>.</summary>
    public const string ItemProperty = "openai.item";

    // Not the names of members of Chat Completions: one model may be asked in both dialects.
    private const string Reasoning = "reasoning_item";
    private const string Phase = "message_phase";
    private const string Item = "item";

    /// <summary>Returns the stamp for a reasoning item.</summary>
    /// <param name="model">The model that thought.</param>
    /// <param name="item">The item as JSON.</param>
    public static string StampReasoning(ModelProfile model, string item) => CodecState.Stamp(model, Reasoning, item);

    /// <summary>Returns the stamp for the message that follows: what it is to the answer, such as a comment before a call.</summary>
    public static string StampPhase(ModelProfile model, string phase) => CodecState.Stamp(model, Phase, phase);

    /// <summary>Returns an item that no content stands for, stamped.</summary>
    public static AIContent ToContent(ModelProfile model, JsonElement item)
    {
        AIContent content = CodecHostedBlocks.ToContent(ItemProperty, item);
        CodecState.Put(content, CodecState.Stamp(model, Item, default));
        return content;
    }

    /// <summary>Returns whether a content is an item of the API's own.</summary>
    public static bool IsItem(AIContent content) => Find(content) is not null;

    /// <summary>Returns whether a content is an item that this model takes back.</summary>
    public static bool IsOwnItem(AIContent content, ModelProfile model) => IsItem(content) && CodecState.TryRead(CodecState.Of(content), model, Item, out _);

    /// <summary>Returns whether a content is thoughts that this model takes back.</summary>
    public static bool IsOwnReasoning(AIContent content, ModelProfile model) => content is TextReasoningContent thoughts && CodecState.TryRead(thoughts.ProtectedData, model, Reasoning, out _);

    /// <summary>Returns the phase of the message that follows; null where the content does not say it.</summary>
    public static string? PhaseOf(AIContent content, ModelProfile model) =>
        content is TextReasoningContent thoughts && CodecState.TryRead(thoughts.ProtectedData, model, Phase, out ReadOnlySpan<char> phase) ? phase.ToString() : null;

    /// <summary>Writes the item that thoughts once were.</summary>
    public static void WriteReasoning(Utf8JsonWriter json, TextReasoningContent thoughts, ModelProfile model)
    {
        // The stamp's hash says that it is what was stamped, which was JSON.
        if (CodecState.TryRead(thoughts.ProtectedData, model, Reasoning, out ReadOnlySpan<char> item)) json.WriteRawValue(item, skipInputValidation: true);
    }

    /// <summary>Writes an item of the API's own as it came.</summary>
    public static void WriteItem(Utf8JsonWriter json, AIContent content) => Find(content)?.WriteTo(json);

    private static JsonElement? Find(AIContent content) => CodecHostedBlocks.Find(content, ItemProperty);
}
