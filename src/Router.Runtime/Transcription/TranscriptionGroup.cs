using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A group of models that write down what is said in a file of sound: each call goes to one of its deployments, and when that one fails, to the
/// next. Thread-safe. It is an <c>ISpeechToTextClient</c> of Microsoft.Extensions.AI too.
/// </summary>
/// <remarks>
/// A file on disk is read as it is sent, each time that a deployment is asked; any other stream is read once (<see cref="MediaFile"/>). A file
/// that is larger than a deployment takes is not sent to it. All methods that ask throw <see cref="RoutingException"/> when no deployment could
/// answer, <see cref="OperationCanceledException"/> when, and only when, the caller cancelled, and <see cref="ArgumentException"/> where the file
/// is empty. Sound in which nothing is said has an empty text.
/// </remarks>
public abstract partial class TranscriptionGroup : ModelGroup
{
    private static readonly WholeBackground<WholeAttempt<TranscriptionAnswers, RoutedTranscription>, RoutedTranscription> Background = new(new TranscriptionRequest(Silence.File));

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected TranscriptionGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Asks for what is said in a file.</summary>
    /// <param name="file">The sound.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    public Task<RoutedTranscription> TranscribeAsync(MediaFile file, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Checked(file), options, CallOptions.None, async: true, cancellationToken).AsTask();

    /// <summary>Asks for what is said in the rest of a stream, which stays open: a file on disk is sent from where it is, any other stream is read first.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">Nothing is left of the stream.</exception>
    public Task<RoutedTranscription> TranscribeAsync(Stream sound, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(sound, options, CallOptions.None, cancellationToken);

    /// <summary>Asks for what is said in a file and blocks until it is there, on the caller's thread.</summary>
    /// <param name="file">The sound.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedTranscription Transcribe(MediaFile file, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(file, options, CallOptions.None, cancellationToken);

    /// <summary>
    /// Asks for what is said in a file as a stream: pieces of the text, and a last one with the whole answer (<see cref="TranscriptionUpdate.Transcription"/>).
    /// A model that streams none gives its text in one piece. It fails over freely up to the first piece; after that a failure is a
    /// <see cref="RoutingException"/>.
    /// </summary>
    /// <param name="file">The sound.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    public IAsyncEnumerable<TranscriptionUpdate> StreamAsync(MediaFile file, TranscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        Play(file, options, CallOptions.None, null, cancellationToken);

    private MediaFile Checked(MediaFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Length > 0 ? file : throw new ArgumentException($"The file '{file.Name}' is empty: there is nothing to write down.", nameof(file));
    }

    private RoutedTranscription Ask(MediaFile file, TranscribeOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(AskAsync(Checked(file), options, routing, async: false, cancellationToken));

    private async Task<RoutedTranscription> AskAsync(Stream sound, TranscribeOptions? options, CallOptions routing, CancellationToken cancellationToken)
    {
        MediaFile file = await MediaFile.FromStreamAsync(sound, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await AskAsync(Checked(file), options, routing, async: true, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RoutedTranscription> AskAsync(MediaFile file, TranscribeOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken, string? without = null)
    {
        TranscriptionRequest request = Request(file, options, isStreaming: false, without, ref routing);
        return await WholeCall.AskAsync<TranscriptionAnswers, RoutedTranscription>(State, request, routing, async, cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<TranscriptionUpdate> Play(MediaFile file, TranscribeOptions? options, CallOptions routing, string? without, CancellationToken cancellationToken) =>
        RoutedStream<StreamAttempt<TranscriptionStreams, TranscriptionUpdate>, TranscriptionStreams, TranscriptionUpdate>.PlayAsync(
            State, Request(Checked(file), options, isStreaming: true, without, ref routing), routing, cancellationToken);

    private TranscriptionRequest Request(MediaFile file, TranscribeOptions? options, bool isStreaming, string? without, ref CallOptions routing)
    {
        Checked(routing);
        return new TranscriptionRequest(file, options, isStreaming) { LeftOut = Choose(options?.ModelId, ref routing) ?? without };
    }
}
