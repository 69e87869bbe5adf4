using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A request for images, before any dialect: made of words alone, or by changing images.</summary>
/// <param name="prompt">What the images are to show, or what is to be changed; not empty.</param>
/// <param name="options">The caller's options. Never changed.</param>
/// <param name="isStreaming">Whether images are handed on while they take shape.</param>
public sealed class ImageRequest(string prompt, ImageGenerationOptions? options = null, bool isStreaming = false) : CallRequest(isStreaming)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Images;

    // What an image to change counts for a limit on tokens, about: providers count some hundreds to some thousands.
    private const int TokensOfImage = 1000;

    private const string QualityOption = "quality";

    /// <summary>Gets what the images are to show, or what is to be changed.</summary>
    public string Prompt { get; } = prompt;

    /// <summary>Gets the caller's options.</summary>
    public ImageGenerationOptions? Options { get; } = options;

    /// <summary>Gets the images to change; empty where new ones are to be made.</summary>
    public IReadOnlyList<MediaFile> Images { get; init; } = [];

    /// <summary>Gets the mask that shows where the first image is to be changed; null where the model decides.</summary>
    public MediaFile? Mask { get; init; }

    /// <summary>Gets whether images are to be changed.</summary>
    public bool IsEdit => Images.Count > 0;

    /// <summary>Gets how many images are asked for; 1 where the options do not say.</summary>
    public int Count => Options?.Count is > 0 and var count ? count : 1;

    /// <summary>Gets the quality that is asked for, as the options' additional property <c>quality</c> has it; null for the provider's own choice.</summary>
    public string? Quality => Options?.AdditionalProperties is { } additional && additional.TryGetValue(QualityOption, out object? value) ? value?.ToString() : null;

    /// <summary>Gets what gives the raw representation that the caller joins to the request; null where the caller joins none.</summary>
    internal Func<object?>? RawSource { get; init; }

    /// <summary>Returns the raw representation that the caller joins to the request; null where the caller joins none. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public object? GetRaw() => RawSource?.Invoke();

    internal override bool GoesElsewhere => IsEdit;

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => new ImageRequest(Prompt, Options?.Clone()) { Images = [.. Images.Select(static image => image.Copy())], Mask = Mask?.Copy(), RawSource = RawSource, LeftOut = LeftOut };

    private protected override RequestShape Measure()
    {
        long tokens = Prompt.Length / RequestShape.CharactersPerToken + 1 + (long)TokensOfImage * Images.Count;
        return new RequestShape((int)Math.Min(tokens, int.MaxValue), OutputTokens: 0, ModelCapabilities.None) { LongestPrompt = 0 };
    }
}
