using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>One question for a structured answer.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="group">The group that is asked.</param>
/// <param name="binding">Reads the type.</param>
/// <param name="messages">The conversation.</param>
/// <param name="options">The caller's options.</param>
/// <param name="routing">How the calls are routed.</param>
internal sealed class StructuredCall<T>(ChatGroup group, AnswerBinding<T> binding, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing)
{
    private readonly string _toolName = AnswerOptions.ToolNameFor(binding.Format, options);

    /// <summary>Gets what reads the type.</summary>
    public AnswerBinding<T> Binding => binding;

    /// <summary>Asks for a whole answer.</summary>
    public async Task<StructuredResponse<T>> AskAsync(CancellationToken cancellationToken)
    {
        RoutedResponse response = await AskAsync(messages, cancellationToken).ConfigureAwait(false);
        return await FinishAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a stream.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Stream(CancellationToken cancellationToken) => group.Stream(messages, options, routing, cancellationToken, binding.Format);

    /// <summary>Reads an answer, and has it repaired once where it does not fit.</summary>
    /// <exception cref="StructuredAnswerException">There is no value.</exception>
    public async Task<StructuredResponse<T>> FinishAsync(RoutedResponse first, CancellationToken cancellationToken)
    {
        AnswerProblem? problem = Read(first, out string text, out T? value);
        if (problem is null) return new StructuredResponse<T>(value!, first, new StructuredCost(first, null));
        if (!problem.CanBeRepaired) throw Failure(problem, text, new StructuredCost(first, null), innerException: null);

        RoutedResponse second;
        try
        {
            second = await AskAsync(WithProblem(text, problem), cancellationToken).ConfigureAwait(false);
        }
        catch (RoutingException exception)
        {
            throw Failure(problem, text, new StructuredCost(first, null), exception);
        }

        problem = Read(second, out text, out value);
        var cost = new StructuredCost(second, first);
        return problem is null ? new StructuredResponse<T>(value!, second, cost) : throw Failure(problem, text, cost, innerException: null);
    }

    /// <summary>Returns what a content adds to the text of the answer; null where it adds nothing.</summary>
    public string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call when call.Name == _toolName => call.Exception is null ? ArgumentsText.Of(call.Arguments) : "",
        _ => null,
    };

    private async Task<RoutedResponse> AskAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken) =>
        await group.AskAsync(conversation, options, routing, async: true, cancellationToken, binding.Format).ConfigureAwait(false);

    private AnswerProblem? Read(RoutedResponse response, out string text, out T? value)
    {
        text = TextOf(response);
        AnswerProblem? problem = AnswerParser.Read(binding, text, isCut: response.FinishReason == ChatFinishReason.Length, out value);
        if (problem is null) return null;
        foreach (AIContent content in response.Messages.SelectMany(static message => message.Contents))
        {
            if (content is FunctionCallContent call && call.Name != _toolName) return new AnswerProblem(AnswerError.ToolCalled, "$", $"the model called the tool '{call.Name}' in place of an answer");
            if (content is ErrorContent refusal) return new AnswerProblem(AnswerError.Refused, "$", $"the model refused to answer: {refusal.Message}");
        }

        return problem;
    }

    private string TextOf(RoutedResponse response)
    {
        if (response.Messages is [{ Contents: [TextContent only] }]) return only.Text;
        AIContent[] contents = [.. response.Messages.SelectMany(static message => message.Contents)];
        FunctionCallContent? answer = contents.OfType<FunctionCallContent>().FirstOrDefault(call => call.Name == _toolName);
        return answer is null ? string.Concat(contents.Select(TextOf)) : TextOf(answer)!;
    }

    /// <summary>The conversation with the answer that does not fit, and what is wrong with it.</summary>
    private ChatMessage[] WithProblem(string text, AnswerProblem problem)
    {
        var complaint = new ChatMessage(ChatRole.User, $"Your answer does not fit its JSON schema. {problem}. Answer again with the whole JSON object, corrected, and with nothing else.");
        return text.Length == 0 ? [.. messages, complaint] : [.. messages, new ChatMessage(ChatRole.Assistant, text), complaint];
    }

    private StructuredAnswerException Failure(AnswerProblem problem, string text, StructuredCost cost, Exception? innerException)
    {
        string what = $"{cost.Last.ModelUsed} gave no '{binding.Format.Name}': {problem}.";
        string next = problem.Error switch
        {
            AnswerError.Truncated => " Raise ChatOptions.MaxOutputTokens, or ask for less.",
            AnswerError.ToolCalled => " Structured calls run no tools: finish the conversation with tools first, then ask for the structured answer.",
            AnswerError.Refused => "",
            _ when innerException is not null => " It could not be asked to repair the answer: " + innerException.Message,
            _ => " It was asked once to repair the answer; RawText has what it wrote last.",
        };
        return new StructuredAnswerException(what + next, problem, text, cost, innerException);
    }
}
