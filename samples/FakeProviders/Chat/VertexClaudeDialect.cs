using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>Claude as Vertex AI serves it: the model is in the path, the API's version in the body, and who asks shows a token. What comes from Google has Google's form.</summary>
internal sealed class VertexClaudeDialect(TimeProvider time) : AnthropicDialect(time)
{
    /// <summary>The token that is issued, and taken.</summary>
    public const string Token = "ya29.fake-token-of-a-machine";

    private static readonly ModelPath Paths = new("/publishers/anthropic/models/", ":rawPredict", ":streamRawPredict");

    public override string PathSuffix => Paths.Whole;

    public override bool Serves(ReadOnlySpan<char> path) => Paths.Serves(path);

    public override string? ModelOf(string path, JsonElement body) => Paths.ModelOf(path);

    public override bool IsStreamed(string path, JsonElement body) => Paths.IsStreamed(path);

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (headers.Authorization != "Bearer " + Token) return Error(401);
        if (body is not { ValueKind: JsonValueKind.Object } json) return Error(400);
        if (json.Find("model") is not null) return Error(400);
        return json.FindString("anthropic_version") == "vertex-2023-10-16" ? CheckBody(json) : Error(400);
    }

    public override Refusal Error(int statusCode) => statusCode switch
    {
        400 => Google(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
        401 => Google(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token."),
        403 => Google(403, "PERMISSION_DENIED", "Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/p' (or it may not exist)."),
        404 => Google(404, "NOT_FOUND", "Publisher Model `projects/p/locations/global/publishers/anthropic/models/x` was not found or your project does not have access to it."),
        429 => Google(429, "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later."),
        _ => base.Error(statusCode),
    };

    private static Refusal Google(int status, string name, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = name } });
}
