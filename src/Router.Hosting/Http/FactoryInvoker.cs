using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace RouterGen;

/// <summary>
/// Sends requests through a client of <see cref="IHttpClientFactory"/>. A router lives as long as the application, and the factory's handlers may not: so each request asks for the
/// handler, and what is made of it is kept as long as the factory hands out the same.
/// </summary>
internal sealed class FactoryInvoker(IHttpMessageHandlerFactory handlers, IOptionsMonitor<HttpClientFactoryOptions> clients, RouterHostingOptions hosting)
    : HttpMessageInvoker(new NoHandler())
{
    private volatile Client? _client;

    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Current().SendAsync(request, cancellationToken);

    public override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Current().Send(request, cancellationToken);

    private Client Current()
    {
        HttpMessageHandler handler = handlers.CreateHandler(hosting.HttpClientName);
        if (_client is { } client && ReferenceEquals(client.Handler, handler)) return client;
        return _client = new Client(handler, clients.Get(hosting.HttpClientName).HttpClientActions);
    }

    /// <summary>A handler of the factory's, which it disposes.</summary>
    private sealed class Client
    {
        private readonly HttpClient? _client; // only where it adds headers: its own limits and buffers are in the way
        private readonly HttpMessageInvoker _invoker;

        public Client(HttpMessageHandler handler, IList<Action<HttpClient>> actions)
        {
            Handler = handler;
            var client = new HttpClient(handler, disposeHandler: false);
            foreach (Action<HttpClient> action in actions) action(client);
            client.Timeout = Timeout.InfiniteTimeSpan; // The groups have limits of their own.
            _client = client.DefaultRequestHeaders.Any() ? client : null;
            _invoker = _client ?? new HttpMessageInvoker(handler, disposeHandler: false);
        }

        public HttpMessageHandler Handler { get; }

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _client?.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken) ?? _invoker.SendAsync(request, cancellationToken);

        public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _client?.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken) ?? _invoker.Send(request, cancellationToken);
    }

    /// <summary>What the base class demands and nothing is sent through.</summary>
    private sealed class NoHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Requests go through the handlers of the factory.");
    }
}
