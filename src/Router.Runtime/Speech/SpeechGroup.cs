using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A group of models that speak a text: each call goes to one of its deployments, and when that one fails, to the next. Thread-safe. It is an
/// <c>ITextToSpeechClient</c> of Microsoft.Extensions.AI too.
/// </summary>
/// <remarks>
/// A text that is longer than a deployment takes is not sent to it. All methods that ask throw <see cref="RoutingException"/> when no deployment
/// could answer, <see cref="OperationCanceledException"/> when, and only when, the caller cancelled, and <see cref="ArgumentException"/> where the
/// text is null or empty.
/// </remarks>
public abstract partial class SpeechGroup : ModelGroup
{
    private static readonly WholeBackground<WholeAttempt<SpeechAnswers, RoutedSpeech>, RoutedSpeech> Background = new(new SpeechRequest("Hi"));

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected SpeechGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Asks for a text to be spoken, and waits for all of the sound.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedSpeech> SpeakAsync(string text, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(Checked(text), options, CallOptions.None, async: true, cancellationToken).AsTask();

    /// <summary>Asks for a text to be spoken and blocks until all of the sound is there, on the caller's thread.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedSpeech Speak(string text, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Ask(text, options, CallOptions.None, cancellationToken);

    /// <summary>
    /// Asks for a text to be spoken as a stream: pieces of the sound as they come, and a last one that says how it came about
    /// (<see cref="SpeechUpdate.Speech"/>). It fails over freely up to the first piece; after that a failure is a <see cref="RoutingException"/> that
    /// says how many bytes had arrived.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    public IAsyncEnumerable<SpeechUpdate> StreamAsync(string text, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Play(text, options, CallOptions.None, null, cancellationToken);

    /// <summary>
    /// Asks for a text to be spoken, and returns the sound as a stream to read, for players and files, once its first piece is there. Reading
    /// throws what <see cref="StreamAsync(string, SpeechOptions?, CancellationToken)"/> throws. Disposing it ends the call.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also while the stream is read.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<Stream> OpenStreamAsync(string text, SpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        SoundStream.OpenAsync(Play(text, options, CallOptions.None, null, cancellationToken), cancellationToken);

    private static string Checked(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return text;
    }

    private RoutedSpeech Ask(string text, SpeechOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(AskAsync(Checked(text), options, routing, async: false, cancellationToken));

    private async ValueTask<RoutedSpeech> AskAsync(string text, SpeechOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken, string? without = null)
    {
        SpeechRequest request = Request(text, options, isStreaming: false, without, ref routing);
        return await WholeCall.AskAsync<SpeechAnswers, RoutedSpeech>(State, request, routing, async, cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<SpeechUpdate> Play(string text, SpeechOptions? options, CallOptions routing, string? without, CancellationToken cancellationToken) =>
        RoutedStream<StreamAttempt<SpeechStreams, SpeechUpdate>, SpeechStreams, SpeechUpdate>.PlayAsync(
            State, Request(Checked(text), options, isStreaming: true, without, ref routing), routing, cancellationToken);

    private SpeechRequest Request(string text, SpeechOptions? options, bool isStreaming, string? without, ref CallOptions routing)
    {
        Checked(routing);
        return new SpeechRequest(text, options, isStreaming) { LeftOut = Choose(options?.ModelId, ref routing) ?? without };
    }
}
