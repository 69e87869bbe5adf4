using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is those of the request.
public abstract partial class ModerationGroup
{
    /// <summary>Asks whether a text is harmful.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedModerations> ModerateAsync(string text, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(One(text, options), routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks of each text whether it is harmful.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A judgement of each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedModerations> ModerateAsync(IEnumerable<string> texts, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Many(texts, options), routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks whether a message of texts and images is harmful.</summary>
    /// <param name="contents">The parts of the message, at least one: <see cref="TextContent"/>, and images as <see cref="DataContent"/> or <see cref="UriContent"/>.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>One judgement, of all parts together.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedModerations> ModerateAsync(IEnumerable<AIContent> contents, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Message(contents, options), routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks whether a text is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedModerations Moderate(string text, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(One(text, options), routing, cancellationToken);

    /// <summary>Asks of each text whether it is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A judgement of each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedModerations Moderate(IEnumerable<string> texts, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Many(texts, options), routing, cancellationToken);

    /// <summary>Asks whether a message of texts and images is harmful and blocks until the answer is there, on the caller's thread.</summary>
    /// <param name="contents">The parts of the message, at least one: <see cref="TextContent"/>, and images as <see cref="DataContent"/> or <see cref="UriContent"/>.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>One judgement, of all parts together.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedModerations Moderate(IEnumerable<AIContent> contents, CallOptions routing, ModerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Message(contents, options), routing, cancellationToken);
}
