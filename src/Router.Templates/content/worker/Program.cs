using RouterGen;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddModels();
builder.Services.AddRouterGenHosting(); // requests through IHttpClientFactory; all mistakes in the configuration at start
builder.Services.AddHostedService<Worker>();

using IHost host = builder.Build();
try
{
    await host.RunAsync();
    return 0;
}
catch (RouterConfigurationException mistakes)
{
    Console.Error.WriteLine(mistakes.Message); // each variable that is not set
    return 1;
}
