using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>The service tier of a request: the call's, else the deployment's, in the dialect's word.</summary>
public class ServiceTierTests
{
    [Theory]
    [InlineData("openai", ServiceTier.Flex, "flex")]
    [InlineData("openai", ServiceTier.Priority, "priority")]
    [InlineData("openai", ServiceTier.Standard, "default")]
    [InlineData("openai", ServiceTier.Batch, null)]
    [InlineData("responses", ServiceTier.Flex, "flex")]
    [InlineData("responses", ServiceTier.Priority, "priority")]
    [InlineData("responses", ServiceTier.Standard, "default")]
    [InlineData("responses", ServiceTier.Batch, null)]
    [InlineData("anthropic", ServiceTier.Priority, "auto")]
    [InlineData("anthropic", ServiceTier.Standard, "standard_only")]
    [InlineData("anthropic", ServiceTier.Flex, null)]
    public void The_deployments_tier_is_asked_for(string dialect, ServiceTier tier, string? word)
    {
        (string? written, RequestWriter body) = Write(dialect, options: null, tier, ModelParameters.None);

        Assert.Equal(word, written);
        Assert.Equal(word is null ? ["service_tier: left out"] : null, body.Notes);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("responses")]
    [InlineData("anthropic")]
    public void What_the_provider_calls_it_goes_before_it(string dialect)
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["service_tier"] = "auto" } };

        Assert.Equal("auto", Write(dialect, options, ServiceTier.Standard, ModelParameters.ServiceTier).Written);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("responses")]
    [InlineData("anthropic")]
    public void Without_a_tier_none_is_asked_for(string dialect)
    {
        (string? written, RequestWriter body) = Write(dialect, options: null, tier: null, ModelParameters.ServiceTier);

        Assert.Null(written);
        Assert.Null(body.Notes);
    }

    private static (string? Written, RequestWriter Body) Write(string dialect, ChatOptions? options, ServiceTier? tier, ModelParameters parameters)
    {
        var body = new RequestWriter();
        var model = new ModelProfile("p", "m") { ServiceTier = tier, Parameters = parameters };
        var request = new ChatRequest([new ChatMessage(ChatRole.User, "Hi")], options, isStreaming: false);
        AttemptFailure? failure = dialect switch
        {
            "anthropic" => AnthropicRequest.Write(request, body, "{\"model\":\"m\""u8, model),
            "responses" => OpenAIResponsesRequest.Write(request, body, "{\"model\":\"m\""u8, model),
            _ => OpenAIChatRequest.Write(request, body, "{\"model\":\"m\""u8, model),
        };
        Assert.Null(failure);
        PublishedRequests.Check(dialect, body, request, model);
        using var json = System.Text.Json.JsonDocument.Parse(body.WrittenMemory);
        return (json.RootElement.TryGetProperty("service_tier", out System.Text.Json.JsonElement written) ? written.GetString() : null, body);
    }
}
