using System.Globalization;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;

namespace RouterGen.EndToEnd.Tests;

/// <summary>
/// What calls cost, by the price lists that providers have published (as of 2026-11-28): a table for each thing that prices depend on. The
/// usage is what the provider would answer.
/// </summary>
public class PublishedPriceTests
{
    private const string Noon = "2026-11-28T12:00:00Z"; // a Saturday

    [Theory]
    [InlineData("gpt-6-sol", 272_000, 1_000, "0.554")] // 2 and 10
    [InlineData("gpt-6-sol", 272_001, 1_000, "1.103004")] // 4 and 15
    [InlineData("grok", 199_999, 1_000, "0.405998")] // 2 and 6
    [InlineData("grok", 200_000, 1_000, "0.812")] // 4 and 12
    [InlineData("gemini-pro", 200_000, 1_000, "0.26")] // 1.25 and 10
    [InlineData("gemini-pro", 200_001, 1_000, "0.5150025")] // 2.5 and 15
    [InlineData("haiku", 100_000, 1_000, "0.0105")] // 0.10 and 0.50
    [InlineData("haiku", 100_001, 1_000, "0.0525005")] // 0.50 and 2.50
    public async Task By_the_length_of_the_prompt(string group, int input, int output, string usd) =>
        await CostsAsync(group, group is "haiku" ? $$"""{"input_tokens":{{input}},"output_tokens":{{output}}}""" : Usage(input, output), usd);

    [Fact]
    public async Task Cached_tokens_count_for_the_length_and_cost_twice_as_much_then() => await CostsAsync(
        "gpt-6-sol",
        """{"prompt_tokens":300000,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":290000}}""",
        "0.156"); // 10,000 for 4, 290,000 for 0.40

    [Theory]
    [InlineData("gpt-5-mini", null, "flex", "0.0000575")] // half of 0.25 and 2
    [InlineData("gpt-5-mini", null, "batch", "0.0000575")]
    [InlineData("gpt-5-mini", null, "priority", "0.000207")] // 0.45 and 3.60
    [InlineData("gpt-5-mini", null, "default", "0.000115")]
    [InlineData("gpt-5-mini", "priority", "default", "0.000115")] // What was answered counts,
    [InlineData("gpt-5-mini", "flex", null, "0.0000575")] // then what was asked for.
    [InlineData("gpt-5-mini", "auto", null, "0.000115")]
    [InlineData("gpt-5-mini", null, "scale", "0.000115")] // A tier that is not known costs what most calls do.
    [InlineData("opus", null, "batch", "0.0007")] // half of 4 and 20
    [InlineData("opus", null, "standard", "0.0014")]
    public async Task By_the_service_tier(string group, string? asked, string? answered, string usd) =>
        await CostsAsync(group, group is "opus" ? """{"input_tokens":100,"output_tokens":50}""" : Usage(60, 50), usd, asked: asked, answered: answered);

    [Theory]
    [InlineData("2026-11-30T23:59:59Z", "gemini-4", "12")] // 2 and 10
    [InlineData("2026-12-01T00:00:00Z", "gemini-4", "24")] // 4 and 20
    [InlineData("2026-11-30T23:59:59Z", "gemini-pro", "17.5")] // above 200,000: 2.50 and 15
    [InlineData("2026-12-01T00:00:00Z", "gemini-pro", "4.5")] // Its successor answers, for 0.75 and 3.75.
    [InlineData("2027-01-01T00:00:00Z", "gemini-pro", "9")] // 1.50 and 7.50
    public async Task By_the_day(string at, string group, string usd) => await CostsAsync(group, Usage(1_000_000, 1_000_000), usd, at);

    [Theory]
    [InlineData("2026-11-30T00:59:59Z", "0.75")] // a Monday: 0.15 and 0.60
    [InlineData("2026-11-30T01:00:00Z", "1.5")] // 0.30 and 1.20
    [InlineData("2026-11-30T03:59:59Z", "1.5")]
    [InlineData("2026-11-30T04:00:00Z", "0.75")]
    [InlineData("2026-12-04T06:00:00Z", "1.5")] // a Friday
    [InlineData("2026-12-04T10:00:00Z", "0.75")]
    [InlineData("2026-12-05T02:00:00Z", "0.75")] // a Saturday
    public async Task By_the_hour(string at, string usd) => await CostsAsync("deepseek", Usage(1_000_000, 1_000_000), usd, at);

    [Theory]
    [InlineData("""{"input_tokens":1000,"output_tokens":0,"cache_creation_input_tokens":3000,"cache_creation":{"ephemeral_5m_input_tokens":1000,"ephemeral_1h_input_tokens":2000}}""", "0.025")] // 4, 5, 8
    [InlineData("""{"input_tokens":1000,"output_tokens":0,"cache_creation_input_tokens":1000}""", "0.009")]
    [InlineData("""{"input_tokens":0,"output_tokens":10,"cache_read_input_tokens":1000000}""", "0.2002")] // 0.20
    public async Task By_how_long_the_cache_keeps_it(string usage, string usd) => await CostsAsync("opus", usage, usd);

