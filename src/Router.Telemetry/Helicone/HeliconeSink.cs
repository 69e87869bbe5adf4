using System.Net.Http.Headers;
using System.Threading.Channels;

namespace RouterGen;

/// <summary>Sends attempts to Helicone. Its interface takes one at a time, so a batch is some that are under way together.</summary>
internal sealed class HeliconeSink : RouterTelemetrySink, IRouterObserver
{
    // Far fewer connections than calls, and enough for a hundred records a second at a tenth of a second each.
    private const int LargestBatch = 16;

    private readonly DeliveryState _state;
    private readonly Channel<byte[]> _queue;
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly HttpMessageHandler? _ownHandler;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sender;
    private readonly int _batchSize;

    private HeliconeSink(RouterOptions options, HeliconeSinkOptions settings, Uri destination, string key, int queueSize, int batchSize) : base("Helicone", destination, settings)
    {
        _state = new DeliveryState(Name, () => options.LoggerFactory, queueSize, settings.QueueBytes);
        _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(queueSize) { SingleReader = true });
        _batchSize = batchSize;
        _address = destination;
        _time = options.TimeProvider;
        _ownHandler = settings.Handler is null ? DeliveryHandler.CreateInner() : null;
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key };
        var handler = new DeliveryHandler(settings.Handler ?? _ownHandler!, headers, settings.Timeout ?? TimeSpan.FromSeconds(10), _time, _state);
        _client = new HttpClient(handler, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _sender = SendAsync();
    }

    public override long Pending => _state.Pending;

    public override long Dropped => _state.Dropped;

    public override string? LastError => _state.LastError;

    public static HeliconeSink Create(RouterOptions options, HeliconeSinkOptions settings)
    {
        var variables = new VariableReader(options, "UseHelicone");
        string key = variables.Key(settings.ApiKey, "HeliconeSinkOptions.ApiKey", "HELICONE_API_KEY");
        Uri address = variables.Address(settings.BaseUrl, "HeliconeSinkOptions.BaseUrl") ?? variables.Address("HELICONE_BASE_URL")
            ?? new Uri(key.StartsWith("sk-helicone-eu-", StringComparison.Ordinal) || key.StartsWith("pk-helicone-eu-", StringComparison.Ordinal) ? "https://eu.api.helicone.ai" : "https://api.worker.helicone.ai");
        int queueSize = settings.QueueSize ?? variables.Count("OTEL_BSP_MAX_QUEUE_SIZE") ?? 2048;
        int batchSize = Math.Min(LargestBatch, settings.BatchSize ?? variables.Count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE") ?? LargestBatch);
        variables.ThrowIfWrong();
        return new HeliconeSink(options, settings, new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/custom/v1/log"), key, queueSize, batchSize);
    }

    public override void AddTo(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Observers.Contains(this)) options.Observers.Add(this);
    }

    void IRouterObserver.AttemptEnded(ObservedAttempt attempt)
    {
        byte[] record = HeliconeRecord.Write(attempt);
        if (!_state.TryAdd(record.Length)) return;
        if (!_queue.Writer.TryWrite(record)) _state.Finish(1, record.Length, isSent: false);
    }

    private protected override Task<bool> FlushCoreAsync(CancellationToken cancellationToken) => _state.WhenDoneAsync(FlushTimeout, _time, cancellationToken);

    private protected override async ValueTask EndAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sender.ConfigureAwait(false);
        _state.End();
        _client.Dispose();
        _ownHandler?.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        var batch = new List<byte[]>(_batchSize);
        while (!_stop.IsCancellationRequested && await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < _batchSize && _queue.Reader.TryRead(out byte[]? record)) batch.Add(record);
            await Task.WhenAll(batch.Select(SendAsync)).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task SendAsync(byte[] record)
    {
        bool isSent = false;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(record) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await _client.SendAsync(request, _stop.Token).ConfigureAwait(false);
            isSent = response.IsSuccessStatusCode;
        }
        catch (Exception exception)
        {
            // What the network throws is known already, to what sends.
            if (exception is not (HttpRequestException or OperationCanceledException)) _state.Failed(exception.GetType().Name);
        }

        if (!isSent && _stop.IsCancellationRequested) return; // It counts with what is left at the end.
        _state.Finish(1, record.Length, isSent);
    }
}
