using System.Globalization;
using Quickstart;
using RouterGen;
using RouterGen.FakeProviders;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var report = new Report(Console.Out);
report.Title("What the build knows", "Models.Describe()");
Console.WriteLine(Models.Describe());

if (HasKey("ANTHROPIC_API_KEY") || HasKey("OPENAI_API_KEY"))
{
    Console.WriteLine("Calling the real providers whose keys are set (ANTHROPIC_API_KEY, OPENAI_API_KEY).");
    try
    {
        await Scenes.PlainCallAsync(report);
        await Scenes.StreamedCallAsync(report);
        await Scenes.StructuredCallAsync(report, providers: null);
        if (HasKey("OPENAI_API_KEY")) await Scenes.EmbeddingAsync(report, providers: null);
    }
    catch (Exception failure) when (failure is RoutingException or StructuredAnswerException)
    {
        report.Promise(false, failure.Message);
    }

    return report.ExitCode;
}

await using FakeProviderServer providers = await FakeProviderServer.StartAsync();
Console.WriteLine($"No ANTHROPIC_API_KEY or OPENAI_API_KEY: calling fake providers at {providers.BaseAddress} instead.");
Models.Configure(new RouterOptions
{
    Variables = name => name switch
    {
        "ANTHROPIC_BASE_URL" => new Uri(providers.BaseAddress, "anthropic").ToString(),
        "OPENAI_BASE_URL" => new Uri(providers.BaseAddress, "openai/v1").ToString(),
        "GEMINI_BASE_URL" => new Uri(providers.BaseAddress, "gemini").ToString(),
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME" => new Uri(providers.BaseAddress, "bedrock").ToString(),
        "AZURE_OPENAI_ENDPOINT" => new Uri(providers.BaseAddress, "azure").ToString(),
        "ANTHROPIC_API_KEY" or "OPENAI_API_KEY" or "AZURE_OPENAI_API_KEY" or "GEMINI_API_KEY" or "AWS_BEARER_TOKEN_BEDROCK" => "sk-of-a-fake-provider",
        _ => null,
    },
});

await Scenes.PlainCallAsync(report);
await Scenes.StreamedCallAsync(report);
await Scenes.StructuredCallAsync(report, providers);
await Scenes.EmbeddingAsync(report, providers);
await Scenes.OutageAsync(report, providers);
await Scenes.RateLimitAsync(report, providers);
await Scenes.SplitAsync(report);
await Scenes.FourProvidersAsync(report, providers);
return report.ExitCode;

static bool HasKey(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
