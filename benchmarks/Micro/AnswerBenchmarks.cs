using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>
/// A structured answer of about 1,100 characters, read by emitted code and by the serializer with a source-generated context; budget: 1.1 times the
/// serializer, for the reading alone and for a whole call without a network.
/// </summary>
public class AnswerBenchmarks
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "What did I order?")];

    private string _text = "";
    private ChatGroup _group = null!;
    private ChatOptions _options = null!;

    /// <summary>Makes the answer, and a group whose deployment gives it.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var order = new Invoice("INV-2024-000817", new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), InvoiceState.Paid, null,
            [.. Enumerable.Range(1, 8).Select(i => new InvoiceLine($"Article number {i}, with its \"name\"", i, 19.95m * i, i % 2 == 0 ? "a note" : null, ["red", "large"]))]);
        _text = JsonSerializer.Serialize(order, InvoiceContext.Default.Invoice);
        string content = JsonEncodedText.Encode(_text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        string reply = """{"id":"c","object":"chat.completion","model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":300,"total_tokens":309}}""".Replace("TEXT", content);
        var router = new RouterContext(new RouterOptions { Variables = static _ => "key", Seed = 1, Transport = new HttpMessageInvoker(new InMemory(Encoding.UTF8.GetBytes(reply))) });
        _group = new Group(router, new GroupDefinition
        {
            Name = "group",
            Deployments = [new() { Name = "a", Provider = "openai", Model = "gpt", Endpoint = "https://a", KeyVariable = "KEY", Codec = Codecs.OpenAI, Platform = KeyHeaderPlatform.Bearer }],
        });
        _options = new ChatOptions { ResponseFormat = FormatOf<Invoice>() };
        if (!ReadEmitted().Lines.Select(line => line.Price).SequenceEqual(order.Lines.Select(line => line.Price))) throw new InvalidOperationException("The emitted reader reads something else.");
        if (CallStructured().GetAwaiter().GetResult().Number != order.Number) throw new InvalidOperationException("The call gives something else.");
    }

    /// <summary>The text of the answer, by the serializer.</summary>
    [Benchmark(Baseline = true)]
    public Invoice ReadSerializer() => JsonSerializer.Deserialize(_text, InvoiceContext.Default.Invoice)!;

    /// <summary>The same by emitted code.</summary>
    [Benchmark]
    public Invoice ReadEmitted() => AnswerParser.Read(EmittedBinding<Invoice>.Instance, _text, isCut: false, out Invoice? value) is null ? value! : throw new InvalidOperationException();

    /// <summary>A call with the schema as its format, and the serializer.</summary>
    [Benchmark]
    public async Task<Invoice> CallPlain() => JsonSerializer.Deserialize((await _group.CompleteAsync(Messages, _options)).Text, InvoiceContext.Default.Invoice)!;

    /// <summary>The same as a structured call.</summary>
    [Benchmark]
    public async Task<Invoice> CallStructured() => (await _group.CompleteAsync<Invoice>(Messages)).Value;

    private static ChatResponseFormatJson FormatOf<T>()
        where T : IStructuredAnswer<T> => T.Format.ResponseFormat;

    private sealed class Group(RouterContext router, GroupDefinition definition) : ChatGroup(router, definition);

    private sealed class InMemory(byte[] reply) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(reply);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}

/// <summary>An invoice.</summary>
[StructuredAnswer]
public sealed partial record Invoice(string Number, DateTimeOffset At, InvoiceState State, string? Note, IReadOnlyList<InvoiceLine> Lines);

/// <summary>A line of an invoice.</summary>
public sealed record InvoiceLine(string Article, int Count, decimal Price, string? Note, string[] Tags);

/// <summary>Whether an invoice is paid.</summary>
public enum InvoiceState
{
    /// <summary>Not yet.</summary>
    Open,

    /// <summary>It is.</summary>
    Paid,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Invoice))]
internal sealed partial class InvoiceContext : JsonSerializerContext;
