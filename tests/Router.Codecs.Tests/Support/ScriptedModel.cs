using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>
/// A model behind a dialect as a chat client: each request is written by the dialect and kept, each answer is what a script
/// says, whole or as events, read by the dialect. So a conversation runs as a caller's does, without a network.
/// </summary>
internal sealed class ScriptedModel(string dialect, ModelProfile model, params string[][] answers) : IChatClient
{
    private readonly DialectCodec _codec = new(dialect, model);
    private int _next;

    /// <summary>Gets the bodies of the requests so far.</summary>
    public List<JsonNode> Requests { get; } = [];

    public static ScriptedModel OpenAI(ModelProfile model, params string[][] answers) => new("openai", model, answers);

    public static ScriptedModel Anthropic(ModelProfile model, params string[][] answers) => new("anthropic", model, answers);

    public static ScriptedModel Gemini(ModelProfile model, params string[][] answers) => new("gemini", model, answers);

    /// <summary>A model behind Bedrock; an event of a stream is its type, a space and its payload.</summary>
    public static ScriptedModel Bedrock(ModelProfile model, params string[][] answers) => new("bedrock", model, answers);

    public static ScriptedModel Cohere(ModelProfile model, params string[][] answers) => new("cohere", model, answers);

    public static ScriptedModel Ollama(ModelProfile model, params string[][] answers) => new("ollama", model, answers);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new ChatRequest([.. messages], options, isStreaming: false);
        string[] answer = Ask(request);
        Assert.Null(_codec.ReadReply(request, Encoding.UTF8.GetBytes(Assert.Single(answer)), out RoutedResponse? reply));
        return Task.FromResult<ChatResponse>(reply!);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ChatRequest([.. messages], options, isStreaming: true);
        ChatStreamDecoder decoder = _codec.StartStream(request);
        StreamSignal signal = StreamSignal.Continue;
        foreach (string data in Ask(request))
        {
            int named = data.StartsWith('{') ? 0 : data.IndexOf(' ', StringComparison.Ordinal) + 1;
            signal = decoder.Read(Encoding.UTF8.GetBytes(data[..named].TrimEnd()), Encoding.UTF8.GetBytes(data[named..]), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            if (update is not null) yield return update;
            await Task.CompletedTask;
        }

        if (signal is not StreamSignal.Completed && decoder.IsFinished)
        {
            signal = decoder.End(out ChatResponseUpdate? last, out _); // A dialect without a terminator.
            if (last is not null) yield return last;
        }

        Assert.Equal(StreamSignal.Completed, signal);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private string[] Ask(ChatRequest request)
    {
        var body = new RequestWriter();
        Assert.Null(_codec.WriteRequest(request, body));
        PublishedRequests.Check(dialect, body, request, model);
        Requests.Add(JsonNode.Parse(body.WrittenMemory.Span)!);
        return answers[_next++];
    }
}
