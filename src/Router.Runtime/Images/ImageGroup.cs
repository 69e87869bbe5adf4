using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

#pragma warning disable MEAI001 // The framework's interface may still change; callers of the group's own methods need not care.

namespace RouterGen;

/// <summary>
/// A group of image models: each call goes to one of its deployments, and when that one fails, to the next. Thread-safe. It is an
/// <see cref="IImageGenerator"/> too.
/// </summary>
/// <remarks>
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer,
/// <see cref="OperationCanceledException"/> when, and only when, the caller cancelled, and <see cref="ArgumentException"/> where the prompt is
/// empty or a file cannot be read. A model that cannot change images, or takes no mask, is passed over. What else a model does not take of the
/// options is left out, and listed (<see cref="RoutedAnswer.LeftOut"/>). What providers have besides goes along as additional properties:
/// <c>quality</c>, <c>background</c>, <c>style</c>, <c>seed</c>, <c>negative_prompt</c>.
/// </remarks>
public abstract partial class ImageGroup : ModelGroup, IImageGenerator
{
    private ImageGeneratorMetadata? _metadata;

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected ImageGroup(RouterContext context, GroupDefinition definition) : base(context, definition, ImageBackground.Instance)
    {
    }

    /// <summary>Asks for images.</summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="options">Options of the request: how many, their size and format.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>At least one image; fewer than asked for where a content filter withheld some (<see cref="RoutedImages.Withheld"/>).</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedImages> GenerateAsync(string prompt, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, [], null, options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for images and blocks until they are there, on the caller's thread.</summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="options">Options of the request: how many, their size and format.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedImages Generate(string prompt, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, [], null, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Asks for an image to be changed.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">A PNG of the image's size that shows where it is to be changed; null where the model decides. What marks the place is the provider's: see its documentation.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedImages> EditAsync(string prompt, MediaFile image, MediaFile? mask = null, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, One(image), mask, options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for an image that is made of several.</summary>
    /// <param name="prompt">What is to be made of them.</param>
    /// <param name="images">The images, at least one.</param>
    /// <param name="mask">A PNG that shows where the first image is to be changed; null where the model decides.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedImages> EditAsync(string prompt, IEnumerable<MediaFile> images, MediaFile? mask = null, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(prompt, Many(images), mask, options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for an image to be changed and blocks until it is there, on the caller's thread.</summary>
    /// <inheritdoc cref="EditAsync(string, MediaFile, MediaFile?, ImageGenerationOptions?, CancellationToken)"/>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedImages Edit(string prompt, MediaFile image, MediaFile? mask = null, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, One(image), mask, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Asks for an image that is made of several and blocks until it is there, on the caller's thread.</summary>
    /// <inheritdoc cref="EditAsync(string, IEnumerable{MediaFile}, MediaFile?, ImageGenerationOptions?, CancellationToken)"/>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedImages Edit(string prompt, IEnumerable<MediaFile> images, MediaFile? mask = null, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(prompt, Many(images), mask, options, CallOptions.Of(options), cancellationToken);

    /// <summary>
    /// Asks for images as a stream: <see cref="ImageGenerationOptions.StreamingCount"/> of each while it takes shape, where the model gives them, then
    /// the image. It fails over freely up to the first of them; after that a failure is a <see cref="RoutingException"/>. The last update is a
    /// <see cref="RoutedImageUpdate"/>. A model without streams gives whole images alone.
    /// </summary>
    /// <param name="prompt">What they are to show.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    public IAsyncEnumerable<ImageUpdate> StreamAsync(string prompt, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, [], null, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Asks for an image to be changed, as a stream: see <see cref="StreamAsync(string, ImageGenerationOptions?, CancellationToken)"/>.</summary>
    /// <param name="prompt">What is to be changed.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">A PNG of the image's size that shows where it is to be changed; null where the model decides.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    public IAsyncEnumerable<ImageUpdate> StreamEditAsync(string prompt, MediaFile image, MediaFile? mask = null, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(prompt, One(image), mask, options, CallOptions.Of(options), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>What came about is the answer's raw representation, a <see cref="RoutedImages"/>.</remarks>
    async Task<ImageGenerationResponse> IImageGenerator.GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        MediaFile[] images = request.OriginalImages is { } originals ? [.. originals.Select(FileOf)] : [];
        RoutedImages answer = await AskAsync(request.Prompt!, images, null, options, CallOptions.Of(options), async: true, cancellationToken).ConfigureAwait(false);
        return new ImageGenerationResponse([.. answer.Select(static image => image.ToContent())]) { Usage = answer.Usage, RawRepresentation = answer };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        return serviceType == typeof(ImageGeneratorMetadata) ? _metadata ??= new ImageGeneratorMetadata(OuterSpan.ProviderName, providerUri: null, Name) : null;
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    private static MediaFile[] One(MediaFile image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return [image];
    }

    private static MediaFile[] Many(IEnumerable<MediaFile> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        MediaFile[] all = [.. images]; // The caller may go on to change its list.
        if (all.Length == 0) throw new ArgumentException("There must be at least one image.", nameof(images));
        int missing = Array.IndexOf(all, null);
        return missing < 0 ? all : throw new ArgumentException($"Image {missing} is null.", nameof(images));
    }

    private static MediaFile FileOf(AIContent content) => content is DataContent data
        ? MediaFile.FromBytes(data.Data, data.MediaType, data.Name)
        : throw new ArgumentException($"An image to change must be a DataContent, with its bytes: fetch what a {content?.GetType().Name ?? "null"} names.");

    private RoutedImages Ask(string prompt, MediaFile[] images, MediaFile? mask, ImageGenerationOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(AskAsync(prompt, images, mask, options, routing, async: false, cancellationToken));

    private async ValueTask<RoutedImages> AskAsync(string prompt, MediaFile[] images, MediaFile? mask, ImageGenerationOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken)
    {
        ImageRequest request = Request(prompt, images, mask, options, isStreaming: false, ref routing);
        return await WholeCall.AskAsync<ImageAnswers, RoutedImages>(State, request, routing, async, cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<ImageUpdate> Stream(string prompt, MediaFile[] images, MediaFile? mask, ImageGenerationOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        RoutedStream<ImageStreamAttempt, ImageStreams, ImageUpdate>.PlayAsync(State, Request(prompt, images, mask, options, isStreaming: true, ref routing), routing, cancellationToken);

    private ImageRequest Request(string prompt, MediaFile[] images, MediaFile? mask, ImageGenerationOptions? options, bool isStreaming, ref CallOptions routing)
    {
        ArgumentException.ThrowIfNullOrEmpty(prompt);
        Checked(routing);
        return new ImageRequest(prompt, options, isStreaming)
        {
            Images = images,
            Mask = mask,
            RawSource = options?.RawRepresentationFactory is { } factory ? () => factory(this) : null,
            LeftOut = Choose(options?.ModelId, ref routing),
        };
    }
}
