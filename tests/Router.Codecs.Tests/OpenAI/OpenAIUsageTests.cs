using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>Token counts, wherever a server reports them and under whatever name.</summary>
public class OpenAIUsageTests
{
    private static readonly ModelProfile Other = OpenAIWire.Everything.Of("other", "m");
    private static readonly ModelProfile Grok = (OpenAIWire.Everything | OpenAIQuirks.ReasoningBesideOutput).Of("xai", "grok");

    /// <summary>Each line: who reports so, what, and input, output, total, cached, written and reasoning tokens.</summary>
    [Theory]
    [InlineData("OpenAI", """{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":30},"completion_tokens_details":{"reasoning_tokens":15}}""", 100, 20, 120, 60, 30, 15)]
    [InlineData("the Responses API's names", """{"input_tokens":100,"output_tokens":20,"total_tokens":120,"input_tokens_details":{"cached_tokens":60},"output_tokens_details":{"reasoning_tokens":15}}""", 100, 20, 120, 60, null, 15)]
    [InlineData("Moonshot", """{"prompt_tokens":2989,"completion_tokens":10,"total_tokens":2999,"cached_tokens":2989}""", 2989, 10, 2999, 2989, null, null)]
    [InlineData("DeepSeek", """{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36,"completion_tokens_details":{"reasoning_tokens":7}}""", 100, 20, 120, 64, null, 7)]
    [InlineData("hits and misses alone", """{"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36,"completion_tokens":20}""", 100, 20, 120, 64, null, null)]
    [InlineData("Perplexity", """{"prompt_tokens":33,"completion_tokens":7163,"total_tokens":7196,"citation_tokens":20016,"num_search_queries":8,"reasoning_tokens":9,"search_context_size":"low","cost":{"total_cost":0.5}}""", 33, 7163, 7196, null, null, 9)]
    [InlineData("Perplexity, more thoughts than output", """{"prompt_tokens":33,"completion_tokens":7163,"total_tokens":7196,"reasoning_tokens":73997}""", 33, 81160, 81193, null, null, 73997)]
    [InlineData("Gemini, thoughts in the total only", """{"prompt_tokens":20,"completion_tokens":198,"total_tokens":623}""", 20, 603, 623, null, null, null)]
    [InlineData("LiteLLM, cache part of the prompt", """{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"cache_read_input_tokens":60,"cache_creation_input_tokens":30}""", 100, 20, 120, 60, 30, null)]
    [InlineData("Anthropic's counts, cache beside", """{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":60,"cache_creation_input_tokens":30}""", 100, 20, 120, 60, 30, null)]
    [InlineData("cache beside, and in the total", """{"prompt_tokens":10,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":60,"cache_creation_tokens":30}}""", 100, 20, 120, 60, 30, null)]
    [InlineData("more cached than read", """{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":5}}""", 10, 20, 30, 10, null, null)]
    [InlineData("no total", """{"prompt_tokens":10,"completion_tokens":20}""", 10, 20, 30, null, null, null)]
    [InlineData("a total that is too small", """{"prompt_tokens":10,"completion_tokens":20,"total_tokens":12}""", 10, 20, 30, null, null, null)]
    [InlineData("output and total", """{"completion_tokens":20,"total_tokens":120}""", 100, 20, 120, null, null, null)]
    [InlineData("input and total", """{"prompt_tokens":100,"total_tokens":120}""", 100, 20, 120, null, null, null)]
    [InlineData("numbers with a point", """{"prompt_tokens":10.0,"completion_tokens":20.0}""", 10, 20, 30, null, null, null)]
    [InlineData("counts that are none", """{"prompt_tokens":-10,"completion_tokens":20,"prompt_tokens_details":null,"completion_tokens_details":[1],"total_tokens":"x"}""", null, 20, null, null, null, null)]
    public void Every_report_is_understood(string server, string usage, int? input, int? output, int? total, int? cached, int? written, int? reasoning)
    {
        Assert.NotEmpty(server);
        UsageDetails read = Read(usage, Other)!;
        Assert.Equal((input, output, total), (read.InputTokenCount, read.OutputTokenCount, read.TotalTokenCount));
        Assert.Equal((cached, written, reasoning), (read.CachedInputTokenCount, Additional(read, UsageCounts.CacheWrites), read.ReasoningTokenCount));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":1,"total_tokens":111,"completion_tokens_details":{"reasoning_tokens":100}}""", 101)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":1,"completion_tokens_details":{"reasoning_tokens":100}}""", 101)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":101,"total_tokens":111,"completion_tokens_details":{"reasoning_tokens":100}}""", 101)]
    public void Reasoning_beside_the_output_is_part_of_it(string usage, int output)
    {
        UsageDetails read = Read(usage, Grok)!;
        Assert.Equal((output, 10 + output, 100), (read.OutputTokenCount, read.TotalTokenCount, read.ReasoningTokenCount));
    }

    [Fact]
    public void Only_where_it_is_beside()
    {
        UsageDetails read = Read("""{"prompt_tokens":10,"completion_tokens":150,"completion_tokens_details":{"reasoning_tokens":100}}""", Other)!;
        Assert.Equal((150, 160, 100), (read.OutputTokenCount, read.TotalTokenCount, read.ReasoningTokenCount));
    }

    [Fact]
    public void Audio_and_predictions_are_readable_under_the_official_adapters_names()
    {
        UsageDetails read = Read("""
            {"prompt_tokens":10,"completion_tokens":20,"prompt_tokens_details":{"audio_tokens":3,"image_tokens":4},
            "completion_tokens_details":{"audio_tokens":5,"accepted_prediction_tokens":6,"rejected_prediction_tokens":7,"image_tokens":0},"num_sources_used":8}
            """, Other)!;
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["InputTokenDetails.AudioTokenCount"] = 3, ["InputTokenDetails.ImageTokenCount"] = 4, ["OutputTokenDetails.AudioTokenCount"] = 5,
                ["OutputTokenDetails.AcceptedPredictionTokenCount"] = 6, ["OutputTokenDetails.RejectedPredictionTokenCount"] = 7, ["num_sources_used"] = 8,
            },
            read.AdditionalCounts);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":5,"completion_tokens":7}}]}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}}""")]
    [InlineData("""{"choices":[],"x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":7}}}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"usage":{"prompt_tokens":1}}],"usage":{"prompt_tokens":5,"completion_tokens":7}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1},"choices":[{"index":0,"delta":{},"usage":{"prompt_tokens":5,"completion_tokens":7}}]}""")]
    public void The_last_report_counts_wherever_it_is(string last)
    {
        List<ChatResponseUpdate> updates = Stream("""{"choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}""", last, """{"choices":[],"usage":null}""", """{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0}}""", "[DONE]");
        UsageContent usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
        Assert.Equal((5, 7), (usage.Details.InputTokenCount, usage.Details.OutputTokenCount));
    }

    [Fact]
    public void A_whole_answer_may_report_in_its_choice()
    {
        RoutedResponse reply = OpenAIWire.Reply("""{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop","usage":{"prompt_tokens":5,"completion_tokens":7}}]}""");
        Assert.Equal((5, 7), (reply.Usage?.InputTokenCount, reply.Usage?.OutputTokenCount));
    }

    [Fact]
    public void Whatever_is_reported_the_counts_agree()
    {
        string[] names = ["prompt_tokens", "input_tokens", "completion_tokens", "output_tokens", "total_tokens", "cached_tokens", "prompt_cache_hit_tokens", "prompt_cache_miss_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "reasoning_tokens"];
        string[] details = ["cached_tokens", "cache_write_tokens", "reasoning_tokens", "audio_tokens"];
        Gen<long> counts = Gen.Frequency((5, Gen.Choose(0, 300).Select(count => (long)count)), (1, Gen.Elements(0L, 1L << 40, long.MaxValue, -1L)));
        Gen<string> Members(string[] of) => Gen.SubListOf(of).SelectMany(chosen => Gen.ArrayOf(counts, chosen.Count()).Select(values => string.Join(",", chosen.Zip(values, (name, count) => $"\"{name}\":{count}"))));
        Gen<string> usages =
            from plain in Members(names)
            from input in Members(details)
            from output in Members(details)
            select $"{{{(plain.Length > 0 ? plain + "," : "")}\"prompt_tokens_details\":{{{input}}},\"completion_tokens_details\":{{{output}}}}}";

        Prop.ForAll(usages.ToArbitrary(), usage => Agrees(usage, Other) && Agrees(usage, Grok)).QuickCheckThrowOnFailure();
    }

    private static bool Agrees(string json, ModelProfile model)
    {
        if (Read(json, model) is not { } usage) return true;
        long written = Additional(usage, UsageCounts.CacheWrites) ?? 0;
        bool cacheFits = (usage.CachedInputTokenCount ?? 0) + written <= (usage.InputTokenCount ?? 0);
        bool totalFits = usage.InputTokenCount is null || usage.OutputTokenCount is null || usage.TotalTokenCount == usage.InputTokenCount + usage.OutputTokenCount;
        return cacheFits && totalFits && usage.InputTokenCount is null or >= 0 && usage.OutputTokenCount is null or >= 0;
    }

    private static UsageDetails? Read(string usage, ModelProfile model)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}],"usage":{{usage}}}""");
        Assert.Null(OpenAIChatReply.Read(OpenAIWire.Asked, model, body, out RoutedResponse? reply));
        return reply!.Usage;
    }

    private static long? Additional(UsageDetails usage, string name) => usage.AdditionalCounts is { } counts && counts.TryGetValue(name, out long count) ? count : null;

    private static List<ChatResponseUpdate> Stream(params string[] events)
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        List<ChatResponseUpdate> updates = [];
        foreach (string data in events)
        {
            decoder.Read(default, Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            if (update is not null) updates.Add(update);
        }

        return updates;
    }
}
