using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// What a stream has brought so far: for the answer that is left when it breaks, and for an estimate of what it costs. Runs of text are kept as
/// text, not as the updates that brought them, so that a long stream holds its words and no more.
/// </summary>
internal sealed class PlayedStream : PlayedUpdates<ChatResponseUpdate>
{
    private readonly List<ChatResponseUpdate> _kept = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _pieces = new(); // of a structured answer, until it comes as a call
    private ChatResponseUpdate? _run; // the first update of the run of text that goes on; null where none does
    private long _characters;

    /// <inheritdoc/>
    public override string Arrived => string.Create(CultureInfo.InvariantCulture, $"{ToResponse().Text.Length} characters");

    /// <inheritdoc/>
    public override void Add(ChatResponseUpdate update)
    {
        Last = update;
        if (TakePieces(update) is not { } rest) return;
        update = rest;
        string? text = PlainDelta.TextOf(update);
        if (text is null || _run is null || !BelongTogether(_run, update)) EndRun();
        if (text is null)
        {
            _kept.Add(update);
            for (int i = 0; i < update.Contents.Count; i++) _characters += CharactersOf(update.Contents[i]);
            return;
        }

        _run ??= update;
        _text.Append(text);
        _characters += text.Length;
    }

    /// <inheritdoc/>
    public override ChatResponse ToResponse()
    {
        EndRun();
        if (_pieces.Length == 0 || _kept.Exists(static update => update.Contents.Any(static content => content is FunctionCallContent))) return _kept.ToChatResponse();
        var pieces = new ChatResponseUpdate(ChatRole.Assistant, _pieces.ToString()) { ResponseId = Last!.ResponseId, MessageId = Last.MessageId, ModelId = Last.ModelId };
        return _kept.Append(pieces).ToChatResponse();
    }

    /// <inheritdoc/>
    public override ChatResponse ToResponse(ChatResponseUpdate? last)
    {
        ChatResponse answer = ToResponse();
        answer.FinishReason ??= last?.FinishReason;
        answer.ResponseId ??= last?.ResponseId;
        answer.ModelId ??= last?.ModelId;
        return answer;
    }

    /// <inheritdoc/>
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported) => new()
    {
        InputTokenCount = reported?.InputTokenCount ?? inputTokens,
        OutputTokenCount = Math.Max(reported?.OutputTokenCount ?? 0, _characters / RequestShape.CharactersPerToken),
        CachedInputTokenCount = reported?.CachedInputTokenCount,
        AdditionalCounts = reported?.AdditionalCounts,
    };

    /// <summary>Takes the pieces of a structured answer out of an update.</summary>
    /// <returns>What is left of it; null where that is nothing.</returns>
    private ChatResponseUpdate? TakePieces(ChatResponseUpdate update)
    {
        bool has = false;
        for (int i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is not AnswerPieceContent piece) continue;
            has = true;
            _pieces.Append(piece.Text);
            _characters += piece.Text.Length;
        }

        if (!has) return update;
        AIContent[] left = [.. update.Contents.Where(static content => content is not AnswerPieceContent)];
        if (left.Length == 0 && update is { FinishReason: null, AdditionalProperties: null }) return null;
        ChatResponseUpdate rest = update.Clone();
        rest.Contents = left;
        return rest;
    }

    private static bool BelongTogether(ChatResponseUpdate first, ChatResponseUpdate next) =>
        first.Contents[0].GetType() == next.Contents[0].GetType()
        && first.MessageId == next.MessageId && first.ResponseId == next.ResponseId && first.ModelId == next.ModelId && first.AuthorName == next.AuthorName && first.Role == next.Role
        && first.ConversationId == next.ConversationId;

    private static long CharactersOf(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent thought => thought.Text.Length,
        _ => 0,
    };

    private void EndRun()
    {
        if (_run is null) return;
        string text = _text.ToString();
        _text.Clear();
        _kept.Add(PlainDelta.WithText(_run, text));
        _run = null;
    }
}
