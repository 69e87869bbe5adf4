using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
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

/// <summary>What those that are compared have in common. They share one transport, and so the connection.</summary>
internal static class Contenders
{
    public const string Model = "gpt-4o-mini";
    public const string Key = "sk-of-the-loopback-server";
    public const string Prompt = "Name the three primary colours, and say in a sentence or two why they are called so.";

    // One token for the run: a call that nobody can cancel takes shortcuts that no real one takes.
    public static readonly CancellationTokenSource Cancellation = new();
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
