using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using RouterGen.FakeProviders;

namespace RouterGen.Hosting.Tests;

/// <summary>Requests go through a client of the factory: with its handlers, without its limits, and without retries underneath.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private const string OpenAI = "openai/gpt-4o-mini";

    private readonly RecordedLog _log = new();
    private FakeProviderServer _providers = null!;

    public async ValueTask InitializeAsync() => _providers = await FakeProviderServer.StartAsync();

    public ValueTask DisposeAsync() => _providers.DisposeAsync();

    [Theory]
    [InlineData("RouterGen")]
    [InlineData("gateway")]
    public async Task Calls_of_all_forms_go_through_the_named_client(string name)
    {
        var seen = new List<Uri?>();
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.AddModels().AddRouterGenHosting(options => options.HttpClientName = name);
        builder.Services.AddHttpClient(name).AddHttpMessageHandler(() => new Spy(seen));
        using IHost host = builder.Build();
        await host.StartAsync();
        ChatGroup chat = host.Services.GetRequiredKeyedService<ChatGroup>("chat");
        _providers[OpenAI].ReplyWith(new Reply { Text = "Hello to you" });
        _providers["anthropic/claude-haiku-4-5"].ReplyWith(new Reply { Text = "Hello to you" });

        Assert.Equal("Hello to you", (await chat.CompleteAsync("Hello")).Text);
        Assert.Equal("Hello to you", chat.Complete("Hello").Text);
        string streamed = "";
        await foreach (Microsoft.Extensions.AI.ChatResponseUpdate update in chat.StreamAsync("Hello")) streamed += update.Text;
        Assert.Equal("Hello to you", streamed);

        Assert.Equal(3, seen.Count);
        Assert.Equal(3, _providers[OpenAI].Calls + _providers["anthropic/claude-haiku-4-5"].Calls);
    }

    [Fact]
    public async Task Resilience_handlers_of_all_clients_are_removed_for_this_one_alone_and_the_start_says_so()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.ConfigureHttpClientDefaults(static client => client.AddStandardResilienceHandler());
        builder.Services.AddHttpClient("RouterGen").AddResilienceHandler("more", static _ => { });
        builder.Services.AddOtherModels().AddRouterGenHosting();
        using IHost host = builder.Build();

        await host.StartAsync();

        RecordedLog.Entry warning = Assert.Single(_log.Of(101));
        Assert.Equal((LogLevel.Warning, "The HTTP client RouterGen had handlers that retry, which would multiply the attempts of RouterGen; they were removed for this client alone: ResilienceHandler"), (warning.Level, warning.Text));
        _providers[OpenAI].Always(Fault.Status(503));
        await Assert.ThrowsAsync<RoutingException>(() => host.Services.GetRequiredService<OtherModels>().Lone.CompleteAsync("Hello", new CallOptions { MaxAttempts = 1 }));
        Assert.Equal(1, _providers[OpenAI].Calls);
        Assert.Contains(HandlersOf(host, "RouterGen"), static handler => handler is SocketsHttpHandler { AllowAutoRedirect: false, UseCookies: false });
        Assert.DoesNotContain(HandlersOf(host, "RouterGen"), static handler => handler is ResilienceHandler);
        Assert.Contains(HandlersOf(host, "another"), static handler => handler is ResilienceHandler);
    }

    [Fact]
    public async Task Resilience_handlers_stay_where_that_is_wanted_and_the_start_warns_of_them()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.ConfigureHttpClientDefaults(static client => client.AddStandardResilienceHandler());
        builder.Services.AddOtherModels().AddRouterGenHosting(static options => options.KeepResilienceHandlers = true);
        using IHost host = builder.Build();

        await host.StartAsync();

        Assert.Contains("KeepResilienceHandlers", Assert.Single(_log.Of(102)).Text);
        Assert.Contains(HandlersOf(host, "RouterGen"), static handler => handler is ResilienceHandler);
    }

    [Fact]
    public async Task Headers_of_the_client_are_sent_and_its_timeout_does_not_count()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.ConfigureHttpClientDefaults(static client => client.ConfigureHttpClient(static http => http.Timeout = TimeSpan.FromMilliseconds(1)));
        builder.Services.AddOtherModels().AddRouterGenHosting();
        builder.Services.AddHttpClient("RouterGen", static http => http.DefaultRequestHeaders.Add("X-Team", "search"));
        using IHost host = builder.Build();
        await host.StartAsync();
        _providers[OpenAI].Always(Fault.Slow(TimeSpan.FromMilliseconds(60)));
        ChatGroup lone = host.Services.GetRequiredService<OtherModels>().Lone;

        await lone.CompleteAsync("Hello");
        lone.Complete("Hello");

        Assert.All(_providers[OpenAI].Requests, static request => Assert.Equal("search", request.Headers["X-Team"]));
        Assert.Equal(2, _providers[OpenAI].Calls);
    }

    [Fact]
    public async Task What_the_factory_logs_holds_no_key_and_only_where_it_is_asked_to_log()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.ConfigureHttpClientDefaults(static client => client.RedactLoggedHeaders(static _ => false));
        builder.Services.AddOtherModels().AddRouterGenHosting();
        using IHost quiet = builder.Build();
        await quiet.StartAsync();
        await quiet.Services.GetRequiredService<OtherModels>().Lone.CompleteAsync("Hello");
        Assert.DoesNotContain(_log.Entries, static entry => entry.Category.StartsWith("System.Net.Http", StringComparison.Ordinal));

        HostApplicationBuilder loud = TestHost.Create(_log, _providers);
        loud.Services.ConfigureHttpClientDefaults(static client => client.RedactLoggedHeaders(static _ => false));
        loud.Services.AddOtherModels().AddRouterGenHosting();
        loud.Services.AddHttpClient("RouterGen").AddDefaultLogger();
        using IHost host = loud.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<OtherModels>().Lone.CompleteAsync("Hello");

        Assert.Contains(_log.Entries, static entry => entry.Category.StartsWith("System.Net.Http", StringComparison.Ordinal) && entry.Text.Contains("Authorization", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, static entry => entry.Text.Contains("sk-a-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_router_follows_the_factory_to_another_handler()
    {
        var factory = new ScriptedFactory();
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.AddOtherModels().AddRouterGenHosting();
        builder.Services.AddSingleton<IHttpMessageHandlerFactory>(factory);
        using IHost host = builder.Build();
        await host.StartAsync();
        ChatGroup lone = host.Services.GetRequiredService<OtherModels>().Lone;

        await lone.CompleteAsync("Hello");
        await lone.CompleteAsync("Hello");
        SpyHandler first = factory.Current;
        factory.Rotate();
        first.Dispose(); // As the factory does once nothing uses it.
        await lone.CompleteAsync("Hello");
        lone.Complete("Hello");

        Assert.Equal((2, 2), (first.Requests, factory.Current.Requests));
        Assert.All(factory.Names, static name => Assert.Equal("RouterGen", name));
    }

    [Fact]
    public async Task A_transport_of_the_class_goes_before_and_the_factory_need_not_be_used()
    {
        var own = new SpyHandler();
        var factory = new ScriptedFactory();
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.AddOtherModels(options => options.Transport = new HttpMessageInvoker(own)).AddModels().AddRouterGenHosting().AddRouterGenHosting(static options => options.UseHttpClientFactory = false);
        builder.Services.AddSingleton<IHttpMessageHandlerFactory>(factory);
        using IHost host = builder.Build();
        await host.StartAsync();

        await host.Services.GetRequiredService<OtherModels>().Lone.CompleteAsync("Hello");
        await host.Services.GetRequiredService<Models>().Chat.CompleteAsync("Hello");

        Assert.Equal((1, 0), (own.Requests, factory.Names.Count));
    }

    [Fact]
    public async Task Options_for_a_static_class_have_the_transport_of_the_host_too()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, _providers);
        builder.Services.AddRouterGenHosting();
        using IHost host = builder.Build();
        await host.StartAsync();

        Assert.Equal("FactoryInvoker", RouterOptions.FromServices(host.Services).Transport!.GetType().Name);
    }

    private static List<HttpMessageHandler> HandlersOf(IHost host, string name)
    {
        List<HttpMessageHandler> handlers = [];
        for (HttpMessageHandler? handler = host.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name); handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler) handlers.Add(handler);
        return handlers;
    }

    private sealed class Spy(List<Uri?> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.RequestUri);
            return base.SendAsync(request, cancellationToken);
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.RequestUri);
            return base.Send(request, cancellationToken);
        }
    }

    private sealed class SpyHandler() : DelegatingHandler(RouterOptions.CreateHandler())
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.SendAsync(request, cancellationToken);
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.Send(request, cancellationToken);
        }
    }

    private sealed class ScriptedFactory : IHttpMessageHandlerFactory
    {
        public SpyHandler Current { get; private set; } = new();

        public List<string> Names { get; } = [];

        public void Rotate() => Current = new SpyHandler();

        public HttpMessageHandler CreateHandler(string name)
        {
            Names.Add(name);
            return Current;
        }
    }
}
