using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is those of the request.
public abstract partial class ImageGroup
{
    /// <summary>Asks for images.</summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedImages> GenerateAsync(string prompt, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, [], null, options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for images and blocks until they are there, on the caller's thread.</summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedImages Generate(string prompt, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, [], null, options, routing, cancellationToken);

    /// <summary>Asks for an image to be changed.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedImages> EditAsync(string prompt, MediaFile image, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, One(image), mask, options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for an image that is made of several.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="images">The images, at least one.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedImages> EditAsync(string prompt, IEnumerable<MediaFile> images, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, Many(images), mask, options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for an image to be changed and blocks until it is there, on the caller's thread.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedImages Edit(string prompt, MediaFile image, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, One(image), mask, options, routing, cancellationToken);

    /// <summary>Asks for an image that is made of several and blocks until it is there, on the caller's thread.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="images">The images, at least one.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedImages Edit(string prompt, IEnumerable<MediaFile> images, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, Many(images), mask, options, routing, cancellationToken);

    /// <summary>Asks for images as a stream.</summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<ImageUpdate> StreamAsync(string prompt, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, [], null, options, routing, cancellationToken);

    /// <summary>Asks for an image to be changed, as a stream.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<ImageUpdate> StreamEditAsync(string prompt, MediaFile image, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, One(image), mask, options, routing, cancellationToken);

    /// <summary>Asks for an image that is made of several, as a stream.</summary>
    /// <param name="prompt">What is to be made of them.</param>
    /// <param name="images">The images, at least one.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name, or there is no image.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<ImageUpdate> StreamEditAsync(string prompt, IEnumerable<MediaFile> images, MediaFile? mask, CallOptions routing, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, Many(images), mask, options, routing, cancellationToken);
}
