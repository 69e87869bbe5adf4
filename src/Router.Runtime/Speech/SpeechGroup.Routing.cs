using System.Runtime.CompilerServices;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is those of the request.
public abstract partial class SpeechGroup
{
    /// <summary>Asks for a text to be spoken, and waits for all of the sound.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedSpeech> SpeakAsync(string text, CallOptions routing, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Checked(text), options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for a text to be spoken and blocks until all of the sound is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedSpeech Speak(string text, CallOptions routing, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(text, options, routing, cancellationToken);

    /// <summary>Asks for a text to be spoken as a stream, as <see cref="StreamAsync(string, SpeechOptions?, CancellationToken)"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<SpeechUpdate> StreamAsync(string text, CallOptions routing, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Play(text, options, routing, null, cancellationToken);
}
