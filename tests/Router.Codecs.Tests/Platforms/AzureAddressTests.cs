using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Platforms;

/// <summary>Where requests go, however the endpoint is stated.</summary>
public class AzureAddressTests
{
    private const string Chat = "/chat/completions", Responses = "/responses", Messages = "/v1/messages";
    private const string V1 = "https://r.openai.azure.com/openai/v1/chat/completions";
    private const string Classic = "https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21";

    [Theory]
    // The v1 API, from the resource up to the whole address.
    [InlineData("https://r.openai.azure.com", null, V1)]
    [InlineData("https://r.openai.azure.com/", null, V1)]
    [InlineData("https://r.openai.azure.com/openai", null, V1)]
    [InlineData("https://r.openai.azure.com/openai/v1", null, V1)]
    [InlineData("https://r.openai.azure.com/openai/v1/", null, V1)]
    [InlineData(V1, null, V1)]
    [InlineData("https://r.openai.azure.com", "v1", V1)]
    [InlineData("https://r.openai.azure.com", "latest", V1)]
    [InlineData("https://r.openai.azure.com", "preview", V1 + "?api-version=preview")]
    [InlineData("https://r.openai.azure.com/openai/v1", "preview", V1 + "?api-version=preview")]
    [InlineData("https://r.openai.azure.com/openai/v1", "2024-10-21", V1)] // the address says that it is the v1 API
    [InlineData(V1, "2024-10-21", V1)]
    // Other hosts of the same.
    [InlineData("https://r.cognitiveservices.azure.com", null, "https://r.cognitiveservices.azure.com/openai/v1/chat/completions")]
    [InlineData("https://r.services.ai.azure.com", null, "https://r.services.ai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://r.services.ai.azure.com/api/projects/p", null, "https://r.services.ai.azure.com/api/projects/p/openai/v1/chat/completions")]
    [InlineData("https://gateway.azure-api.net/team", null, "https://gateway.azure-api.net/team/openai/v1/chat/completions")]
    [InlineData("https://gateway.azure-api.net/team/v1", null, "https://gateway.azure-api.net/team/v1/chat/completions")]
    // With a version, the deployment is in the path.
    [InlineData("https://r.openai.azure.com", "2024-10-21", Classic)]
    [InlineData("https://r.openai.azure.com/openai", "2024-10-21", Classic)]
    [InlineData("https://r.openai.azure.com?api-version=2024-10-21", null, Classic)]
    [InlineData("https://r.openai.azure.com/openai/deployments/my-gpt", null, Classic)]
    [InlineData("https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions", null, Classic)]
    [InlineData("https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2025-04-01-preview", null, "https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2025-04-01-preview")]
    [InlineData("https://r.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2025-04-01-preview", "2024-10-21", Classic)]
    [InlineData("https://gateway.azure-api.net/team", "2024-10-21", "https://gateway.azure-api.net/team/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21")]
    // The models of Foundry.
    [InlineData("https://r.services.ai.azure.com/models", null, "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview")]
    [InlineData("https://r.services.ai.azure.com/models/chat/completions", null, "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview")]
    [InlineData("https://r.services.ai.azure.com/models", "2025-01-01", "https://r.services.ai.azure.com/models/chat/completions?api-version=2025-01-01")]
    public void Chat_goes_to(string endpoint, string? version, string expected) => Assert.Equal(expected, AzureAddress.Of(endpoint, Chat, "my-gpt", version));

    [Theory]
    [InlineData("https://r.openai.azure.com", null, "https://r.openai.azure.com/openai/v1/responses")]
    [InlineData("https://r.openai.azure.com/openai/v1", null, "https://r.openai.azure.com/openai/v1/responses")]
    [InlineData("https://r.services.ai.azure.com", null, "https://r.services.ai.azure.com/openai/v1/responses")]
    [InlineData("https://r.services.ai.azure.com/models", null, "https://r.services.ai.azure.com/openai/v1/responses")]
    [InlineData("https://r.openai.azure.com", "2025-04-01-preview", "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview")]
    [InlineData("https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview", null, "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview")]
    public void Responses_go_to(string endpoint, string? version, string expected) => Assert.Equal(expected, AzureAddress.Of(endpoint, Responses, "my-gpt", version));

    [Theory]
    [InlineData("https://r.openai.azure.com", null, "https://r.openai.azure.com/openai/v1/responses/input_tokens")]
    [InlineData("https://r.openai.azure.com/openai/v1/responses", null, "https://r.openai.azure.com/openai/v1/responses/input_tokens")]
    [InlineData("https://r.services.ai.azure.com/models", null, "https://r.services.ai.azure.com/openai/v1/responses/input_tokens")]
    [InlineData("https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview", null, "https://r.openai.azure.com/openai/responses/input_tokens?api-version=2025-04-01-preview")]
    public void Their_tokens_are_counted_at(string endpoint, string? version, string expected) => Assert.Equal(expected, AzureAddress.Of(endpoint, Responses + "/input_tokens", "my-gpt", version));

    [Theory]
    [InlineData("https://r.services.ai.azure.com")]
    [InlineData("https://r.services.ai.azure.com/anthropic")]
    [InlineData("https://r.services.ai.azure.com/anthropic/")]
    [InlineData("https://r.services.ai.azure.com/anthropic/v1")]
    [InlineData("https://r.services.ai.azure.com/anthropic/v1/messages")]
    [InlineData("https://r.services.ai.azure.com/models")]
    [InlineData("https://r.services.ai.azure.com/openai/v1")]
    public void Claude_is_at(string endpoint) => Assert.Equal("https://r.services.ai.azure.com/anthropic/v1/messages", AzureAddress.Of(endpoint, Messages, "claude-haiku-5-5", null));

    [Fact]
    public void A_deployments_name_is_one_part_of_the_path() =>
        Assert.Equal("https://r.openai.azure.com/openai/deployments/a%2Fb%3F/chat/completions?api-version=2024-10-21", AzureAddress.Of("https://r.openai.azure.com", Chat, "a/b?", "2024-10-21"));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("/")]
    [InlineData("no url")]
    [InlineData("https://r?api-version")]
    [InlineData("https://r?api-version=")]
    [InlineData("https://r?a=b&&=")]
    public void Whatever_is_stated_nothing_is_thrown(string endpoint)
    {
        foreach (string path in (string[])[Chat, Responses, Messages]) Assert.NotEmpty(AzureAddress.Of(endpoint, path, "m", null));
    }

    [Theory]
    [InlineData("https://r.openai.azure.com", null, "https://r.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("https://r.openai.azure.com", "2024-10-21", "https://r.openai.azure.com/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21")]
    public void The_platform_names_the_deployment_of_its_codec(string endpoint, string? version, string expected)
    {
        Codec codec = OpenAIChat.OpenAIWire.Codec;
        string deployment = codec.Profile.Model;

        Assert.Equal(expected.Replace("gpt-4o-mini", deployment), new AzurePlatform(version).AddressOf(endpoint, codec, streaming: true));
    }
}
