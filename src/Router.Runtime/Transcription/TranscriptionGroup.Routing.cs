using System.Runtime.CompilerServices;

namespace RouterGen;

// Calls that say how they are to be routed. Where null or new() could be either kind of options, it is those of the request.
public abstract partial class TranscriptionGroup
{
    /// <summary>Asks for what is said in a file.</summary>
    /// <param name="file">The sound.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The file is empty, or the group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedTranscription> TranscribeAsync(MediaFile file, CallOptions routing, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Checked(file), options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for what is said in the rest of a stream, which stays open: a file on disk is sent from where it is, any other stream is read first.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">Nothing is left of the stream, or the group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedTranscription> TranscribeAsync(Stream sound, CallOptions routing, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(sound, options, routing, cancellationToken);

    /// <summary>Asks for what is said in a file and blocks until it is there, on the caller's thread.</summary>
    /// <param name="file">The sound.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The file is empty, or the group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedTranscription Transcribe(MediaFile file, CallOptions routing, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(file, options, routing, cancellationToken);

    /// <summary>Asks for what is said in a file as a stream, as <see cref="StreamAsync(MediaFile, TranscribeOptions?, CancellationToken)"/> does.</summary>
    /// <param name="file">The sound.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The file is empty, or the group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public IAsyncEnumerable<TranscriptionUpdate> StreamAsync(MediaFile file, CallOptions routing, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        Play(file, options, routing, null, cancellationToken);
}
