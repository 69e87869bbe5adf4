using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How much the model is to think, in the terms that it takes, and the output limit, of which thinking is a part.</summary>
[Embedded]
internal readonly struct ClaudeThinking
{
    // The API's smallest budget.
    private const int SmallestBudget = 1024;

    // What a budget must leave of the output limit, so that there is an answer after the thoughts.
    private const int AnswerReserve = 1024;

    // Each model that takes a budget can write this much; a limit that no caller asked for is not raised above it.
    private const int CommonOutputLimit = 32_000;

    private const ModelEfforts UsualEfforts = ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High | ModelEfforts.Max;

    private enum ThinkingMode
    {
        Unsaid,
        Disabled,
        Adaptive,
        Budget,
    }

    // The limit of an API that demands one, where none is known: every model takes it.
    private const int FallbackMaxTokens = 4096;

    private readonly ThinkingMode _mode;
    private readonly int _budget;
    private readonly ReasoningOutput? _output;

    private ClaudeThinking(int maxTokens, ThinkingMode mode = ThinkingMode.Unsaid, int budget = 0, string? effort = null, ReasoningOutput? output = null)
    {
        MaxTokens = maxTokens;
        Effort = effort;
        _mode = mode;
        _budget = budget;
        _output = output;
    }

    /// <summary>The limit for thoughts and answer together.</summary>
    public int MaxTokens { get; }

    /// <summary>The value of <c>output_config.effort</c>, where there is one to send.</summary>
    public string? Effort { get; }

    /// <summary>Whether the request asks the model to think, which rules other parameters out.</summary>
    public bool IsOn => _mode is ThinkingMode.Adaptive or ThinkingMode.Budget;

    /// <summary>Gets what became of the effort that was asked for, where it is not sent as it was; null where it is.</summary>
    public string? Note { get; private init; }

    /// <summary>Gets whether the caller asked for an effort that this dialect knows.</summary>
    public bool IsPlanned { get; private init; }

    /// <summary>Whether the model has a budget for its thoughts, which the limit must hold.</summary>
    public bool HasBudget => _mode is ThinkingMode.Budget;

    /// <summary>Whether the request has a member <c>thinking</c>.</summary>
    public bool IsWritten => _mode is not ThinkingMode.Unsaid;

    /// <summary>Decides how much the model is to think.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="model">The model, whose quirks begin with <see cref="ClaudeThinkingForms"/>.</param>
    public static ClaudeThinking Plan(IReadOnlyList<ChatMessage> messages, ChatOptions? options, ModelProfile model)
    {
        int? askedMaxTokens = AskedMaxTokens(options);
        int maxTokens = askedMaxTokens ?? (model.DefaultMaxOutputTokens > 0 ? model.DefaultMaxOutputTokens : FallbackMaxTokens);
        ModelEfforts asked = AskedEffort(options);
        if (asked == 0) return new(maxTokens);

        bool adaptive = Takes(model, ClaudeThinkingForms.Adaptive);
        ModelEfforts taken = EffortsOf(model);
        ModelEfforts level = CodecEfforts.Nearest(asked, taken);
        string? effort = level == 0 ? null : CodecEfforts.NameOf(level);
        string? note = level == asked ? null : level == 0 ? "reasoning_effort: left out" : $"reasoning_effort: {effort} instead of {CodecEfforts.NameOf(asked)}";
        if (asked is ModelEfforts.None)
        {
            // A model that cannot stop to think is asked to think as little as it can.
            if (Has(model, ClaudeThinkingForms.Always)) return new(maxTokens, effort: effort) { Note = note };
            return new(maxTokens, adaptive ? ThinkingMode.Disabled : ThinkingMode.Unsaid) { IsPlanned = true };
        }

        ReasoningOutput? output = options!.Reasoning?.Output;

        // The API refuses thoughts before a tool that it is forced to call. That call is a demand, the effort is a wish.
        bool forced = options.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 };
        if (adaptive)
        {
            return new(maxTokens, forced ? ThinkingMode.Unsaid : ThinkingMode.Adaptive, effort: effort, output: output) { Note = note };
        }

        if (Takes(model, ClaudeThinkingForms.Budget))
        {
            return forced || ContinuesWithoutThoughts(messages, model)
                ? new(maxTokens) { Note = "reasoning_effort: left out" }
                : WithBudget(asked, output, askedMaxTokens, maxTokens);
        }

        return new(maxTokens, effort: effort) { Note = note };
    }

    public void Write(Utf8JsonWriter json)
    {
        if (!IsWritten) return;
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, _mode switch { ThinkingMode.Adaptive => "adaptive"u8, ThinkingMode.Budget => "enabled"u8, _ => "disabled"u8 });
        if (_mode is ThinkingMode.Budget) json.WriteNumber("budget_tokens"u8, _budget);
        if (IsOn && _output is { } output) json.WriteString("display"u8, output is ReasoningOutput.None ? "omitted"u8 : "summarized"u8);
        json.WriteEndObject();
    }

    private static ClaudeThinking WithBudget(ModelEfforts effort, ReasoningOutput? output, int? askedMaxTokens, int maxTokens)
    {
        int wanted = effort switch
        {
            ModelEfforts.Minimal => SmallestBudget,
            ModelEfforts.Low => 2048,
            ModelEfforts.Medium => 8192,
            ModelEfforts.High => 16_384,
            _ => 32_768,
        };
        if (askedMaxTokens is null && maxTokens - AnswerReserve < wanted)
        {
            maxTokens = Math.Max(maxTokens, Math.Min(wanted + maxTokens, CommonOutputLimit));
        }

        int budget = Math.Min(wanted, maxTokens - AnswerReserve);
        return budget < SmallestBudget ? new(maxTokens) { Note = "reasoning_effort: left out" } : new(maxTokens, ThinkingMode.Budget, budget, output: output);
    }

    /// <summary>
    /// Whether the conversation stands inside a round of tool calls that the model did not begin with signed thoughts, for
    /// example because another provider made them. With a budget, the API refuses to think in the middle of such a round.
    /// </summary>
    private static bool ContinuesWithoutThoughts(IReadOnlyList<ChatMessage> messages, ModelProfile model)
    {
        bool calls = false;
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            ChatMessage message = messages[i];
            if (message.Role == ChatRole.User) break;
            if (message.Role != ChatRole.Assistant) continue;
            for (int j = 0; j < message.Contents.Count; j++)
            {
                if (CodecThoughts.IsOwn(message.Contents, j, model)) return false;
                calls |= message.Contents[j] is FunctionCallContent;
            }
        }

        return calls;
    }

    /// <summary>Returns the output limit that the caller states, in the options or by its name among the additional properties; null for none.</summary>
    public static int? AskedMaxTokens(ChatOptions? options)
    {
        if (options?.MaxOutputTokens is { } typed) return typed;
        if (options?.AdditionalProperties is not { } extras || !extras.TryGetValue("max_tokens", out object? extra)) return null;
        return extra switch
        {
            int asked => asked,
            JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int asked) => asked,
            _ => null,
        };
    }

    /// <summary>Returns the effort that the caller wishes for, in the options or by its OpenAI name among the additional properties; 0 for none.</summary>
    public static ModelEfforts AskedEffort(ChatOptions? options)
    {
        if (options?.Reasoning?.Effort is { } effort) return CodecEfforts.Of(effort);
        return options?.AdditionalProperties?.TryGetValue("reasoning_effort", out object? name) is true ? CodecEfforts.Of(name) : ModelEfforts.NotTaken;
    }

    /// <summary>The efforts that a model takes. Models with an effort but no adaptive thinking do not know "max".</summary>
    private static ModelEfforts EffortsOf(ModelProfile model)
    {
        bool adaptive = Takes(model, ClaudeThinkingForms.Adaptive);
        if (!Takes(model, ClaudeThinkingForms.Effort)) return adaptive ? UsualEfforts : ModelEfforts.NotTaken;
        return model.Efforts != 0 ? model.Efforts : adaptive ? UsualEfforts : UsualEfforts & ~ModelEfforts.Max;
    }

    private static bool Takes(ModelProfile model, ClaudeThinkingForms form) => model.Takes(ModelParameters.Reasoning) && Has(model, form);

    private static bool Has(ModelProfile model, ClaudeThinkingForms form) => ((ClaudeThinkingForms)model.Quirks & form) == form;
}
