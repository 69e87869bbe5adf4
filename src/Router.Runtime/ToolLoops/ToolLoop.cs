using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Asks a model, runs the tools that it calls, and asks again with their results, until it answers.</summary>
/// <param name="ask">Asks the model.</param>
/// <param name="tools">All tools: those that can be run, and those that can only be declared.</param>
/// <param name="loop">How tools are run.</param>
internal sealed class ToolLoop(Func<IReadOnlyList<ChatMessage>, ChatOptions, CancellationToken, Task<RoutedResponse>> ask, IReadOnlyList<AITool> tools, ToolLoopOptions loop)
{
    private readonly ToolCalls _calls = new(tools, loop);
    private readonly List<ToolRound> _rounds = [];

    /// <summary>Runs a conversation to its answer.</summary>
    /// <exception cref="ToolLoopException">It came to none.</exception>
    public async Task<ToolRun> RunAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        List<ChatMessage> conversation = [.. messages];
        ChatOptions own = options?.Clone() ?? new ChatOptions();
        own.Tools = [.. tools];
        int failed = 0;
        while (true)
        {
            RoutedResponse response = await AskAsync([.. conversation], own, cancellationToken).ConfigureAwait(false);
            List<FunctionCallContent> calls = [.. ToolRound.CallsOf(response)];
            if (calls.Count == 0 || calls.Exists(_calls.IsCallers))
            {
                _rounds.Add(new(response, []));
                return new ToolRun(_rounds);
            }

            FunctionResultContent[] results = await RunToolsAsync(response, calls, cancellationToken).ConfigureAwait(false);
            failed = Array.Exists(results, static result => result.Exception is null) ? 0 : failed + 1;
            if (failed > loop.MaxFailedRounds) throw Stop(ToolLoopStop.MaxFailedRounds, $"No call of a tool succeeded in {failed} rounds in a row; the last one was of '{calls[^1].Name}'.");
            if (_rounds.Count == loop.MaxRounds) throw Stop(ToolLoopStop.MaxRounds, $"The model still called tools in round {_rounds.Count}, the last one that {nameof(ToolLoopOptions)}.{nameof(ToolLoopOptions.MaxRounds)} allows.");
            own = GoOn(conversation, own.Clone(), response);
        }
    }

    private async Task<RoutedResponse> AskAsync(IReadOnlyList<ChatMessage> conversation, ChatOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(conversation, options, cancellationToken).ConfigureAwait(false);
        }
        catch (RoutingException failure)
        {
            throw new ToolLoopException($"The call of the model failed in round {_rounds.Count + 1}: {failure.Message}", ToolLoopStop.ModelCall, _rounds, failure);
        }
    }

    private async Task<FunctionResultContent[]> RunToolsAsync(RoutedResponse response, List<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        FunctionResultContent[] results;
        try
        {
            results = await _calls.RunAsync(calls, cancellationToken).ConfigureAwait(false);
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
            throw new ToolLoopException($"The tool '{calls[thrown].Name}' failed in round {_rounds.Count}: {error.Message}", ToolLoopStop.ToolError, _rounds, error);
        }

        return results;
    }

    // What a call was given stays as it was, since copies of it may still be under way.
    // A provider that keeps the conversation is sent what is new. A model that was made to call a tool is free from then on, or it would never answer.
    private ChatOptions GoOn(List<ChatMessage> conversation, ChatOptions options, RoutedResponse response)
    {
        if (response.ConversationId is { } id)
        {
            options.ConversationId = id;
            conversation.Clear();
            conversation.Add(_rounds[^1].Messages.Last());
        }
        else
        {
            conversation.AddRange(_rounds[^1].Messages);
        }

        if (options.ToolMode is RequiredChatToolMode) options.ToolMode = null;
        return options;
    }

    private ToolLoopException Stop(ToolLoopStop reason, string message) => new(message, reason, _rounds);
}
