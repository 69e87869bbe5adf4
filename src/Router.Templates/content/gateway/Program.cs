using RouterGen;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddModels();
builder.Services.AddRouterGenHosting(); // requests through IHttpClientFactory; all mistakes in the configuration at start

WebApplication app = builder.Build();
Models models = app.Services.GetRequiredService<Models>();

// Without a key all who reach the port are served.
app.MapRouterGen(new ModelGroups(models.Chat), new GatewayOptions { MasterKey = app.Configuration["ROUTERGEN_MASTER_KEY"] });

try
{
    await app.RunAsync();
    return 0;
}
catch (RouterConfigurationException mistakes)
{
    Console.Error.WriteLine(mistakes.Message); // each variable that is not set
    return 1;
}
