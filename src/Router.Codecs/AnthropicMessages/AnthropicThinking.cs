using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How much the model is to think, in the terms that it takes, and the output limit, of which thinking is a part.</summary>
[Embedded]
internal readonly struct AnthropicThinking
{
    // The API's smallest budget.
    private const int SmallestBudget = 1024;

    // What a budget must leave of the output limit, so that there is an answer after the thoughts.
    private const int AnswerReserve = 1024;

    // Each model that takes a budget can write this much; a limit that nobody asked for is not raised above it.
    private const int CommonOutputLimit = 32_000;

    private enum Mode
    {
        Unsaid,
        Disabled,
        Adaptive,
        Budget,
    }

    private readonly Mode _mode;
    private readonly int _budget;
    private readonly ReasoningOutput? _output;

    private AnthropicThinking(int maxTokens, Mode mode = Mode.Unsaid, int budget = 0, string? effort = null, ReasoningOutput? output = null)
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
    public bool IsOn => _mode is Mode.Adaptive or Mode.Budget;

    /// <summary>Whether the request has a member <c>thinking</c>.</summary>
    public bool IsWritten => _mode is not Mode.Unsaid;

    public static AnthropicThinking Plan(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, ModelProfile model, int? askedMaxTokens, int defaultMaxTokens)
    {
        int maxTokens = askedMaxTokens ?? defaultMaxTokens;
        if (options?.Reasoning is not { Effort: { } effort } reasoning) return new(maxTokens);

        bool adaptive = model.Has(ModelTraits.AdaptiveThinking);
        if (effort is ReasoningEffort.None) return new(maxTokens, adaptive ? Mode.Disabled : Mode.Unsaid);

        // The API refuses thoughts before a tool that it is forced to call. That call is a demand, the effort is a wish.
        bool forced = options.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 };
        if (adaptive)
        {
            return new(maxTokens, forced ? Mode.Unsaid : Mode.Adaptive, effort: EffortName(effort, highest: "max"), output: reasoning.Output);
        }

        if (model.Has(ModelTraits.ThinkingBudget))
        {
            return forced || ContinuesWithoutThoughts(messages) ? new(maxTokens) : WithBudget(effort, reasoning.Output, askedMaxTokens, maxTokens);
        }

        // Models with an effort but no adaptive thinking do not know "max".
        return new(maxTokens, effort: model.Has(ModelTraits.ReasoningEffort) ? EffortName(effort, highest: "high") : null);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (!IsWritten) return;
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, _mode switch { Mode.Adaptive => "adaptive"u8, Mode.Budget => "enabled"u8, _ => "disabled"u8 });
        if (_mode is Mode.Budget) json.WriteNumber("budget_tokens"u8, _budget);
        if (IsOn && _output is { } output) json.WriteString("display"u8, output is ReasoningOutput.None ? "omitted"u8 : "summarized"u8);
        json.WriteEndObject();
    }

    private static AnthropicThinking WithBudget(ReasoningEffort effort, ReasoningOutput? output, int? askedMaxTokens, int maxTokens)
    {
        int wanted = effort switch
        {
            ReasoningEffort.Low => 2048,
            ReasoningEffort.Medium => 8192,
            ReasoningEffort.High => 16_384,
            _ => 32_768,
        };
        if (askedMaxTokens is null && maxTokens - AnswerReserve < wanted)
        {
            maxTokens = Math.Max(maxTokens, Math.Min(wanted + maxTokens, CommonOutputLimit));
        }

        int budget = Math.Min(wanted, maxTokens - AnswerReserve);
        return budget < SmallestBudget ? new(maxTokens) : new(maxTokens, Mode.Budget, budget, output: output);
    }

    /// <summary>
    /// Whether the conversation stands inside a round of tool calls that the model did not begin with signed thoughts, for
    /// example because another provider made them. With a budget, the API refuses to think in the middle of such a round.
    /// </summary>
    private static bool ContinuesWithoutThoughts(IReadOnlyList<ChatMessage> messages)
    {
        bool calls = false;
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            ChatMessage message = messages[i];
            if (message.Role == ChatRole.User) break;
            if (message.Role != ChatRole.Assistant) continue;
            foreach (AIContent content in message.Contents)
            {
                if (content is TextReasoningContent { ProtectedData.Length: > 0 }) return false;
                calls |= content is FunctionCallContent;
            }
        }

        return calls;
    }

    private static string EffortName(ReasoningEffort effort, string highest) => effort switch
    {
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        _ => highest,
    };
}
