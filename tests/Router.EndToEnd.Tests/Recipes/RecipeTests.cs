using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;

namespace RouterGen.EndToEnd.Tests.Recipes;

/// <summary>The recipes of docs/recipes.md do what they say.</summary>
public sealed class RecipeTests
{
    private const string Answer = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100000,"completion_tokens":0,"total_tokens":100000}}""";

    private static readonly string Fine = ByteServer.Head() + Answer;

    [Fact]
    public async Task Flex_first_and_standard_where_there_is_no_room()
    {
        await using ByteServer server = ByteServer.Answering(request => !request.Contains("service_tier", StringComparison.Ordinal)
            ? Fine
            : ByteServer.Head(status: "429 Too Many Requests") + """{"error":{"message":"Flex capacity is not available.","type":"resource_unavailable","code":"resource_unavailable"}}""");
        RecipeModels models = Models(server);

        RoutedResponse reply = await models.FlexFirst.CompleteAsync("Hi");
        RoutedResponse next = await models.FlexFirst.CompleteAsync("Hi");

        Assert.Equal(["flex", "standard"], reply.Attempts.Select(attempt => attempt.Deployment));
        Assert.Equal(0.01m, reply.Cost);
        Assert.Equal("standard", Assert.Single(next.Attempts).Deployment);
        Assert.Contains("\"service_tier\":\"flex\"", server.Requests[0]);
    }

    [Fact]
    public async Task Flex_costs_half_and_a_call_may_ask_for_priority()
    {
        await using ByteServer server = ByteServer.Answering(_ => Fine);
        RecipeModels models = Models(server);

        RoutedResponse cheap = await models.FlexFirst.CompleteAsync("Hi");
        RoutedResponse urgent = await models.FlexFirst.CompleteAsync("Hi", new ChatOptions().WithRouting(new CallOptions { ServiceTier = ServiceTier.Priority }));

        Assert.Equal((0.005m, 0.02m), (cheap.Cost, urgent.Cost));
        Assert.Contains("\"service_tier\":\"priority\"", server.Requests[1]);
    }

    [Fact]
    public async Task An_API_without_tiers_is_asked_without_one_and_the_answer_says_so()
    {
        await using ByteServer server = ByteServer.Answering(_ => ByteServer.Head() + """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"Hello"}]},"finish_reason":"COMPLETE"}""");

        RoutedResponse reply = await Models(server).NoTiers.CompleteAsync("Hi", new ChatOptions().WithRouting(new CallOptions { ServiceTier = ServiceTier.Priority }));

        Assert.Equal(["service_tier: left out"], Assert.IsType<string[]>(reply.AdditionalProperties![RoutedResponse.LeftOutProperty]));
        Assert.DoesNotContain("tier", server.Requests[0]);
    }

    [Fact]
    public async Task An_image_that_is_too_large_for_one_API_goes_to_another()
    {
        await using ByteServer server = ByteServer.Answering(_ => Fine);
        var picture = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[8 << 20], "image/png")]);

        RoutedResponse reply = await Models(server).LargeMedia.CompleteAsync([picture]);

        Assert.Equal("openai/gpt-6-luna", reply.ModelUsed);
        Assert.Single(server.Requests);
        Attempt refused = reply.Attempts[0];
        Assert.Equal(("anthropic/claude-haiku-5-5", FailureKind.Unsupported), (refused.Deployment, refused.Outcome));
        Assert.Equal("Anthropic's API takes no image of more than 7.5 MB, and one of type 'image/png' has 8 MB.", refused.Message);
    }

    [Fact]
    public async Task Ollama_is_where_its_variable_says()
    {
        await using ByteServer server = ByteServer.Answering(request => request.StartsWith("POST /api/chat ", StringComparison.Ordinal)
            ? ByteServer.Head() + """{"model":"qwen3","message":{"role":"assistant","content":"Hello"},"done":true,"done_reason":"stop"}"""
            : Fine);
        RecipeModels models = Models(server);

        await models.OwnServer.CompleteAsync("Hi");
        await models.OwnServerCompatible.CompleteAsync("Hi");

        Assert.StartsWith("POST /api/chat ", server.Requests[0]);
        Assert.StartsWith("POST /v1/chat/completions ", server.Requests[1]);
    }

    [Fact]
    public async Task The_second_key_where_the_first_is_at_its_limit()
    {
        await using ByteServer server = ByteServer.Answering(request => request.Contains("Bearer one", StringComparison.Ordinal)
            ? ByteServer.Head(status: "429 Too Many Requests", more: "Retry-After: 60\r\n") + """{"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}}"""
            : Fine);
        RecipeModels models = Models(server);

        for (int i = 0; i < 4; i++) Assert.Equal("second", (await models.TwoKeys.CompleteAsync("Hi")).Deployment);

        Assert.Equal(4, server.Requests.Count(request => request.Contains("Bearer two", StringComparison.Ordinal)));
        Assert.InRange(server.Requests.Length, 4, 5);
    }

    [Fact]
    public async Task A_call_that_must_stay_in_the_EU_fails_rather_than_leaves_it()
    {
        await using ByteServer server = ByteServer.Answering(request => request.Contains("mistral", StringComparison.Ordinal) ? ByteServer.Head(status: "500 Internal Server Error") : Fine);
        RecipeModels models = Models(server);
        var staying = new CallOptions { Region = "eu", MaxWait = TimeSpan.Zero };

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => models.Eu.CompleteAsync("Hi", new ChatOptions().WithRouting(staying)));

        Assert.All(failure.Attempts, attempt => Assert.Equal("mistral/mistral-small-latest", attempt.Deployment));
        Assert.DoesNotContain(server.Requests, request => request.Contains("gpt-6-luna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cheapest_that_can_do_it()
    {
        await using ByteServer server = ByteServer.Answering(_ => Fine);
        RecipeModels models = Models(server);
        var picture = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]);

        Assert.Equal("groq/llama-3.1-8b-instant", (await models.Cheapest.CompleteAsync("Hi")).ModelUsed);
        Assert.Equal("openai/gpt-6-sol", (await models.Cheapest.CompleteAsync([picture])).ModelUsed);
    }

    [Fact]
    public async Task The_local_model_first_and_the_cloud_when_it_is_busy()
    {
        await using ByteServer server = ByteServer.Answering(_ => Fine);
        RecipeModels models = Models(server);

        await using IAsyncEnumerator<ChatResponseUpdate> busy = models.LocalFirst.StreamAsync("Hi").GetAsyncEnumerator();
        Assert.True(await busy.MoveNextAsync()); // It has its place until it ends.
        Assert.Equal("openai/gpt-6-luna", (await models.LocalFirst.CompleteAsync("Hi")).ModelUsed);
        while (await busy.MoveNextAsync())
        {
        }

        Assert.Equal("vllm/llama", (await models.LocalFirst.CompleteAsync("Hi")).ModelUsed);
    }

    private static RecipeModels Models(ByteServer server) => new(new RouterOptions
    {
        Variables = name => name switch
        {
            "RECIPE_URL" => server.Address,
            "OLLAMA_HOST" => new Uri(server.Address).Authority, // As Ollama has it: without a scheme.
            "FIRST_KEY" => "one",
            "SECOND_KEY" => "two",
            _ => "key",
        },
    });
}
