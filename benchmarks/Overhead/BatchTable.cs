using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.AI;
using RouterGen.Codecs;
using RouterGen.FakeProviders;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>An embedding group whose deployment takes a hundred texts at once, and eight requests side by side.</summary>
[ModelGroup("texts")]
[Deployment("openai/text-embedding-3-small", MaxBatchTexts = 100, MaxConcurrency = 8)]
public sealed partial class BatchModels;

/// <summary>
/// Ten thousand short texts through a group, and through eight plain loops that write, send and parse the same batches with the same codec: what the
/// group costs more is neither codec nor socket.
/// </summary>
/// <param name="server">Answers.</param>
/// <param name="handler">Sends.</param>
internal sealed class BatchTable(FakeProviderProcess server, HttpMessageHandler handler)
{
    private const int Texts = 10_000;
    private const int Batch = 100;
    private const int Concurrency = 8;
    private const string Model = "openai/text-embedding-3-small";

    private readonly string[] _texts = [.. Enumerable.Range(0, Texts).Select(static n => string.Create(CultureInfo.InvariantCulture, $"short text {n}"))];

    /// <summary>Measures and prints.</summary>
    public async Task PrintAsync(TextWriter output, int rounds)
    {
        using var gauge = new Gauge(handler);
        using var gauged = new HttpMessageInvoker(gauge, disposeHandler: false); // It reads bodies itself, so that it knows when they are there: for counting alone.
        using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
        var endpoint = new Uri(server.BaseAddress, "openai/v1");
        var models = new BatchModels(Router.OptionsFor(transport, endpoint));
        var counted = new BatchModels(Router.OptionsFor(gauged, endpoint));
        var address = new Uri(endpoint.AbsoluteUri + "/embeddings");
        await server.LoadAsync(Model, new ScriptDocument(new Reply { Prebuilt = true }));

        RoutedEmbeddings first = await models.Texts.EmbedAsync(_texts);
        if (first.Count != Texts || first[^1].Vector.Length != 1536) throw new InvalidOperationException("The vectors are not what the server was told to send.");
        await counted.Texts.EmbedAsync(_texts);
        gauge.Restart();
        await counted.Texts.EmbedAsync(_texts);
        double inFlight = gauge.MeanInFlight;

        Cost[][] costs = await Measurement.RunAsync([() => RoutedAsync(models.Texts), () => PlainAsync(transport, address)], rounds, blockSize: 1);
        Spread share = Spread.Of(costs[0].Zip(costs[1], static (mine, plain) => 100 * (mine.Cpu - plain.Cpu) / mine.Cpu));
        Spread latency = Spread.Of(costs[0].Zip(costs[1], static (mine, plain) => mine.P50 / plain.P50));
        Spread cpu = Spread.Of(costs[0].Select(static cost => cost.Cpu / 1000));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Texts} texts in batches of {Batch}, {Concurrency} at once; {rounds} rounds, medians (p10 … p90)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  CPU of the group: {cpu.Median:F0} ms ({cpu.P10:F0} … {cpu.P90:F0}); of it outside codec and socket: {share.Median:F1} % ({share.P10:F1} … {share.P90:F1})"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  CPU of both over all rounds: {100 * (costs[0].Sum(static cost => cost.Cpu) / costs[1].Sum(static cost => cost.Cpu) - 1):F1} % more than the loops'"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  latency against the loops: {latency.Median:F3} ({latency.P10:F3} … {latency.P90:F3}); requests under way: {inFlight:F2} of {Concurrency} on average"));
    }

    private async Task<int> RoutedAsync(EmbeddingGroup group) => (await group.EmbedAsync(_texts).ConfigureAwait(false)).Count;

    private async Task<int> PlainAsync(HttpMessageInvoker transport, Uri address)
    {
        var vectors = new Embedding<float>[Texts];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => WorkAsync())).ConfigureAwait(false);
        return vectors.Length;

        async Task WorkAsync()
        {
            var codec = new OpenAIEmbeddingsCodec<Constants>();
            var body = new RequestWriter();
            for (int batch = Interlocked.Increment(ref next); batch < Texts / Batch; batch = Interlocked.Increment(ref next))
            {
                body.Clear();
                if (codec.WriteRequest(new EmbeddingRequest(_texts.AsMemory(batch * Batch, Batch)), body) is { } unsupported) throw new InvalidOperationException(unsupported.Message);
                EmbeddingVectors read = await SendAsync(transport, address, codec, body).ConfigureAwait(false);
                read.ToEmbeddings().CopyTo(vectors, batch * Batch);
            }
        }
    }

    private static async Task<EmbeddingVectors> SendAsync(HttpMessageInvoker transport, Uri address, EmbeddingCodec codec, RequestWriter body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body.WrittenMemory) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Contenders.Key);
        using HttpResponseMessage response = await transport.SendAsync(request, Contenders.Cancellation.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        int length = (int)response.Content.Headers.ContentLength!.Value;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        await using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await stream.ReadExactlyAsync(bytes.AsMemory(0, length)).ConfigureAwait(false);
        var vectors = new EmbeddingVectors(Batch);
        AttemptFailure? failure = codec.ReadReply(bytes.AsSpan(0, length), vectors);
        ArrayPool<byte>.Shared.Return(bytes);
        return failure is null ? vectors : throw new InvalidOperationException(failure.Message);
    }

    private readonly struct Constants : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"text-embedding-3-small\""u8;

        // As the catalog has it: vectors in Base64.
        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("openai", "text-embedding-3-small") { Dimensions = 1536, Parameters = ModelParameters.Dimensions, Quirks = (int)OpenAIQuirks.Base64Vectors };
    }

    /// <summary>Counts how many requests are under way, on average over time.</summary>
    private sealed class Gauge(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Lock _gate = new();
        private int _inFlight;
        private long _started, _changed;
        private double _sum;

        public double MeanInFlight
        {
            get
            {
                lock (_gate) return _sum / Math.Max(1, _changed - _started);
            }
        }

        public void Restart()
        {
            lock (_gate) (_started, _changed, _sum) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), 0);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Change(1);
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
                return response;
            }
            finally
            {
                Change(-1);
            }
        }

        protected override void Dispose(bool disposing)
        {
            // The inner handler is the caller's.
        }

        private void Change(int by)
        {
            lock (_gate)
            {
                long now = Stopwatch.GetTimestamp();
                _sum += (double)_inFlight * (now - _changed);
                _changed = now;
                _inFlight += by;
            }
        }
    }
}
