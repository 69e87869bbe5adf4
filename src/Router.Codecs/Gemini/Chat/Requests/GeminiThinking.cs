using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How much the model is to think, and whether its thoughts are shown: a level, or a budget of tokens on older models.</summary>
[Embedded]
internal readonly struct GeminiThinking
{
    private readonly string? _level;
    private readonly int? _budget;
    private readonly bool? _includesThoughts;

    private GeminiThinking(string? level, int? budget, bool? includesThoughts)
    {
        _level = level;
        _budget = budget;
        _includesThoughts = includesThoughts;
    }

    /// <summary>Gets whether the request has a member <c>thinkingConfig</c>.</summary>
    public bool IsWritten => _level is not null || _budget is not null || _includesThoughts is not null;

    public static GeminiThinking Plan(ChatOptions options, ModelProfile model, RequestWriter body)
    {
        ModelEfforts asked = CodecEfforts.AskedBy(options);
        if (!model.Takes(ModelParameters.Reasoning))
        {
            if (asked is not (ModelEfforts.NotTaken or ModelEfforts.None)) body.Note("reasoning_effort: left out");
            return default;
        }

        bool? shown = options.Reasoning?.Output is { } output ? output is not ReasoningOutput.None : null;
        if (asked is ModelEfforts.NotTaken) return new(null, null, shown);
        ModelEfforts sent = CodecEfforts.Fit(body, asked, model.Efforts == 0 ? UsualEfforts(model) : model.Efforts);
        if (sent is ModelEfforts.NotTaken) return new(null, null, shown);
        return model.Has(GeminiQuirks.ThinkingLevel) ? new(LevelOf(sent), null, shown)
            : model.Has(GeminiQuirks.ThinkingBudget) ? new(null, BudgetOf(sent), shown)
            : new(null, null, shown);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("thinkingConfig"u8);
        if (_level is not null) json.WriteString("thinkingLevel"u8, _level);
        if (_budget is { } budget) json.WriteNumber("thinkingBudget"u8, budget);
        if (_includesThoughts is { } included) json.WriteBoolean("includeThoughts"u8, included);
        json.WriteEndObject();
    }

    /// <summary>Returns whether the caller asked for an effort that this dialect knows.</summary>
    public static bool IsAsked(ChatOptions options) => CodecEfforts.AskedBy(options) is not ModelEfforts.NotTaken;

    /// <summary>The efforts of a model whose own are not known: each level, but no end to thinking, which only a budget knows.</summary>
    private static ModelEfforts UsualEfforts(ModelProfile model) =>
        model.Has(GeminiQuirks.ThinkingLevel) ? ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High
        : model.Has(GeminiQuirks.ThinkingBudget) ? ModelEfforts.None | ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High
        : ModelEfforts.NotTaken;

    /// <summary>Google's enumeration of levels ends at high: https://ai.google.dev/api/generate-content#ThinkingLevel.</summary>
    private static string LevelOf(ModelEfforts effort) => effort switch
    {
        ModelEfforts.None or ModelEfforts.Minimal => "MINIMAL",
        ModelEfforts.Low => "LOW",
        ModelEfforts.Medium => "MEDIUM",
        _ => "HIGH",
    };

    /// <summary>The budgets that Google's OpenAI-compatible endpoint makes of efforts: https://ai.google.dev/gemini-api/docs/openai#thinking.</summary>
    private static int BudgetOf(ModelEfforts effort) => effort switch
    {
        ModelEfforts.None => 0,
        ModelEfforts.Minimal or ModelEfforts.Low => 1024,
        ModelEfforts.Medium => 8192,
        _ => 24_576,
    };
}
