using Microsoft.Extensions.AI;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicUsageTests
{
    [Fact]
    public void Thinking_tokens_are_reasoning_and_part_of_the_output()
    {
        UsageDetails usage = Read("""{"input_tokens":3,"output_tokens":20,"output_tokens_details":{"thinking_tokens":12}}""");
        Assert.Equal((20, 23, 12), (usage.OutputTokenCount, usage.TotalTokenCount, usage.ReasoningTokenCount));
    }

    [Theory]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20}}""", 33, 30, 20)]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20}}""", 33, 30, 20)]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":30,"ephemeral_1h_input_tokens":0}}""", 33, 30, null)]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cache_creation_input_tokens":5,"cache_creation":{"ephemeral_1h_input_tokens":20}}""", 8, 5, 5)]
    [InlineData("""{"input_tokens":3,"output_tokens":2,"cache_creation_input_tokens":30,"cache_creation":null}""", 33, 30, null)]
    public void Cache_writes_are_split_by_how_long_they_are_kept(string json, int input, int written, int? longWritten)
    {
        UsageDetails usage = Read(json);
        Assert.Equal(input, usage.InputTokenCount);
        Assert.Equal(written, usage.AdditionalCounts![UsageCounts.CacheWrites]);
        Assert.Equal(longWritten, usage.AdditionalCounts.TryGetValue(UsageCounts.LongCacheWrites, out long count) ? (int?)count : null);
    }

    [Fact]
    public void Searches_of_the_provider_are_readable()
    {
        UsageDetails usage = Read("""{"input_tokens":3,"output_tokens":2,"server_tool_use":{"web_search_requests":4,"web_fetch_requests":0}}""");
        Assert.Equal(4, Assert.Single(usage.AdditionalCounts!).Value);
    }

    [Fact]
    public void In_a_stream_each_count_is_the_last_that_was_reported()
    {
        UsageDetails usage = Stream(
            """{"type":"message_start","message":{"usage":{"input_tokens":3,"output_tokens":1,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_1h_input_tokens":30}}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"x"}}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":20,"output_tokens_details":{"thinking_tokens":12}}}""",
            """{"type":"message_stop"}""")[^1].Contents.OfType<UsageContent>().Single().Details;
        Assert.Equal((33, 20, 12), (usage.InputTokenCount, usage.OutputTokenCount, usage.ReasoningTokenCount));
        Assert.Equal(30, usage.AdditionalCounts![UsageCounts.LongCacheWrites]);
    }

    private static UsageDetails Read(string usage) => Reply($$"""{"type":"message","content":[],"stop_reason":"end_turn","usage":{{usage}}}""").Usage!;
}
