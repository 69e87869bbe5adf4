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

    private Task<ToolRun> RunAsync(IReadOnlyList<ChatMessage> messages, IEnumerable<AITool> tools, ChatOptions? options, ToolLoopOptions loop, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        CallOptions routing = loop.Routing is { } stated ? Checked(stated) : Routing(options);
        return new ToolLoop((conversation, own, token) => AskAsync(conversation, own, routing, async: true, token).AsTask(), [.. (options?.Tools ?? []).Union(tools)], loop).RunAsync(messages, options, cancellationToken);
    }
}
