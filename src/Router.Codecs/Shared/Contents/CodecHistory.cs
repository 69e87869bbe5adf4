using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What a dialect does with the contents of a history.</summary>
/// <param name="problem">Why the model cannot take an image, audio or a file, whatever its size; null where it can.</param>
/// <param name="sizes">The sizes of media that the API takes.</param>
/// <param name="keeps">Whether a request with these options takes back what a provider's own tool was asked or answered.</param>
/// <param name="mediaInResults">Whether a tool's result may hold media; else they follow in a user message behind the results.</param>
/// <param name="resultMedia">Which media a tool's result may hold, where that depends on them or on the model; null for all.</param>
/// <param name="ownMedia">Which media the model itself made and wants back where they stood; null for none: they go into the next user message.</param>
/// <param name="takesRaw">Whether a user's message has parts, of which a raw representation can be one.</param>
[Embedded]
internal sealed class CodecHistoryRules(
    Func<AIContent, ModelProfile, string?> problem,
    CodecSizes sizes,
    Func<AIContent, ChatOptions?, bool> keeps,
    bool mediaInResults,
    Func<AIContent, ModelProfile, bool>? resultMedia = null,
    Func<AIContent, ModelProfile, bool>? ownMedia = null,
    bool takesRaw = true)
{
    public string? Problem(AIContent media, ModelProfile model) => problem(media, model) ?? sizes.ProblemOf(media);

    public string? ProblemOfAll(IReadOnlyList<ChatMessage> messages) => sizes.ProblemOf(messages);

    public bool Keeps(AIContent hosted, ChatOptions? options) => keeps(hosted, options);

    public bool TakesInResults(AIContent media, ModelProfile model) => mediaInResults && (resultMedia is null || resultMedia(media, model));

    public bool IsOwn(AIContent media, ModelProfile model) => ownMedia is not null && ownMedia(media, model);

    public bool TakesRaw { get; } = takesRaw;
}

