using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

// Conversations in which the model calls tools. Each call of the model is one as CompleteAsync makes it.
public abstract partial class ChatGroup
{
    /// <summary>Asks, runs the tools that the model calls, and asks again with their results, until the model answers.</summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="tools">The tools, beside those of <paramref name="options"/>.</param>
    /// <param name="options">Options of each request.</param>
    /// <param name="loop">How tools are run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run: the call of the model, and tools that take a token.</param>
    /// <exception cref="ToolLoopException">The run came to no answer: it holds all that was done, and the <see cref="RoutingException"/> of a call that failed.</exception>
    /// <exception cref="ArgumentException">Two tools have the same name, or one requires approval and <see cref="ToolLoopOptions.Approve"/> is not set.</exception>
    public Task<ToolRun> RunAsync(string prompt, IEnumerable<AITool> tools, ChatOptions? options = null, ToolLoopOptions? loop = null, CancellationToken cancellationToken = default) =>
        RunAsync(Prompt(prompt), tools, options, loop ?? ToolLoopOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IEnumerable{AITool}, ChatOptions?, ToolLoopOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="tools">The tools, beside those of <paramref name="options"/>.</param>
    /// <param name="options">Options of each request.</param>
    /// <param name="loop">How tools are run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run: the call of the model, and tools that take a token.</param>
    public Task<ToolRun> RunAsync(IEnumerable<ChatMessage> messages, IEnumerable<AITool> tools, ChatOptions? options = null, ToolLoopOptions? loop = null, CancellationToken cancellationToken = default) =>
        RunAsync(Conversation(messages), tools, options, loop ?? ToolLoopOptions.Default, cancellationToken);

    /// <summary>
    /// Does what <see cref="RunAsync(string, IEnumerable{AITool}, ChatOptions?, ToolLoopOptions?, CancellationToken)"/> does, as a stream: what each call
    /// of the model brings, as it comes, then the results of the tools that it called, of the role <see cref="ChatRole.Tool"/>. The last update is a
    /// <see cref="ToolRunUpdate"/> with the whole run.
    /// </summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="tools">The tools, beside those of <paramref name="options"/>.</param>
    /// <param name="options">Options of each request.</param>
    /// <param name="loop">How tools are run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run: the call of the model, and tools that take a token. So does an enumeration that stops early, between two updates.</param>
    /// <exception cref="ToolLoopException">While enumerating: the run came to no answer. It holds all rounds that were complete, and the <see cref="RoutingException"/> of a call that failed.</exception>
    /// <exception cref="ArgumentException">Two tools have the same name, or one requires approval and <see cref="ToolLoopOptions.Approve"/> is not set.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> RunStreamAsync(string prompt, IEnumerable<AITool> tools, ChatOptions? options = null, ToolLoopOptions? loop = null, CancellationToken cancellationToken = default) =>
        RunStreamAsync(Prompt(prompt), tools, options, loop ?? ToolLoopOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunStreamAsync(string, IEnumerable{AITool}, ChatOptions?, ToolLoopOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="tools">The tools, beside those of <paramref name="options"/>.</param>
    /// <param name="options">Options of each request.</param>
    /// <param name="loop">How tools are run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run: the call of the model, and tools that take a token. So does an enumeration that stops early, between two updates.</param>
    public IAsyncEnumerable<ChatResponseUpdate> RunStreamAsync(IEnumerable<ChatMessage> messages, IEnumerable<AITool> tools, ChatOptions? options = null, ToolLoopOptions? loop = null, CancellationToken cancellationToken = default) =>
        RunStreamAsync(Conversation(messages), tools, options, loop ?? ToolLoopOptions.Default, cancellationToken);

    private Task<ToolRun> RunAsync(IReadOnlyList<ChatMessage> messages, IEnumerable<AITool> tools, ChatOptions? options, ToolLoopOptions loop, CancellationToken cancellationToken)
    {
        AITool[] all = Joined(tools, options);
        CallOptions routing = RoutingOf(loop, options);
        return new ToolLoop(new ToolCalls(all, loop), all, loop).RunAsync(
            messages, options, (conversation, own, token) => AskAsync(conversation, own, routing, async: true, token).AsTask(), cancellationToken);
    }

    // What is wrong with the tools is thrown at once; each enumeration is a run of its own.
    private IAsyncEnumerable<ChatResponseUpdate> RunStreamAsync(IReadOnlyList<ChatMessage> messages, IEnumerable<AITool> tools, ChatOptions? options, ToolLoopOptions loop, CancellationToken cancellationToken)
    {
        AITool[] all = Joined(tools, options);
        return EachRunAsync(messages, options, all, new ToolCalls(all, loop), loop, RoutingOf(loop, options), cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> EachRunAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, AITool[] tools, ToolCalls calls, ToolLoopOptions loop, CallOptions routing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ChatResponseUpdate> run = new ToolLoop(calls, tools, loop).StreamAsync(
            messages, options, (conversation, own, token) => Stream(conversation, own, routing, token), static () => new PlayedStream(), cancellationToken);
        await foreach (ChatResponseUpdate update in run.ConfigureAwait(false)) yield return update;
    }

    private static AITool[] Joined(IEnumerable<AITool> tools, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. (options?.Tools ?? []).Union(tools)];
    }

    private CallOptions RoutingOf(ToolLoopOptions loop, ChatOptions? options) => loop.Routing is { } stated ? Checked(stated) : Routing(options);
}
