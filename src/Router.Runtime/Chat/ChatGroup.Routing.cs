using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is ChatOptions.
public abstract partial class ChatGroup
{
    /// <summary>Asks for a whole answer.</summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedResponse> CompleteAsync(string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Prompt(prompt), options, Checked(routing), async: true, cancellationToken).AsTask();

    /// <inheritdoc cref="CompleteAsync(string, CallOptions, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedResponse> CompleteAsync(IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Conversation(messages), options, Checked(routing), async: true, cancellationToken).AsTask();

    /// <summary>Asks for a whole answer and blocks until it is there, on the caller's thread.</summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedResponse Complete(string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(Prompt(prompt), options, Checked(routing), cancellationToken);

    /// <inheritdoc cref="Complete(string, CallOptions, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    [OverloadResolutionPriority(-1)]
    public RoutedResponse Complete(IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(Conversation(messages), options, Checked(routing), cancellationToken);

    /// <summary>Asks for an answer as a stream; it fails over freely up to the first content.</summary>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Prompt(prompt), options, Checked(routing), cancellationToken);

    /// <inheritdoc cref="StreamAsync(string, CallOptions, ChatOptions?, CancellationToken)"/>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Conversation(messages), options, Checked(routing), cancellationToken);

    internal CallOptions Routing(ChatOptions? options) => Checked(CallOptions.Of(options));
}
