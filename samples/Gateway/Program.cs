using System.Security.Cryptography;
using GatewayProgram;
using RouterGen;
using RouterGen.Samples;

// The groups are those of a models.json, or of a LiteLLM config.yaml. Without a file, fake providers answer, so that all works without a key.
if (GatewayArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(GatewayArguments.Usage);
    return 2;
}

await using SampleProviders? fakes = arguments.Config is null ? await SampleProviders.StartAsync() : null;
IModelsFormat? format = arguments.IsYaml ? LiteLLMYaml.Format : null;
string config = arguments.Config ?? Path.Combine(AppContext.BaseDirectory, "models.json");
int adminPort = arguments.AdminPort ?? (arguments.Port == 0 ? 0 : arguments.Port + 1);
OpenIdConnectSignInOptions? signIn;
try
{
    signIn = arguments.SignIn.Options(arguments.AdminAddress, adminPort);
}
catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

GatewayDatabase? opened;
RouterFleet? joined;
try
{
    opened = arguments.Database is { } text ? await GatewayDatabase.OpenAsync(text) : null;
    joined = GatewayDatabase.FleetOf(Environment.GetEnvironmentVariable("ROUTERGEN_REDIS"), opened);
}
catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

using GatewayDatabase? database = opened; // It is closed after the application has ended, which writes what waits.
await using RouterFleet? fleet = joined; // It gives back what this instance holds.
RouterOptions? routing = fakes?.Options;
if (fleet is not null) (routing ??= new RouterOptions()).Fleet = fleet;
RouterModels models;
string? masterKey;
try
{
    models = format is null ? RouterModels.Load(config, routing) : RouterModels.LoadAs(config, format, routing);
    masterKey = Environment.GetEnvironmentVariable("ROUTERGEN_MASTER_KEY") ?? (format is null ? null : LiteLLMYaml.MasterKeyOf(config));
}
catch (ModelsFileException exception)
{
    foreach (ModelsFileProblem problem in exception.Problems) Console.Error.WriteLine(problem);
    return 1;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{arguments.Config}: {exception.Message}");
    return 1;
}

if (signIn is not null && masterKey is null)
{
    Console.Error.WriteLine("People sign in, and no key is asked for, so that the page is open to all anyway: set ROUTERGEN_MASTER_KEY.");
    return 2;
}

using (models)
{
    foreach (ModelsFileProblem warning in models.Warnings) Console.Error.WriteLine(warning);
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([]);
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("RouterGen", LogLevel.Information);
    if (arguments.LogsJson) builder.Logging.ClearProviders().AddJsonConsole();
    else builder.Logging.AddFilter("RouterGen.Gateway.Access", LogLevel.Warning); // one line a request belongs into a log that keeps its fields
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = arguments.DrainDelay + arguments.Drain); // streams that are under way end by themselves
    builder.Services.AddHostedService(_ => new DrainDelay(arguments.DrainDelay));
    try
    {
        Server.Listen(builder, arguments);
    }
    catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"{arguments.Certificate}: {exception.Message}");
        return 1;
    }

    await using WebApplication app = builder.Build();
    var options = new GatewayOptions { MasterKey = masterKey, AnswersUnknownPaths = true, Page = new PageOptions() };
    options.Fleet = fleet;
    if (database is not null) options.Keys.Store = database.Store;
    options.Keys.SpoolFolder = arguments.Spool;
    options.Responses.Store = database?.Responses ?? new MemoryResponseStore();
    app.MapRouterGen(models, options);
    if (options.MasterKey is null)
    {
        app.MapRouterGenPage(models, options); // else both are where keys are managed
        app.MapRouterGenMetrics(options);
    }

    using ModelsFileWatch? watch = arguments.Config is { } path ? new(models, path, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("RouterGen"), TimeProvider.System, format: format) : null;
    await app.StartAsync();
    await using WebApplication? management = options.MasterKey is null ? null : await ManagementApplication.StartAsync(models, options, arguments.AdminAddress, adminPort, signIn);
    string address = app.Urls.Single();
    Console.WriteLine($"Listening on {address}: {string.Join(", ", models.Groups.Select(group => group.Name))}");
    if (fakes is not null) Console.WriteLine("Without --config, fake providers answer: nothing leaves this machine, and no key of a provider is needed.");
    string key = options.MasterKey is null ? "" : """-H "authorization: Bearer $ROUTERGEN_MASTER_KEY" """;
    Console.WriteLine($$"""Try: curl {{address}}/v1/chat/completions {{key}}-H 'content-type: application/json' -d '{"model":"chat","messages":[{"role":"user","content":"Hello"}]}'""");
    if (management is null) Console.WriteLine("No key is asked for, and there are no virtual keys: set ROUTERGEN_MASTER_KEY for both.");
    else Console.WriteLine($"Keys are managed on {management.Urls.Single()} with the master key{(database is null ? ", and end with this program: with --database FILE they are kept" : "")}.");
    Console.WriteLine($"A page for people: {(management ?? app).Urls.Single()}/ui");
    await app.WaitForShutdownAsync();
}

return 0;
