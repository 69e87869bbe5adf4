using Microsoft.Extensions.AI;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Token counts add up: thoughts are output, what tools found is input, the cache is part of the prompt.</summary>
public class GeminiUsageTests
{
    private static UsageDetails? Of(string usage) => GeminiWire.Reply(GeminiWire.Answer("""{"text":"x"}""")[..^1] + $$$""","usageMetadata":{{{usage}}}}""").Usage;

    [Theory]
    [InlineData("""{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}""", 10, 5, null, null)]
    [InlineData("""{"promptTokenCount":10,"candidatesTokenCount":5,"thoughtsTokenCount":7,"cachedContentTokenCount":8,"totalTokenCount":22}""", 10, 12, 7, 8)]
    [InlineData("""{"promptTokenCount":10,"thoughtsTokenCount":7}""", 10, 7, 7, null)]
    [InlineData("""{"promptTokenCount":10,"toolUsePromptTokenCount":30,"candidatesTokenCount":5}""", 40, 5, null, null)]
    [InlineData("""{"promptTokenCount":4,"cachedContentTokenCount":9}""", 9, null, null, 9)]
    [InlineData("""{"promptTokenCount":10.0,"candidatesTokenCount":-5}""", 10, null, null, null)]
    public void Counts(string usage, int? input, int? output, int? reasoning, int? cached)
    {
        UsageDetails counts = Of(usage)!;
        Assert.Equal((input, output, reasoning, cached), ((int?)counts.InputTokenCount, (int?)counts.OutputTokenCount, (int?)counts.ReasoningTokenCount, (int?)counts.CachedInputTokenCount));
        Assert.Equal((input ?? 0) + (output ?? 0), counts.TotalTokenCount);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"promptTokenCount":"10"}""")]
    public void What_counts_nothing_is_none(string usage) => Assert.Null(Of(usage));

    [Fact]
    public void Modalities_that_cost_more_are_counted_apart()
    {
        UsageDetails counts = Of(
            """{"promptTokenCount":10,"candidatesTokenCount":5,"toolUsePromptTokenCount":2,"promptTokensDetails":[{"modality":"TEXT","tokenCount":3},{"tokenCount":7,"modality":"AUDIO"},4,{"modality":"IMAGE"}],"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":4}]}""")!;
        Assert.Equal(7, counts.AdditionalCounts![UsageCounts.AudioInput]);
        Assert.Equal(4, counts.AdditionalCounts[UsageCounts.ImageOutput]);
        Assert.Equal(2, counts.AdditionalCounts["InputTokenDetails.ToolUseTokenCount"]);
        Assert.False(counts.AdditionalCounts.ContainsKey(UsageCounts.ImageInput));
    }

    [Fact]
    public void In_a_stream_the_last_counts_win_and_come_once()
    {
        string With(string chunk, string usage) => chunk[..^1] + $$$""","usageMetadata":{{{usage}}}}""";
        List<ChatResponseUpdate> updates = GeminiWire.Stream(
            With(GeminiWire.Chunk("""{"text":"a"}"""), """{"promptTokenCount":10,"candidatesTokenCount":1,"cachedContentTokenCount":2}"""),
            With(GeminiWire.Answer("""{"text":"b"}"""), """{"promptTokenCount":10,"candidatesTokenCount":3,"thoughtsTokenCount":4}"""));
        UsageDetails counts = Assert.Single(updates.SelectMany(static update => update.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((10, 7, 2), (counts.InputTokenCount, counts.OutputTokenCount, counts.CachedInputTokenCount));
    }
}
