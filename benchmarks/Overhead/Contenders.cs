using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using RouterGen.Codecs;
using RouterGen.Infrastructure;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>One way to ask. What a call returns is only counted, so that nothing can be optimised away.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Asks for a whole answer.</summary>
    /// <returns>The length of what was read.</returns>
    Task<int> CallAsync();

    /// <summary>Asks for a stream and reads it to its end.</summary>
    /// <returns>The length of what was read.</returns>
    Task<int> StreamAsync();
}

/// <summary>Those who are compared. They share one transport, and so the connection.</summary>
internal static class Contenders
{
    public const string Model = "gpt-4o-mini";
    public const string Key = "sk-of-the-loopback-server";
    public const string Prompt = "Name the three primary colours, and say in a sentence or two why they are called so.";

    // One token for the run: a call that nobody can cancel takes shortcuts that no real one takes.
    public static readonly CancellationTokenSource Cancellation = new();

    /// <summary>The codec of the deployments, for those who have none.</summary>
    public static readonly ChatCodec Codec = new OpenAIChatCodec<Constants>();

    private readonly struct Constants : IDeploymentConstants
    {
        public static ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"gpt-4o-mini\""u8;

        public static ModelProfile Profile { get; } = new("test", "gpt-4o-mini");
    }
}

/// <summary>The floor: sends RouterGen's bytes and reads the answer's, without looking at them.</summary>
/// <param name="transport">Where they go.</param>
/// <param name="call">The request for a whole answer.</param>
/// <param name="stream">The request for a stream.</param>
/// <param name="codec">
/// Understands whole answers, which is what no client can do without that gives its caller one: what RouterGen costs more than
/// this is routing. Null where nobody looks at them.
/// </param>
internal sealed class BareInvoker(HttpMessageInvoker transport, CapturedRequest call, CapturedRequest stream, ChatCodec? codec = null) : IContender
{
    private static readonly ChatRequest Request = new([new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, "Hello")], options: null, isStreaming: false);

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
        int total = 0;
        while (await body.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read) total += read;
        return total;
    }
}

/// <summary>RouterGen, through emitted code.</summary>
internal sealed class Router(HttpMessageInvoker transport, Uri endpoint) : IContender
{
    private readonly Models _models = new(new RouterOptions
    {
        Transport = transport,
        Variables = name => name is "OPENAI_API_KEY" ? Contenders.Key : endpoint.AbsoluteUri,
    });

    public string Name => "RouterGen";

    public async Task<int> CallAsync() => (await AskAsync().ConfigureAwait(false)).Text.Length;

    public Task<RoutedResponse> AskAsync() => _models.Chat.CompleteAsync(Contenders.Prompt, cancellationToken: Contenders.Cancellation.Token);

    public async Task<int> StreamAsync()
    {
        int total = 0;
        await foreach (ChatResponseUpdate update in PlayAsync().ConfigureAwait(false)) total += update.Text.Length;
        return total;
    }

    public IAsyncEnumerable<ChatResponseUpdate> PlayAsync() => _models.Chat.StreamAsync(Contenders.Prompt, cancellationToken: Contenders.Cancellation.Token);
}

/// <summary>OpenAI's own SDK, without its retries.</summary>
internal sealed class OpenAISdk(HttpClient transport, Uri endpoint) : IContender
{
    private readonly ChatClient _client = new(Contenders.Model, new ApiKeyCredential(Contenders.Key), new OpenAIClientOptions
    {
        Endpoint = endpoint,
        Transport = new HttpClientPipelineTransport(transport),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });

    public string Name => "OpenAI SDK";

    public async Task<int> CallAsync() => (await AskAsync().ConfigureAwait(false)).Content[0].Text.Length;

    public async Task<ChatCompletion> AskAsync()
    {
        ChatMessage[] messages = [ChatMessage.CreateUserMessage(Contenders.Prompt)];
        ClientResult<ChatCompletion> result = await _client.CompleteChatAsync(messages, cancellationToken: Contenders.Cancellation.Token).ConfigureAwait(false);
        return result.Value;
    }

    public async Task<int> StreamAsync()
    {
        int total = 0;
        await foreach (StreamingChatCompletionUpdate update in PlayAsync().ConfigureAwait(false))
        {
            foreach (ChatMessageContentPart part in update.ContentUpdate) total += part.Text.Length;
        }

        return total;
    }

    public AsyncCollectionResult<StreamingChatCompletionUpdate> PlayAsync()
    {
        ChatMessage[] messages = [ChatMessage.CreateUserMessage(Contenders.Prompt)];
        return _client.CompleteChatStreamingAsync(messages, cancellationToken: Contenders.Cancellation.Token);
    }
}
