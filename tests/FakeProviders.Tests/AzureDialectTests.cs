using System.Text.Json;

namespace RouterGen.FakeProviders.Tests;

/// <summary>Azure, where a path names its API behind the resource.</summary>
public sealed class AzureDialectTests
{
    private const string V1 = "east/openai/v1/chat/completions", Classic = "east/openai/deployments/gpt-4o-mini/chat/completions";

    [Theory]
    [InlineData(V1, "api-key: k", 200)]
    [InlineData(V1, "Authorization: Bearer t", 200)]
    [InlineData(V1, "x-api-key: k", 401)]
    [InlineData(V1, "api-key: sk-wrong", 401)]
    [InlineData(V1 + "?api-version=preview", "api-key: k", 200)]
    [InlineData(V1 + "?api-version=2024-10-21", "api-key: k", 400)]
    [InlineData(Classic + "?api-version=2024-10-21", "api-key: k", 200)]
    [InlineData(Classic, "api-key: k", 404)]
    [InlineData("east/openai/deployments/other/chat/completions?api-version=2024-10-21", "api-key: k", 404)]
    [InlineData("openai/v1/chat/completions", "api-key: k", 401)] // OpenAI itself
    public async Task A_call_is_taken_by_its_address_and_key(string path, string header, int status)
    {
        await using var fakes = await FakeProviderServer.StartAsync();

        Assert.Equal(status, (await RawClient.PostAsync(fakes, path, RawClient.OpenAIBody(), header)).StatusCode);
    }

    [Fact]
    public async Task A_stream_begins_with_what_the_filter_found()
    {
        await using var fakes = await FakeProviderServer.StartAsync();

        RawAnswer answer = await RawClient.PostAsync(fakes, V1, RawClient.OpenAIBody(stream: true), "api-key: k");

        string first = answer.Body[answer.Body.IndexOf('{')..answer.Body.IndexOf("\n\n", StringComparison.Ordinal)];
        using JsonDocument chunk = JsonDocument.Parse(first.Trim());
        Assert.Equal(0, chunk.RootElement.GetProperty("choices").GetArrayLength());
        Assert.True(chunk.RootElement.TryGetProperty("prompt_filter_results", out _));
        Assert.Contains("apim-request-id: ", answer.Head, StringComparison.OrdinalIgnoreCase);
    }
}
