using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>Writing a request of twelve messages, reading an answer, and reading a stream of a thousand deltas.</summary>
public class CodecBenchmarks
{
    private readonly RequestWriter _writer = new();
    private ChatCodec _codec = null!;
    private ChatRequest _request = null!;
    private byte[] _reply = null!;
    private byte[] _stream = null!;

    /// <summary>The dialect.</summary>
    [Params("OpenAI", "Anthropic")]
    public string Dialect { get; set; } = "";

    /// <summary>Makes the conversation and picks the wire bytes.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _codec = Dialect is "OpenAI" ? Codecs.OpenAI : Codecs.Anthropic;
        _reply = Dialect is "OpenAI" ? WireBytes.OpenAIReply() : WireBytes.AnthropicReply();
        _stream = Dialect is "OpenAI" ? WireBytes.OpenAIStream() : WireBytes.AnthropicStream();
        List<ChatMessage> messages = [new(ChatRole.System, "You are a terse assistant.")];
        for (int turn = 1; turn <= 5; turn++)
        {
            messages.Add(new ChatMessage(ChatRole.User, $"This is question {turn}: why is \"the sky\" blue, and since when has that been known?"));
            messages.Add(new ChatMessage(ChatRole.Assistant, $"That was answered {turn} times. Short waves are scattered more than long ones; Rayleigh, 1871."));
        }

        messages.Add(new ChatMessage(ChatRole.User, "And at dusk?"));
        _request = new ChatRequest(messages, new ChatOptions { Temperature = 0.2f, MaxOutputTokens = 500 }, isStreaming: false);

        if (Parse() is not RoutedResponse { Text.Length: > 0, Usage: not null }) throw new InvalidOperationException("The reply was not read.");
        if (Decode() != WireBytes.Deltas) throw new InvalidOperationException("The stream was not read.");
    }

    /// <summary>Writes the request's body.</summary>
    [Benchmark]
    public int Serialize()
    {
        if (_codec.WriteRequest(_request, _writer) is not null) throw new InvalidOperationException("The request was not written.");
        int length = _writer.WrittenMemory.Length;
        _writer.Clear();
        return length;
    }

    /// <summary>Reads an answer's body.</summary>
    [Benchmark]
    public object? Parse() => _codec.ReadReply(_request, _reply, out RoutedResponse? reply) is null ? reply : null;

    /// <summary>Splits a stream into events and decodes each.</summary>
    [Benchmark]
    public int Decode()
    {
        using var events = new SseReader(new MemoryStream(_stream, writable: false));
        ChatStreamDecoder decoder = _codec.StartStream(_request);
        int deltas = 0;
        while (true)
        {
            while (events.TryRead(out StreamEvent next))
            {
                StreamSignal signal = decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out _);
                if (signal is StreamSignal.Completed) return deltas;
                if (signal is StreamSignal.Update && update!.Contents is [TextContent, ..]) deltas++;
            }

            // Over bytes in memory a read is always complete.
            if (!events.FillAsync(async: false, CancellationToken.None).Result) throw new InvalidOperationException("The stream has no end.");
        }
    }
}
