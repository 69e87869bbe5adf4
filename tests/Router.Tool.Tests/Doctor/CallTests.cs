using System.Text.Json;
using RouterGen.FakeProviders;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests.Doctor;

/// <summary>The smallest call of each kind, through the group's own codec; and what is not called.</summary>
public sealed class CallTests : DoctorRun
{
    [Theory]
    [InlineData("openai/gpt-6-luna", "", "/v1", "/openai/v1/chat/completions", "\"max_completion_tokens\":1")]
    [InlineData("openai/gpt-6-luna", "\"dialect\": \"openAIResponses\", ", "/v1", "/openai/v1/responses", "\"max_output_tokens\":16")]
    [InlineData("anthropic/claude-haiku-5-5", "", "", "/anthropic/v1/messages", "\"max_tokens\":1")]
    [InlineData("openai/text-embedding-3-small", "", "/v1", "/openai/v1/embeddings", "\"input\":")]
    [InlineData("cohere/rerank-v4.0-pro", "", "/v2", "/cohere/v2/rerank", "\"documents\":[\"Hi\"]")]
    [InlineData("openai/omni-moderation-latest", "", "/v1", "/openai/v1/moderations", "\"input\":")]
    [InlineData("vllm/base", "\"kind\": \"completion\", ", "/v1", "/vllm/v1/completions", "\"max_tokens\":1")]
    [InlineData("openai/gpt-4o-mini-tts", "", "/v1", "/openai/v1/audio/speech", "\"input\":\"Hi\"")]
    public async Task Each_kind_has_its_smallest_call(string model, string members, string suffix, string path, string body)
    {
        Declare(model, members, suffix);

        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor", "--json"));

        RecordedRequest request = Assert.Single(Server[model].Requests);
        Assert.Equal(path, request.Path);
        Assert.Contains(body, request.Body);
        Assert.Equal("0", Tool.Json.GetProperty("deployments")[0].GetProperty("latencyMilliseconds").GetRawText());
    }

    [Theory]
    [InlineData("openai/text-embedding-3-small", "/v1")]
    [InlineData("cohere/rerank-v4.0-pro", "/v2")]
    [InlineData("openai/omni-moderation-latest", "/v1")]
    [InlineData("openai/gpt-4o-mini-tts", "/v1")]
    public async Task A_refusal_of_any_kind_of_call_is_told_once_and_not_tried_again(string model, string suffix)
    {
        Declare(model, "", suffix);
        Server[model].Always(Fault.Status(401, $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""));

        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));

        JsonElement finding = Assert.Single(Tool.Json.GetProperty("deployments")[0].GetProperty("findings").EnumerateArray());
        Assert.Equal(("error", "key"), (finding.GetProperty("level").GetString(), finding.GetProperty("check").GetString()));
        Assert.StartsWith("the key is not accepted, 401", finding.GetProperty("message").GetString());
        Assert.Equal("put a valid key into SHOP_KEY, and look at what it is allowed", finding.GetProperty("advice").GetString());
        Assert.DoesNotContain("a1b2c3d4", Tool.Out);
        Assert.Equal(1, Server[model].Calls);
    }

    [Theory]
    [InlineData("openai/gpt-image-1", "not asked for images: the smallest image costs cents")]
    [InlineData("openai/gpt-4o-mini-transcribe", "not asked for transcription: it needs a recording")]
    public async Task What_is_not_called_is_said_with_its_reason(string model, string message)
    {
        Declare(model, "", "/v1");
        Server.Models.Set("openai", new FakeModelList(model.Split('/')[1]) { Key = Key });
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));
        Assert.Contains("- shop, " + model + ": " + message, Tool.Out);
        Assert.Equal(0, Server[model].Calls);
    }

    [Fact]
    public async Task A_shadow_is_asked_too_and_limits_and_budgets_hold_no_call_back()
    {
        Tool.Write("models.json", $$"""
            { "groups": { "shop": { "budget": 0.000001, "deployments": [
              { "model": "openai/gpt-6-luna", "rpm": 1, "tpm": 1, "endpoint": "{{Server.BaseAddress}}openai/v1", "apiKeyEnv": "SHOP_KEY" },
              { "model": "openai/gpt-6-sol", "mirrorShare": 0.5, "endpoint": "{{Server.BaseAddress}}openai/v1", "apiKeyEnv": "SHOP_KEY" }
            ] } } }
            """);
        await Tool.RunAsync("doctor");
        Assert.EndsWith("All is well.\n", Tool.Out);
        Assert.Equal((1, 1), (Server["openai/gpt-6-luna"].Calls, Server["openai/gpt-6-sol"].Calls));
    }

    [Fact]
    public async Task A_key_that_is_refused_for_one_deployment_keeps_none_from_being_asked()
    {
        Tool.Write("models.json", $$"""
            { "groups": { "shop": { "fallbacks": ["other"], "deployments": [
              { "model": "openai/gpt-6-luna", "endpoint": "{{Server.BaseAddress}}openai/v1", "apiKeyEnv": "SHOP_KEY" },
              { "model": "openai/gpt-6-sol", "endpoint": "{{Server.BaseAddress}}openai/v1", "apiKeyEnv": "SHOP_KEY" }
            ] }, "other": { "deployments": [{ "model": "anthropic/claude-haiku-5-5", "endpoint": "{{Server.BaseAddress}}anthropic", "apiKeyEnv": "SHOP_KEY" }] } } }
            """);
        Server["openai/gpt-6-luna"].Always(Fault.Status(401));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor"));
        Assert.Equal((1, 1, 1), (Server["openai/gpt-6-luna"].Calls, Server["openai/gpt-6-sol"].Calls, Server["anthropic/claude-haiku-5-5"].Calls));
    }

    private void Declare(string model, string members, string suffix) =>
        Tool.Write("models.json", $$"""{ "groups": { "shop": { "deployments": [{ {{members}}"model": "{{model}}", "inputPrice": 1, "outputPrice": 1, "apiKeyEnv": "SHOP_KEY", "endpoint": "{{Server.BaseAddress}}{{model.Split('/')[0]}}{{suffix}}" }] } } }""");
}
