using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>
/// OpenAI's Chat Completions as Azure serves it: the key in a header of its own, or a token; addresses with and without a version; what its filter found,
/// first of all in a stream; and errors in its own words.
/// </summary>
internal sealed class AzureDialect(TimeProvider time) : OpenAIDialect(time)
{
    private const string Api = "/openai/", Deployments = "/openai/deployments/";

    public override string RequestIdHeader => "apim-request-id";

    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && path.StartsWith(Api, StringComparison.Ordinal);

    public override Refusal? CheckAddress(HttpRequest request, JsonElement? body)
    {
        string path = request.Path.Value!, version = request.Query["api-version"].ToString();
        int at = path.IndexOf(Deployments, StringComparison.Ordinal);
        if (at < 0) return version is "" or "preview" ? null : Say(400, "BadRequest", "API version not supported");
        if (version is "" or "preview") return Say(404, "404", "Resource not found");
        string deployment = path[(at + Deployments.Length)..^PathSuffix.Length];
        return body?.FindString("model") == deployment ? null : Say(404, "DeploymentNotFound", "The API deployment for this resource does not exist.");
    }

    public override JsonObject Completion(Answer answer)
    {
        JsonObject completion = base.Completion(answer);
        completion["prompt_filter_results"] = PromptResults();
        completion["choices"]![0]!["content_filter_results"] = Results();
        return completion;
    }

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        StreamEvents events = base.Stream(answer, withUsage);
        byte[] filter = SseBytes.Event(new JsonObject { ["choices"] = new JsonArray(), ["created"] = 0, ["id"] = "", ["model"] = "", ["object"] = "", ["prompt_filter_results"] = PromptResults() });
        return events with { Opening = [filter, .. events.Opening] };
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        401 => Say(401, "401", "Access denied due to invalid subscription key or wrong API endpoint."),
        403 => Say(403, "403", "Access denied due to Virtual Network/Firewall rules."),
        404 => Say(404, "DeploymentNotFound", "The API deployment for this resource does not exist."),
        429 => Say(429, "429", "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 60 seconds."),
        _ => base.Error(statusCode),
    };

    protected override string KeyOf(IHeaderDictionary headers) => headers["api-key"].ToString() is { Length: > 0 } key ? key : BearerOf(headers);

    private static Refusal Say(int status, string code, string message) => new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private static JsonArray PromptResults() => new(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = Results() });

    private static JsonObject Results() => new() { ["hate"] = new JsonObject { ["filtered"] = false, ["severity"] = "safe" } };
}
