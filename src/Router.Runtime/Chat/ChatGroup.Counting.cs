using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// How many tokens a request has, before it is sent.
public abstract partial class ChatGroup
{
    private TokenCounting? _counting;

    /// <summary>
    /// Counts the tokens of a request: asks the first deployment that could serve it and whose provider counts, then the others, and estimates where
    /// none does. <see cref="TokenCount.Source"/> tells which of the two it was.
    /// </summary>
    /// <remarks>
    /// Counting is free at all providers that do it. It takes nothing of rate limits, budgets and queues, and neither figures nor health of a deployment
    /// depend on it. Deployments are asked by their <see cref="DeploymentAttribute.Order"/>, whatever the group's strategy.
    /// </remarks>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request: tools, instructions and the format of the answer have tokens, too.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <exception cref="RoutingCanceledException">The caller cancelled. No other failure is thrown: an estimate takes its place.</exception>
    /// <exception cref="ArgumentException">The messages or options cannot be written as a request.</exception>
    public Task<TokenCount> CountTokensAsync(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        CountAsync(Prompt(prompt), options, Routing(options), cancellationToken);

    /// <inheritdoc cref="CountTokensAsync(string, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request: tools, instructions and the format of the answer have tokens, too.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    public Task<TokenCount> CountTokensAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        CountAsync(Conversation(messages), options, Routing(options), cancellationToken);

    /// <inheritdoc cref="CountTokensAsync(string, ChatOptions?, CancellationToken)"/>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">Which deployments may be asked, and with which keys; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request: tools, instructions and the format of the answer have tokens, too.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<TokenCount> CountTokensAsync(string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        CountAsync(Prompt(prompt), options, Checked(routing), cancellationToken);

    /// <inheritdoc cref="CountTokensAsync(string, CallOptions, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">Which deployments may be asked, and with which keys; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request: tools, instructions and the format of the answer have tokens, too.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    [OverloadResolutionPriority(-1)]
    public Task<TokenCount> CountTokensAsync(IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        CountAsync(Conversation(messages), options, Checked(routing), cancellationToken);

    private Task<TokenCount> CountAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions routing, CancellationToken cancellationToken)
    {
        ChatRequest request = Request(messages, options, isStreaming: false, answer: null, tellsRoute: false, ref routing);
        TokenCounting counting = _counting ?? Interlocked.CompareExchange(ref _counting, new TokenCounting(State), null) ?? _counting;
        return counting.CountAsync(request, routing, cancellationToken).AsTask();
    }
}