    [Theory]
    [InlineData("audio", """{"prompt_tokens":1000,"completion_tokens":500,"prompt_tokens_details":{"audio_tokens":900},"completion_tokens_details":{"audio_tokens":400}}""", "0.06925")] // 2.50 and 10; audio 40 and 80
    [InlineData("gemini-flash", """{"promptTokenCount":1000,"candidatesTokenCount":0,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":1000}]}""", "0.001")]
    public async Task By_what_the_tokens_are(string group, string usage, string usd) => await CostsAsync(group, usage, usd);

    [Theory]
    [InlineData("opus", """{"input_tokens":0,"output_tokens":100,"server_tool_use":{"web_search_requests":3}}""", "0.032")] // 10 for a thousand searches
    [InlineData("sonar", """{"prompt_tokens":1000,"completion_tokens":1000}""", "0.007")] // 5 for a thousand requests

    // The example of https://docs.perplexity.ai/getting-started/pricing: 2 for input and citations, 8 for output, 3 for thoughts, 5 for a thousand searches.
    [InlineData("research", """{"prompt_tokens":33,"completion_tokens":7163,"total_tokens":7196,"citation_tokens":20016,"num_search_queries":18,"reasoning_tokens":73997}""", "0.409393")]
    public async Task By_the_piece(string group, string usage, string usd) => await CostsAsync(group, usage, usd);

    [Theory]
    [InlineData(1_000, "0.013")] // 3, and the catalog's 10
    [InlineData(300_000, "0.915")] // The own price holds for each length; output costs 15 then.
    public async Task An_own_price_holds_for_each_length(int input, string usd) => await CostsAsync("own", Usage(input, 1_000), usd);

    [Fact]
    public async Task An_own_price_of_input_is_that_of_the_cache() => await CostsAsync(
        "own", """{"prompt_tokens":1000,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":900}}""", "0.003");

    [Theory]
    [InlineData("2026-11-30T02:00:00Z", "openai/gpt-6.1-terra")] // 1.32 and 3.96 at the peak, against 1 and 5
    [InlineData("2026-11-30T12:00:00Z", "deepseek/deepseek-v4-pro")] // 0.66 and 1.98
    public async Task The_lowest_cost_is_that_of_the_hour(string at, string deployment)
    {
        await using ByteServer server = Answering(Usage(10, 10), null);

        // Much input, little output.
        RoutedResponse reply = await Models(server, at).Cheapest.CompleteAsync(new string('a', 40_000), new ChatOptions { MaxOutputTokens = 10 });

        Assert.Equal(deployment, reply.Deployment);
    }

    private static async Task CostsAsync(string group, string usage, string usd, string at = Noon, string? asked = null, string? answered = null)
    {
        await using ByteServer server = Answering(usage, answered);
        PricedModels models = Models(server, at);
        ChatOptions? options = asked is null ? null : new ChatOptions { AdditionalProperties = new() { ["service_tier"] = asked } };
        ChatGroup[] groups =
        [
            models.Gpt6Sol, models.Gpt5Mini, models.Audio, models.Grok, models.Haiku, models.Opus, models.Gemini4, models.GeminiPro, models.GeminiFlash,
            models.Deepseek, models.Sonar, models.Research, models.Own,
        ];
        ChatGroup asking = groups.Single(one => one.Name == group);

        RoutedResponse reply = await asking.CompleteAsync("Hi", options);

        decimal expected = decimal.Parse(usd, CultureInfo.InvariantCulture);
        Assert.Equal(expected, reply.Cost);
        Assert.Equal(expected, asking.Deployments[0].Status.Spend.Spent);
    }

    private static PricedModels Models(ByteServer server, string at) => new(new RouterOptions
    {
        Seed = 1,
        TimeProvider = new Day(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)),
        Variables = name => name.EndsWith("_KEY", StringComparison.Ordinal) ? "sk-test" : name is "PRICED_URL" or "OPENAI_BASE_URL" or "ANTHROPIC_BASE_URL" ? server.Address : null,
    });

    private static string Usage(long input, long output) => $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}}""";

    /// <summary>The same counts as Gemini names them.</summary>
    private static string OfGemini(string usage) =>
        usage.Replace("prompt_tokens", "promptTokenCount").Replace("completion_tokens", "candidatesTokenCount").Replace("total_tokens", "totalTokenCount");

    private static ByteServer Answering(string usage, string? tier) => ByteServer.Answering(request => ByteServer.Head() + (request.Contains("/chat/completions")
        ? $$"""{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}],{{(tier is null ? "" : $"\"service_tier\":\"{tier}\",")}}"usage":{{usage}}}"""
        : request.Contains(":generateContent")
        ? $$"""{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}],"usageMetadata":{{OfGemini(usage)}}}"""
        : $$"""{"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{{(tier is null ? usage : usage.Insert(1, $"\"service_tier\":\"{tier}\","))}}}"""));

    /// <summary>A moment that does not pass.</summary>
    private sealed class Day(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
