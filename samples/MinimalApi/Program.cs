using System.Text.Json.Serialization;
using MinimalApi;
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
builder.Services.AddModels(options => options.Variables = providers.FindVariable);
builder.Services.AddRouterGenHosting();
builder.Services.AddHealthChecks().AddRouterGen();

await using WebApplication app = builder.Build();
app.MapHealthChecks("/health");

// ASP.NET's generator does not see the classes that RouterGen's generator writes, so that an endpoint takes the group by its base class.
app.MapPost("/ask", async (Question question, ChatGroup chat, CancellationToken cancellationToken) =>
{
    RoutedResponse reply = await chat.CompleteAsync(question.Text, cancellationToken: cancellationToken);
    return TypedResults.Ok(new Answer(reply.Text, reply.ModelUsed, reply.Cost));
});
app.MapPost("/stream", (Question question, ChatGroup chat, CancellationToken cancellationToken) =>
    TypedResults.ServerSentEvents(chat.StreamAsync(question.Text, cancellationToken: cancellationToken).Select(update => update.Text)));

// A provider's failure is the service's: 503 with the time to wait, and not a page of a stack trace.
app.Use(async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (RoutingException failure) when (!context.Response.HasStarted)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (failure.RetryAfter is { } wait) context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString();
        await context.Response.WriteAsync($"No model answers now: {failure.Kind}.", context.RequestAborted);
    }
});

await app.StartAsync();
if (args.Contains("--serve"))
{
    Console.WriteLine($"Listening on {app.Urls.Single()}");
    await app.WaitForShutdownAsync();
    return 0;
}

// A tour of the service, as one of its callers.
using var caller = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
await AskAsync("/ask");
await AskAsync("/stream");
providers["openai/gpt-6-luna"].Always(Fault.Status(503));
await AskAsync("/ask");
Console.WriteLine($"GET /health: {await caller.GetStringAsync("/health")}");
providers["anthropic/claude-haiku-5-5"].Always(Fault.Status(503));
await AskAsync("/ask");
return 0;

async Task AskAsync(string path)
{
    using HttpResponseMessage response = await caller.PostAsJsonAsync(path, new Question("Hello"), ApiJson.Default.Question);
    string body = (await response.Content.ReadAsStringAsync()).Trim().Replace("\n\n", " ", StringComparison.Ordinal);
    Console.WriteLine($"POST {path}: {(int)response.StatusCode} {body}");
}

namespace MinimalApi
{
    internal sealed record Question(string Text);

    internal sealed record Answer(string Text, string Model, decimal? Cost);

    [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Question))]
    [JsonSerializable(typeof(Answer))]
    internal sealed partial class ApiJson : JsonSerializerContext;

    [ModelGroup("chat", MaxWaitSeconds = 0.1)]
    [Deployment("openai/gpt-6-luna")]
    [Deployment("anthropic/claude-haiku-5-5", Order = 1)]
    internal sealed partial class Models;
}
