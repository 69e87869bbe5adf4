using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// The framework's interface, which may still change: so it is implemented explicitly, and code that does not use it gets no warning.
#pragma warning disable MEAI001
public abstract partial class SpeechGroup : ITextToSpeechClient
{
    private TextToSpeechClientMetadata? _metadata;

    /// <inheritdoc/>
    async Task<TextToSpeechResponse> ITextToSpeechClient.GetAudioAsync(string text, TextToSpeechOptions? options, CancellationToken cancellationToken)
    {
        SpeechOptions own = Options(options, out string? without);
        RoutedSpeech answer = await AskAsync(Checked(text), own, Routing(options), async: true, cancellationToken, without).ConfigureAwait(false);
        return new TextToSpeechResponse([new DataContent(answer.Audio, answer.MediaType)])
        {
            ModelId = answer.ModelUsed,
            Usage = answer.Usage,
            RawRepresentation = answer,
            AdditionalProperties = Properties(answer),
        };
    }

    /// <inheritdoc/>
    async IAsyncEnumerable<TextToSpeechResponseUpdate> ITextToSpeechClient.GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechOptions own = Options(options, out string? without);
        string? mediaType = null;
        await foreach (SpeechUpdate update in Play(text, own, Routing(options), without, cancellationToken).ConfigureAwait(false))
        {
            if (update.Speech is not { } whole)
            {
                mediaType ??= SoundTypes.Of(own.Format, update.Audio.Span);
                yield return new TextToSpeechResponseUpdate([new DataContent(update.Audio, mediaType)]) { Kind = TextToSpeechResponseUpdateKind.AudioUpdating };
                continue;
            }

            yield return new TextToSpeechResponseUpdate(whole.Usage is null ? [] : [new UsageContent(whole.Usage)])
            {
                Kind = TextToSpeechResponseUpdateKind.SessionClose,
                ModelId = whole.ModelUsed,
                RawRepresentation = whole,
                AdditionalProperties = Properties(whole),
            };
        }
    }

    /// <summary>Returns the group, or what describes it, as a service.</summary>
    /// <param name="serviceType">The type that is asked for.</param>
    /// <param name="serviceKey">The key; there are services without one alone.</param>
    /// <returns>Null where there is none of the type.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType.IsInstanceOfType(this)) return this;
        return serviceType == typeof(TextToSpeechClientMetadata) ? _metadata ??= new TextToSpeechClientMetadata(OuterSpan.ProviderName, providerUri: null, Name) : null;
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    private static CallOptions Routing(TextToSpeechOptions? options) => CallOptions.Of(options?.AdditionalProperties, nameof(TextToSpeechOptions));

    // What cannot be asked for here is listed, as what a model does not take.
    private static SpeechOptions Options(TextToSpeechOptions? options, out string? without)
    {
        string[] names = [options?.Pitch is null ? "" : "Pitch", options?.Volume is null ? "" : "Volume", options?.RawRepresentationFactory is null ? "" : "RawRepresentationFactory"];
        names = Array.FindAll(names, static name => name.Length > 0);
        without = names.Length == 0 ? null : string.Join(", ", names) + ": left out";
        if (options is null) return SpeechOptions.None;
        string? format = options.AudioFormat?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) is true ? Path.GetExtension(MediaFileTypes.NameOf(options.AudioFormat)).TrimStart('.') : options.AudioFormat;
        return new SpeechOptions
        {
            Voice = options.VoiceId,
            Format = string.IsNullOrEmpty(format) ? null : format,
            Speed = options.Speed,
            Language = options.Language,
            ModelId = options.ModelId,
            AdditionalProperties = options.AdditionalProperties,
        };
    }

    private static AdditionalPropertiesDictionary Properties(RoutedSpeech answer)
    {
        AdditionalPropertiesDictionary properties = new() { [RoutedSpeech.RouteProperty] = answer };
        if (answer.LeftOut.Count > 0) properties[RoutedResponse.LeftOutProperty] = answer.LeftOut.ToArray();
        return properties;
    }
}
