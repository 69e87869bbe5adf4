using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;
using Worker;

await using SampleProviders providers = await SampleProviders.StartAsync();
providers["openai/gpt-6-luna"].Next(Fault.None, 2).Next(Fault.Status(503));

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddModels(options => options.Variables = providers.FindVariable);
builder.Services.AddRouterGenHosting(); // requests through IHttpClientFactory, all mistakes in the configuration at start
builder.Services.AddHostedService<Summaries>();
using IHost host = builder.Build();
await host.RunAsync();

[ModelGroup("summaries")]
[Deployment("openai/gpt-6-luna", MaxConcurrency = 4)]
[Deployment("anthropic/claude-haiku-5-5", Order = 1)]
internal sealed partial class Models;
