using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes how much the model is to think: not at all, or up to a budget. Unasked, a model that can think does.</summary>
/// <remarks>https://docs.cohere.com/docs/reasoning: thoughts are part of the answer's limit, and should leave a thousand tokens of it.</remarks>
[Embedded]
internal static class CohereThinking
{
    private const int AnswerReserve = 1024;

    /// <summary>Returns whether the request has the member.</summary>
    public static bool IsWritten(ChatOptions options, ModelProfile model) => CodecEfforts.AskedBy(options) != 0 && model.Takes(ModelParameters.Reasoning);

    /// <summary>Writes the member <c>thinking</c>; nothing where no effort is asked for, or the model does not think.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">The request, for notes.</param>
    /// <param name="limit">The limit of thoughts and answer together; 0 where none is sent.</param>
    public static void Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body, int limit)
    {
        ModelEfforts asked = CodecEfforts.AskedBy(options);
        if (!IsWritten(options, model))
        {
            // A model that does not think does what is asked where no thought is.
            if (asked is not (ModelEfforts.NotTaken or ModelEfforts.None)) body.Note("reasoning_effort: left out");
            return;
        }

        ModelEfforts effort = model.Efforts == 0 ? asked : CodecEfforts.Fit(body, asked, model.Efforts);
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, effort is ModelEfforts.None ? "disabled"u8 : "enabled"u8);
        if (BudgetOf(effort, limit) is { } budget) json.WriteNumber("token_budget"u8, budget);
        json.WriteEndObject();
    }

    /// <summary>The most that is thought, in tokens; null for as much as the model likes.</summary>
    private static int? BudgetOf(ModelEfforts effort, int limit)
    {
        int? budget = effort switch
        {
            ModelEfforts.Minimal => 1024,
            ModelEfforts.Low => 2048,
            ModelEfforts.Medium => 8192,
            ModelEfforts.High => 16_384,
            _ => null,
        };
        if (budget is null || limit <= 0) return budget;
        return Math.Min(budget.Value, Math.Max(1, Math.Max(limit - AnswerReserve, limit / 2)));
    }
}
