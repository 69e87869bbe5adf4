using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is those of the request.
public abstract partial class EmbeddingGroup
{
    /// <summary>Asks for the vector of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedEmbeddings> EmbedAsync(string text, CallOptions routing, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(One(text), options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for the vectors of texts.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="routing">How the calls of all batches are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A vector for each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">A batch could not be answered; <see cref="RoutingException.PartialEmbeddings"/> has the others.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedEmbeddings> EmbedAsync(IEnumerable<string> texts, CallOptions routing, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Many(texts), options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for the vector of a text and blocks until it is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedEmbeddings Embed(string text, CallOptions routing, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(One(text), options, routing, cancellationToken);

    /// <summary>Asks for the vectors of texts and blocks until they are there, on the caller's thread: one batch after the other.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="routing">How the calls of all batches are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>A vector for each text, in the order of the texts.</returns>
    /// <exception cref="RoutingException">A batch could not be answered; <see cref="RoutingException.PartialEmbeddings"/> has the others.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedEmbeddings Embed(IEnumerable<string> texts, CallOptions routing, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Many(texts), options, routing, cancellationToken);
}
