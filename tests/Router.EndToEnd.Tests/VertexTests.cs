using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Models of Vertex AI, with tokens of the metadata server.</summary>
[ModelGroup("claude", MaxAttempts = 1)]
[Deployment("vertex_ai/claude-haiku-4-5@20251001", EndpointEnv = "VERTEX_URL")]
public sealed partial class VertexFleet;

[ModelGroup("gemini", MaxAttempts = 1)]
[Deployment("vertex_ai/gemini-3.8-flash", EndpointEnv = "VERTEX_URL")]
public sealed partial class VertexFleet;

[ModelGroup("open", MaxAttempts = 1)]
[Deployment("vertex_ai/deepseek-ai/deepseek-v3.2-maas", EndpointEnv = "VERTEX_URL")]
public sealed partial class VertexFleet;

/// <summary>Vertex AI over real sockets: whole and streamed answers, tokens, refusals.</summary>
public sealed class VertexTests
{
    private static readonly Dictionary<string, Func<VertexFleet, ChatGroup>> Groups = new()
    {
        ["claude"] = static fleet => fleet.Claude,
        ["gemini"] = static fleet => fleet.Gemini,
        ["open"] = static fleet => fleet.Open,
    };

    private const string Claude = "vertex/claude-haiku-4-5@20251001";
    private const string Project = "/vertex/v1/projects/my-project/locations/global";

    [Theory]
    [InlineData("claude", Way.Whole, "claude-haiku-4-5@20251001", "/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict")]
    [InlineData("claude", Way.Streamed, "claude-haiku-4-5@20251001", "/publishers/anthropic/models/claude-haiku-4-5@20251001:streamRawPredict")]
    [InlineData("claude", Way.Synchronous, "claude-haiku-4-5@20251001", "/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict")]
    [InlineData("gemini", Way.Whole, "gemini-3.8-flash", "/publishers/google/models/gemini-3.8-flash:generateContent")]
    [InlineData("gemini", Way.Streamed, "gemini-3.8-flash", "/publishers/google/models/gemini-3.8-flash:streamGenerateContent?alt=sse")]
    [InlineData("open", Way.Whole, "deepseek-ai/deepseek-v3.2-maas", "/endpoints/openapi/chat/completions")]
    [InlineData("open", Way.Streamed, "deepseek-ai/deepseek-v3.2-maas", "/endpoints/openapi/chat/completions")]
    public async Task A_model_answers_at_its_address_to_a_token(string group, Way way, string model, string path)
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();

        Got got = await Groups[group](FleetOf(server)).AskAsync(way);

        Assert.EndsWith("You said: \"Hi\"", got.Text);
        Assert.Equal("vertex_ai/" + model, got.Deployment);
        Assert.True(got.Cost > 0);
        RecordedRequest request = Assert.Single(server["vertex/" + model].Requests);
        Assert.Equal(Project + path, request.Path);
        Assert.Equal("Bearer ya29.fake-token-of-a-machine", request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("x-api-key"));
        Assert.Equal(group is "claude", request.Body.StartsWith("""{"anthropic_version":"vertex-2023-10-16",""", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, FailureKind.PermissionDenied)]
    [InlineData(404, FailureKind.ModelNotFound)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(529, FailureKind.Overloaded)]
    public async Task What_Google_or_Anthropic_refuses_is_understood(int status, FailureKind kind)
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        server[Claude].Always(Fault.Status(status));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => FleetOf(server).Claude.AskAsync(Way.Whole));

        Assert.Equal(kind, failure.Attempts[0].Outcome);
        Assert.DoesNotContain("ya29", failure.ToString());
    }

    [Fact]
    public async Task Without_a_project_the_deployment_says_which_variables_are_missing()
    {
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => new VertexFleet(new RouterOptions { Variables = static _ => null }).Claude.AskAsync(Way.Whole));

        Assert.Contains("GOOGLE_CLOUD_PROJECT", failure.ToString());
    }

    private static VertexFleet FleetOf(FakeProviderServer server)
    {
        var variables = new Dictionary<string, string>
        {
            ["VERTEX_URL"] = new Uri(server.BaseAddress, Project).ToString(),
            ["GCE_METADATA_HOST"] = server.BaseAddress.Authority,
        };
        return new VertexFleet(new RouterOptions { Seed = 1, Variables = variables.GetValueOrDefault });
    }
}
