using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Asks a model, runs the tools that it calls, and asks again with their results, until it answers. For one run.</summary>
/// <param name="calls">Runs the tools.</param>
/// <param name="tools">All tools: those that can be run, and those that can only be declared.</param>
/// <param name="loop">How tools are run.</param>
internal sealed partial class ToolLoop(ToolCalls calls, IReadOnlyList<AITool> tools, ToolLoopOptions loop)
{
    private readonly List<ToolRound> _rounds = [];
    private readonly List<ChatMessage> _conversation = [];
    private ChatOptions _options = new();
    private int _failed;

    /// <summary>Runs a conversation to its answer.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="ask">Asks the model.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="ToolLoopException">It came to none.</exception>
    public async Task<ToolRun> RunAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<IReadOnlyList<ChatMessage>, ChatOptions, CancellationToken, Task<RoutedResponse>> ask, CancellationToken cancellationToken)
    {
        Begin(messages, options);
        while (true)
        {
            RoutedResponse response;
            try
            {
                response = await ask([.. _conversation], _options, cancellationToken).ConfigureAwait(false);
            }
            catch (RoutingException failure)
            {
                throw ModelFailed(failure);
            }

            if (IsOver(response, out List<FunctionCallContent> asked)) return new ToolRun(_rounds);
            GoOn(response, asked, await RunToolsAsync(response, asked, cancellationToken).ConfigureAwait(false));
        }
    }

    private void Begin(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        _conversation.AddRange(messages);
        if (options is not null) _options = options.Clone();
        _options.Tools = [.. tools];
    }

    private ToolLoopException ModelFailed(RoutingException failure) =>
        new($"The call of the model failed in round {_rounds.Count + 1}: {failure.Message}", ToolLoopStop.ModelCall, _rounds, failure);

    /// <summary>Whether the model has answered, or called what only the caller can run.</summary>
    private bool IsOver(RoutedResponse response, out List<FunctionCallContent> asked)
    {
        asked = [.. ToolRound.CallsOf(response)];
        if (asked.Count > 0 && !asked.Exists(calls.IsCallers)) return false;
        _rounds.Add(new(response, []));
        return true;
    }

    private async Task<FunctionResultContent[]> RunToolsAsync(RoutedResponse response, List<FunctionCallContent> asked, CancellationToken cancellationToken)
    {
        FunctionResultContent[] results;
        try
        {
            results = await calls.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _rounds.Add(new(response, []));
            throw new ToolLoopException($"{nameof(ToolLoopOptions.Approve)} or {nameof(ToolLoopOptions.DescribeError)} failed in round {_rounds.Count}: {error.Message}", ToolLoopStop.ToolError, _rounds, error);
        }

        _rounds.Add(new(response, results));
        if (loop.ThrowsToolErrors && Array.FindIndex(results, static result => result.Exception is not (null or ToolArgumentException or ToolCallException)) is >= 0 and int thrown)
        {
            Exception error = results[thrown].Exception!;
            throw new ToolLoopException($"The tool '{asked[thrown].Name}' failed in round {_rounds.Count}: {error.Message}", ToolLoopStop.ToolError, _rounds, error);
        }

        return results;
    }

    /// <summary>Makes the next request, where there may be one.</summary>
    private void GoOn(RoutedResponse response, List<FunctionCallContent> asked, FunctionResultContent[] results)
    {
        _failed = Array.Exists(results, static result => result.Exception is null) ? 0 : _failed + 1;
        if (_failed > loop.MaxFailedRounds) throw Stop(ToolLoopStop.MaxFailedRounds, $"No call of a tool succeeded in {_failed} rounds in a row; the last one was of '{asked[^1].Name}'.");
        if (_rounds.Count == loop.MaxRounds) throw Stop(ToolLoopStop.MaxRounds, $"The model still called tools in round {_rounds.Count}, the last one that {nameof(ToolLoopOptions)}.{nameof(ToolLoopOptions.MaxRounds)} allows.");

        // What a call was given stays as it was, since copies of it may still be under way.
        _options = _options.Clone();

        // A provider that keeps the conversation is sent what is new.
        if (response.ConversationId is { } id)
        {
            _options.ConversationId = id;
            _conversation.Clear();
            _conversation.Add(_rounds[^1].Messages.Last());
        }
        else
        {
            _conversation.AddRange(_rounds[^1].Messages);
        }

        // A model that was made to call a tool is free from then on, or it would never answer.
        if (_options.ToolMode is RequiredChatToolMode) _options.ToolMode = null;
    }

    private ToolLoopException Stop(ToolLoopStop reason, string message) => new(message, reason, _rounds);
}