/// <summary>
/// Makes of a conversation one that the dialect and the model can carry. A history may hold whatever frameworks, other
/// adapters and other models have left in it: what no model need see is left out, an assistant's images become part of the
/// next user message, results become texts and media. Only what the caller asked for just now, and cannot be carried, is a
/// failure; of the same in an earlier turn a few words remain.
/// </summary>
[Embedded]
internal ref struct CodecHistory
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly ChatOptions? _options;
    private readonly ModelProfile _model;
    private readonly RequestWriter _notes;
    private readonly CodecHistoryRules _rules;
    private readonly int _current;
    private readonly List<ChatMessage> _prepared;
    private List<AIContent>? _pending;
    private int _leftOut;
    private string? _problem;

    private CodecHistory(ChatRequest request, ModelProfile model, RequestWriter notes, CodecHistoryRules rules)
    {
        _messages = request.Messages;
        _options = request.Options;
        _model = model;
        _notes = notes;
        _rules = rules;
        _current = CurrentTurn(_messages);
        _prepared = new List<ChatMessage>(_messages.Count + 1);
    }

    /// <summary>Prepares a conversation.</summary>
    /// <param name="request">The conversation and its options. Never changed.</param>
    /// <param name="model">The model that is to read it.</param>
    /// <param name="notes">Where to note what was left out.</param>
    /// <param name="rules">The dialect's rules.</param>
    /// <param name="prepared">The conversation to write: that of <paramref name="request"/> where nothing needs to be done.</param>
    /// <returns>Null, or what the caller asked for just now and this model cannot carry.</returns>
    public static AttemptFailure? Prepare(
        ChatRequest request, ModelProfile model, RequestWriter notes, CodecHistoryRules rules, out IReadOnlyList<ChatMessage> prepared)
    {
        prepared = request.Messages;
        if (IsPlain(request, model, rules)) return Refuse(rules.ProblemOfAll(prepared));
        var history = new CodecHistory(request, model, notes, rules);
        history.PrepareAll();
        if (history._problem is { } problem) return CodecJson.Unsupported(problem);
        if (history._leftOut > 0) notes.Note($"messages: {history._leftOut} contents of earlier turns left out");
        prepared = history._prepared;
        return Refuse(rules.ProblemOfAll(prepared));
    }

    private static AttemptFailure? Refuse(string? problem) => problem is null ? null : CodecJson.Unsupported(problem);

    /// <summary>Returns whether there is nothing to do, which is the usual case and costs no allocation.</summary>
    private static bool IsPlain(ChatRequest request, ModelProfile model, CodecHistoryRules rules)
    {
        IReadOnlyList<ChatMessage> messages = request.Messages;
        // By index: enumerators over interfaces would be allocated.
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            bool isTool = message.Role == ChatRole.Tool;
            for (int j = 0; j < message.Contents.Count; j++)
            {
                AIContent content = message.Contents[j];
                switch (CodecContents.KindOf(content))
                {
                    case CodecContentKind.Text when !isTool:
                    case CodecContentKind.Reasoning or CodecContentKind.Call or CodecContentKind.Aside:
                    case CodecContentKind.Result when CodecResults.Contents(((FunctionResultContent)content).Result) is null:
                    case CodecContentKind.Media when message.Role == ChatRole.User && rules.Problem(content, model) is null:
                    case CodecContentKind.Media when message.Role == ChatRole.Assistant && rules.IsOwn(content, model):
                    case CodecContentKind.Raw when message.Role == ChatRole.User && rules.TakesRaw:
                    case CodecContentKind.Hosted when message.Role == ChatRole.Assistant && rules.Keeps(content, request.Options):
                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }

    /// <summary>The index of the first message that the model has not answered yet.</summary>
    private static int CurrentTurn(IReadOnlyList<ChatMessage> messages)
    {
        // An assistant's message at the end is what the answer is to begin with.
        int last = messages.Count - 1;
        while (last >= 0 && messages[last].Role == ChatRole.Assistant) last--;
        while (last >= 0 && messages[last].Role != ChatRole.Assistant) last--;
        return last + 1;
    }

    private void PrepareAll()
    {
        for (int i = 0; i < _messages.Count && _problem is null; i++)
        {
            ChatMessage message = _messages[i];
            bool isCurrent = i >= _current;
            if (message.Role == ChatRole.Assistant) PrepareAssistant(message);
            else if (message.Role == ChatRole.User || message.Role == ChatRole.Tool) PrepareUser(message, isCurrent);
            else PrepareOther(message, isCurrent);
        }

        FlushPending();
    }

    private void PrepareAssistant(ChatMessage message)
    {
        FlushPending();
        List<AIContent> kept = [];
        foreach (AIContent content in message.Contents)
        {
            switch (CodecContents.KindOf(content))
            {
                case CodecContentKind.Media:
                    if (_rules.IsOwn(content, _model)) kept.Add(content);
                    else if (_rules.Problem(content, _model) is null) Pend(content);
                    else _leftOut++;
                    break;
                case CodecContentKind.Hosted when !_rules.Keeps(content, _options):
                    foreach (AIContent image in CodecContents.Images(content) ?? [])
                    {
                        if (_rules.Problem(image, _model) is null) Pend(image);
                    }

                    break;
                case CodecContentKind.Result:
                    AddResult(kept, (FunctionResultContent)content, isCurrent: false);
                    break;
                case CodecContentKind.Raw or CodecContentKind.Unknown:
                    _leftOut++;
                    break;
                default:
                    kept.Add(content);
                    break;
            }
        }

        Add(message, kept);
    }

    private void PrepareUser(ChatMessage message, bool isCurrent)
    {
        bool isTool = message.Role == ChatRole.Tool;
        List<AIContent> kept = [];
        List<AIContent> said = [];
        foreach (AIContent content in message.Contents)
        {
            switch (CodecContents.KindOf(content))
            {
                case CodecContentKind.Result: AddResult(kept, (FunctionResultContent)content, isCurrent); break;
                case CodecContentKind.Media: AddMedia(said, content, isCurrent, mustCarry: true); break;
                case CodecContentKind.Hosted: break;
                case CodecContentKind.Raw when _rules.TakesRaw: said.Add(content); break;
                case CodecContentKind.Raw or CodecContentKind.Unknown:
                    if (isCurrent) _problem ??= $"The dialect has no form for {Name(content)}.";
                    else _leftOut++;
                    break;
                default: said.Add(content); break;
            }
        }

        if (isTool)
        {
            // Only results stand in a tool's message; what stands beside them follows behind the results of all calls.
            Add(message, kept);
            foreach (AIContent content in said) Pend(content);
            return;
        }

        // The dialects write the results of a message first, so what is pending follows them.
        if (_pending is not null) kept.AddRange(_pending);
        _pending = null;
        kept.AddRange(said);
        Add(message, kept);
    }

    private void PrepareOther(ChatMessage message, bool isCurrent)
    {
        List<AIContent> kept = [];
        foreach (AIContent content in message.Contents)
        {
            switch (CodecContents.KindOf(content))
            {
                case CodecContentKind.Hosted or CodecContentKind.Aside: break;
                case CodecContentKind.Raw or CodecContentKind.Unknown when isCurrent: _problem ??= $"The dialect has no form for {Name(content)} here."; break;
                case CodecContentKind.Raw or CodecContentKind.Unknown: _leftOut++; break;
                default: kept.Add(content); break;
            }
        }

        Add(message, kept);
    }

    private void AddResult(List<AIContent> kept, FunctionResultContent result, bool isCurrent)
    {
        if (CodecResults.Contents(result.Result) is not { } contents)
        {
            kept.Add(result);
            return;
        }

        List<AIContent> parts = [];
        bool moved = false;
        foreach (AIContent content in contents)
        {
            if (content is TextContent)
            {
                parts.Add(content);
            }
            else if (content is DataContent data && IsText(data))
            {
                parts.Add(new TextContent(Encoding.UTF8.GetString(data.Data.Span)));
            }
            else if (CodecContents.KindOf(content) is CodecContentKind.Media)
            {
                bool moves = !_rules.TakesInResults(content, _model) && _rules.Problem(content, _model) is null;
                if (moves) Pend(content);
                else AddMedia(parts, content, isCurrent, mustCarry: IsSeen(content));
                moved |= moves;
            }
        }

        if (parts.Count == 0) parts.Add(new TextContent(moved ? "The result follows in the next user message." : ""));
        bool failed = CodecResults.IsError(result);
        kept.Add(new FunctionResultContent(result.CallId, parts)
        {
            Exception = result.Exception ?? (failed ? new InvalidOperationException(CodecResults.Failed) : null),
            AdditionalProperties = result.AdditionalProperties,
        });
    }

    private void AddMedia(List<AIContent> to, AIContent content, bool isCurrent, bool mustCarry)
    {
        if (_rules.Problem(content, _model) is not { } problem)
        {
            to.Add(content);
            return;
        }

        if (isCurrent && mustCarry) _problem ??= problem;
        to.Add(new TextContent($"[{CodecContents.MediaType(content) ?? "file"}, not shown]"));
        _leftOut++;
    }

    private void Pend(AIContent content) => (_pending ??= []).Add(content);

    private void FlushPending()
    {
        if (_pending is null) return;
        _prepared.Add(new ChatMessage(ChatRole.User, _pending));
        _pending = null;
    }

    private readonly void Add(ChatMessage message, List<AIContent> contents)
    {
        if (contents.Count == 0 && message.Contents.Count > 0) return;
        ChatMessage copy = message.Clone();
        copy.Contents = contents;
        _prepared.Add(copy);
    }

    /// <summary>Whether there are models that can see it, so that another deployment may be asked.</summary>
    private static bool IsSeen(AIContent content) =>
        content is DataContent data ? data.HasTopLevelMediaType("image") || data.HasTopLevelMediaType("audio") || data.MediaType is "application/pdf"
        : content is UriContent uri && uri.HasTopLevelMediaType("image");

    private static bool IsText(DataContent data) => data.HasTopLevelMediaType("text") || data.MediaType is "application/json";

    private static string Name(AIContent content) =>
        content.GetType() == typeof(AIContent) ? $"a raw representation of type {content.RawRepresentation!.GetType()}" : content.GetType().Name;
}
