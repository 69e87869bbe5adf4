using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>An image that a model made: its bytes, or where it is to be had. Immutable.</summary>
public sealed class GeneratedImage
{
    private readonly (int Width, int Height) _size;

    /// <summary>Makes an image of its bytes, which are not copied.</summary>
    /// <param name="data">The bytes of the file.</param>
    /// <param name="mediaType">The media type, for example <c>image/png</c>; null for the one that the bytes begin like.</param>
    public GeneratedImage(ReadOnlyMemory<byte> data, string? mediaType = null)
    {
        Data = data;
        MediaType = mediaType ?? MediaFileTypes.Recognize(data.Span);
        _size = ImageHeader.SizeOf(data.Span);
    }

    /// <summary>Makes an image of its address.</summary>
    /// <param name="uri">Where it is. Providers keep it for an hour or so.</param>
    /// <param name="mediaType">The media type; null where it is not known.</param>
    public GeneratedImage(Uri uri, string? mediaType = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        Uri = uri;
        MediaType = mediaType ?? "image/*";
    }

    /// <summary>Gets the bytes of the file; empty where the provider gave a <see cref="Uri"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Gets where the image is; null where its bytes are in <see cref="Data"/>.</summary>
    public Uri? Uri { get; }

    /// <summary>Gets the media type, for example <c>image/png</c>; <c>image/*</c> where it is not known.</summary>
    public string MediaType { get; }

    /// <summary>Gets the width in pixels, as the file says it; null where that is not known.</summary>
    public int? Width => _size.Width > 0 ? _size.Width : null;

    /// <summary>Gets the height in pixels, as the file says it; null where that is not known.</summary>
    public int? Height => _size.Height > 0 ? _size.Height : null;

    /// <summary>Gets the prompt that the model made of the caller's; null where it did not say.</summary>
    public string? RevisedPrompt { get; init; }

    /// <summary>Gets whether the image is here, and not at a <see cref="Uri"/>.</summary>
    [MemberNotNullWhen(false, nameof(Uri))]
    public bool HasData => Uri is null;

    /// <summary>Writes the image to a file, over one that is there.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="InvalidOperationException">The image is at its <see cref="Uri"/>: ask for <see cref="ImageGenerationResponseFormat.Data"/>, or fetch it.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!HasData) throw new InvalidOperationException($"The image is at {Uri}: ask for ImageGenerationResponseFormat.Data, or fetch it.");
        await File.WriteAllBytesAsync(path, Data, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the same as the framework's type.</summary>
    internal AIContent ToContent()
    {
        AIContent content = HasData ? new DataContent(Data, MediaType) : new UriContent(Uri, MediaType);
        if (RevisedPrompt is not null) content.AdditionalProperties = new() { ["revised_prompt"] = RevisedPrompt };
        return content;
    }
}
