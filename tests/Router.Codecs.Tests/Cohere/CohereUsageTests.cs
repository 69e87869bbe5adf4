using Microsoft.Extensions.AI;
using static RouterGen.Codecs.Tests.CohereChat.CohereWire;

namespace RouterGen.Codecs.Tests.CohereChat;

/// <summary>What is billed is what is priced, so that is the usage; what was processed beside it is told apart.</summary>
public class CohereUsageTests
{
    [Fact]
    public void The_usage_is_what_is_billed()
    {
        UsageDetails usage = Read("""{"billed_units":{"input_tokens":5,"output_tokens":418},"tokens":{"input_tokens":71,"output_tokens":420}}""")!;
        Assert.Equal((5, 418, 423), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((71, 420), (usage.AdditionalCounts![CohereUsage.ProcessedInput], usage.AdditionalCounts[CohereUsage.ProcessedOutput]));
        Assert.Null(usage.CachedInputTokenCount);
    }

    [Fact]
    public void What_was_processed_stands_in_where_nothing_is_billed()
    {
        UsageDetails usage = Read("""{"tokens":{"input_tokens":71.0,"output_tokens":4}}""")!;
        Assert.Equal((71, 4, 75), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Null(usage.AdditionalCounts);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(64, 5)]
    public void No_more_is_cached_than_is_billed(int cached, int expected) =>
        Assert.Equal(expected, Read($$$"""{"billed_units":{"input_tokens":5,"output_tokens":1},"cached_tokens":{{{cached}}}}""")!.CachedInputTokenCount);

    [Fact]
    public void Searches_are_counted_apart() => Assert.Equal(2, Read("""{"billed_units":{"input_tokens":5,"output_tokens":1,"search_units":2,"classifications":0}}""")!.AdditionalCounts!["search_units"]);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"billed_units":{"input_tokens":-1},"tokens":"many"}""")]
    public void Without_counts_there_is_no_usage(string json) => Assert.Null(Read(json));

    private static UsageDetails? Read(string usage) => Reply($$$"""{"message":{"content":[{"type":"text","text":"Hi"}]},"finish_reason":"COMPLETE","usage":{{{usage}}}}""").Usage;
}
