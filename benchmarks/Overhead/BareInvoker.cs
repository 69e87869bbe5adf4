using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>The floor: sends RouterGen's bytes and reads the answer's, without looking at them.</summary>
/// <param name="transport">Where they go.</param>
/// <param name="call">The request for a whole answer.</param>
/// <param name="stream">The request for a stream.</param>
/// <param name="codec">
/// Reads answers, which each client must that returns one: what RouterGen costs more than this is routing. Null where answers are not read.
/// </param>
internal sealed class BareInvoker(HttpMessageInvoker transport, CapturedRequest call, CapturedRequest stream, ChatCodec? codec = null) : IContender
{
    private static readonly ChatRequest Request = new([new ChatMessage(ChatRole.User, "Hello")], options: null, isStreaming: false);

    private readonly byte[] _buffer = new byte[16 * 1024];

    public string Name => codec is null ? "HttpMessageInvoker" : "… that reads answers";

    public async Task<int> CallAsync()
    {
        CancellationToken cancellationToken = Contenders.Cancellation.Token;
        using HttpRequestMessage request = call.Create();
        using HttpResponseMessage response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (codec is null) return body.Length;
        return codec.ReadReply(Request, body, out RoutedResponse? reply) is null ? reply!.Text.Length : throw new InvalidOperationException("The answer cannot be read.");
    }

    public async Task<int> StreamAsync()
    {
        CancellationToken cancellationToken = Contenders.Cancellation.Token;
        using HttpRequestMessage request = stream.Create();
        using HttpResponseMessage response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (codec is not null) return await ReadAsync(body, codec, cancellationToken).ConfigureAwait(false);
        int total = 0;
        while (await body.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read) total += read;
        return total;
    }

    private static async Task<int> ReadAsync(Stream body, ChatCodec codec, CancellationToken cancellationToken)
    {
        ChatStreamDecoder decoder = codec.StartStream(Request);
        using StreamEventReader reader = codec.Framing.Open(body, []);
        int total = 0;
        bool isCompleted = false;
        while (!isCompleted && await reader.FillAsync(async: true, cancellationToken).ConfigureAwait(false)) total += Take(reader, decoder, out isCompleted);
        return total;
    }

    private static int Take(StreamEventReader reader, ChatStreamDecoder decoder, out bool isCompleted)
    {
        int total = 0;
        isCompleted = false;
        while (!isCompleted && reader.TryRead(out StreamEvent next))
        {
            StreamSignal signal = decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out _);
            if (signal is StreamSignal.Failed) throw new InvalidOperationException("The stream cannot be read.");
            isCompleted = signal is StreamSignal.Completed;
            total += update?.Text.Length ?? 0;
        }

        return total;
    }
}
