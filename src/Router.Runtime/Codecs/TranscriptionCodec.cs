using System.ComponentModel;
using System.Globalization;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of models that write down what is said, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TranscriptionCodec : Codec
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(TranscriptionRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="reply">The answer; null where there is a failure.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(TranscriptionRequest request, ReadOnlySpan<byte> body, out RoutedTranscription? reply);

    /// <summary>Starts to read a streamed answer. Its terminator brings the whole answer.</summary>
    /// <param name="request">What was asked for.</param>
    public abstract StreamDecoder<TranscriptionUpdate> StartStream(TranscriptionRequest request);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body)
    {
        var asked = (TranscriptionRequest)request;
        return FaultOf(asked.File.Length) ?? WriteRequest(asked, body);
    }

    // What the provider would say after megabytes of upload.
    private AttemptFailure? FaultOf(long bytes)
    {
        long most = Profile.MaxFileBytes;
        if (most == 0 || bytes <= most) return null;
        string message = string.Create(CultureInfo.InvariantCulture, $"The file has {bytes / Megabyte:0.##} MB ({bytes} bytes), and {Profile.Name} takes at most {most / Megabyte:0.##} MB ({most} bytes). Compress or divide it, or add a deployment that takes larger files.");
        return new AttemptFailure(FailureKind.Unsupported, message) { Detail = "FileTooLarge" };
    }
}
