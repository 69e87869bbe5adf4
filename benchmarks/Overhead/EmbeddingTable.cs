using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using OpenAI;
using OpenAI.Embeddings;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>An embedding group, asked for the vectors of many texts.</summary>
[ModelGroup("texts")]
[Deployment("openai/text-embedding-3-small")]
public sealed partial class EmbeddingModels;

/// <summary>RouterGen against OpenAI's SDK on an answer of 2,048 vectors of 1,536 numbers, which a handler in memory gives: what is measured is reading.</summary>
internal static class EmbeddingTable
{
    private const int Texts = 2048;
    private const int Length = 1536;

    /// <summary>Measures and prints.</summary>
    public static async Task PrintAsync(TextWriter output, int rounds)
    {
        using var handler = new CannedAnswer(Answer());
        using var client = new HttpClient(handler, disposeHandler: false);
        string[] texts = [.. Enumerable.Range(0, Texts).Select(static n => $"text {n}")];
        var models = new EmbeddingModels(new RouterOptions { Transport = new HttpMessageInvoker(handler, disposeHandler: false), Variables = static name => name is "OPENAI_API_KEY" ? "sk-test" : null });
        var sdk = new EmbeddingClient("text-embedding-3-small", new ApiKeyCredential("sk-test"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(client), RetryPolicy = new ClientRetryPolicy(0) });
        Cost[][] costs = await Measurement.RunAsync([MineAsync, TheirsAsync], rounds, blockSize: 2);

        output.WriteLine($"{Texts} vectors of {Length} numbers; {rounds} rounds, medians (p10 … p90) of RouterGen against OpenAI's SDK");
        output.WriteLine($"  latency {Ratio(static cost => cost.P50)}, CPU {Ratio(static cost => cost.Cpu)}, bytes {Ratio(static cost => cost.Bytes)}");
        Spread own = Spread.Of(costs[0].Select(static cost => cost.Bytes / (Texts * Length * sizeof(float))));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  allocated: {own.Median:F3} ({own.P10:F3} … {own.P90:F3}) of the vectors' own bytes"));

        async Task<int> MineAsync() => (await models.Texts.EmbedAsync(texts).ConfigureAwait(false)).Sum(static vector => vector.Vector.Length);

        async Task<int> TheirsAsync() => (await sdk.GenerateEmbeddingsAsync(texts).ConfigureAwait(false)).Value.Sum(static vector => vector.ToFloats().Length);

        string Ratio(Func<Cost, double> of)
        {
            Spread ratio = Spread.Of(costs[0].Zip(costs[1], (mine, theirs) => of(mine) / of(theirs)));
            return string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:F3} ({ratio.P10:F3} … {ratio.P90:F3})");
        }
    }

    private static byte[] Answer()
    {
        float[] vector = [.. Enumerable.Range(0, Length).Select(static n => MathF.Sin(n))];
        string base64 = Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()));
        string data = string.Join(',', Enumerable.Range(0, Texts).Select(n => $$"""{"object":"embedding","embedding":"{{base64}}","index":{{n}} }"""));
        return System.Text.Encoding.UTF8.GetBytes($$"""{"object":"list","data":[{{data}}],"model":"text-embedding-3-small","usage":{"prompt_tokens":4096,"total_tokens":4096} }""");
    }

    /// <summary>Gives each request the same answer.</summary>
    private sealed class CannedAnswer(byte[] body) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body), RequestMessage = request };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return response;
        }
    }
}
