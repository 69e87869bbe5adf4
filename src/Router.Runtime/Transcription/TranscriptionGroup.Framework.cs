using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

// The framework's interface, which may still change: so it is implemented explicitly, and code that does not use it gets no warning.
#pragma warning disable MEAI001
public abstract partial class TranscriptionGroup : ISpeechToTextClient
{
    private SpeechToTextClientMetadata? _metadata;

    /// <inheritdoc/>
    async Task<SpeechToTextResponse> ISpeechToTextClient.GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options, CancellationToken cancellationToken)
    {
        MediaFile file = await MediaFile.FromStreamAsync(audioSpeechStream, cancellationToken: cancellationToken).ConfigureAwait(false);
        TranscribeOptions own = Options(options, out string? without);
        RoutedTranscription answer = await AskAsync(Checked(file), own, Routing(options), async: true, cancellationToken, without).ConfigureAwait(false);
        return new SpeechToTextResponse(answer.Text)
        {
            ModelId = answer.ModelUsed,
            Usage = answer.Usage,
            StartTime = answer.DurationOfSound is null ? null : TimeSpan.Zero,
            EndTime = answer.DurationOfSound,
            RawRepresentation = answer,
            AdditionalProperties = Properties(answer),
        };
    }

    /// <inheritdoc/>
    async IAsyncEnumerable<SpeechToTextResponseUpdate> ISpeechToTextClient.GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MediaFile file = await MediaFile.FromStreamAsync(audioSpeechStream, cancellationToken: cancellationToken).ConfigureAwait(false);
        TranscribeOptions own = Options(options, out string? without);
        await foreach (TranscriptionUpdate update in Play(file, own, Routing(options), without, cancellationToken).ConfigureAwait(false))
        {
            if (update.Transcription is not { } whole)
            {
                if (update.Text.Length > 0) yield return new SpeechToTextResponseUpdate(update.Text) { Kind = SpeechToTextResponseUpdateKind.TextUpdated };
                continue;
            }

            yield return new SpeechToTextResponseUpdate(whole.Usage is null ? [] : [new UsageContent(whole.Usage)])
            {
                Kind = SpeechToTextResponseUpdateKind.SessionClose,
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
        return serviceType == typeof(SpeechToTextClientMetadata) ? _metadata ??= new SpeechToTextClientMetadata(OuterSpan.ProviderName, providerUri: null, Name) : null;
    }

    /// <summary>Does nothing: a group holds nothing that must be freed, and lives as long as its class.</summary>
    void IDisposable.Dispose()
    {
    }

    private static CallOptions Routing(SpeechToTextOptions? options) => CallOptions.Of(options?.AdditionalProperties, nameof(SpeechToTextOptions));

    // What cannot be asked for here is listed, as what a model does not take.
    private static TranscribeOptions Options(SpeechToTextOptions? options, out string? without)
    {
        bool isTranslated = options?.TextLanguage is { } language && language != options.SpeechLanguage;
        without = isTranslated ? "TextLanguage: left out" : options?.SpeechSampleRate is not null ? "SpeechSampleRate: left out" : options?.RawRepresentationFactory is not null ? "RawRepresentationFactory: left out" : null;
        return options is null ? TranscribeOptions.None : new TranscribeOptions { Language = options.SpeechLanguage, ModelId = options.ModelId, AdditionalProperties = options.AdditionalProperties };
    }

    private static AdditionalPropertiesDictionary Properties(RoutedTranscription answer)
    {
        AdditionalPropertiesDictionary properties = new() { [RoutedTranscription.RouteProperty] = answer };
        if (answer.LeftOut.Count > 0) properties[RoutedResponse.LeftOutProperty] = answer.LeftOut.ToArray();
        return properties;
    }
}
