namespace RouterGen.Benchmarks.Soak;

/// <summary>
/// Counts the responses that have come and have not been disposed: each holds a connection. Counting connections alone
/// would miss those that the garbage collector saves.
/// </summary>
internal sealed class ResponseCount(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        new Counted(await base.SendAsync(request, cancellationToken), this);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        new Counted(base.Send(request, cancellationToken), this);

    private sealed class Counted : HttpResponseMessage
    {
        private ResponseCount? _count;

        public Counted(HttpResponseMessage response, ResponseCount count)
        {
            (StatusCode, ReasonPhrase, Version, RequestMessage, Content) = (response.StatusCode, response.ReasonPhrase, response.Version, response.RequestMessage, response.Content);
            foreach ((string name, IEnumerable<string> values) in response.Headers) Headers.TryAddWithoutValidation(name, values);
            _count = count;
            Interlocked.Increment(ref count._open);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref _count, null) is { } count) Interlocked.Decrement(ref count._open);
        }
    }
}
