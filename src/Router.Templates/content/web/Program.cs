#if (aot)
using System.Text.Json.Serialization;
#endif
using Microsoft.AspNetCore.Http.HttpResults;
#if (aot)
using Microsoft.AspNetCore.Mvc;
#endif
using RouterGen;

#if (aot)
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
#else
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
#endif
builder.Services.AddModels();
builder.Services.AddRouterGenHosting(); // requests through IHttpClientFactory; all mistakes in the configuration at start
builder.Services.AddHealthChecks().AddRouterGen();

WebApplication app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/ask", async Task<Results<Ok<Answer>, ProblemHttpResult>> (Question question, ChatGroup chat, CancellationToken cancellationToken) =>
{
    try
    {
        RoutedResponse reply = await chat.CompleteAsync(question.Text, cancellationToken: cancellationToken);
        return TypedResults.Ok(new Answer(reply.Text, reply.ModelUsed, reply.Cost));
    }
    catch (RoutingException failure)
    {
        return TypedResults.Problem($"No model answers now: {failure.Kind}.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
});

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

internal sealed record Question(string Text);

internal sealed record Answer(string Text, string Model, decimal? Cost);
#if (aot)

[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
#endif
