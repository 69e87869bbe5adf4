using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Rerank;

/// <summary>Answers with rankings: what is read of them, and that no bytes make a wrong ranking.</summary>
public class RerankReplyTests
{
    [Theory]
    [MemberData(nameof(RerankWire.All), MemberType = typeof(RerankWire))]
    public void A_ranking_and_what_it_cost_are_read(string dialect)
    {
        RerankWire.Row row = RerankWire.Dialects[dialect];
        Assert.Null(RerankWire.Read(dialect, row.Answer, out RankedScores scores));
        Assert.Null(scores.FaultOf());
        Assert.Equal([(1, 0.9), (0, -0.25)], scores.ToRanking());
        Assert.Equal(row.Tokens, scores.Usage!.InputTokenCount);
        Assert.Equal(row.Units, scores.Usage.AdditionalCounts?.TryGetValue(UsageCounts.SearchUnits, out long units) is true ? units : null);
    }

    [Theory]
    [MemberData(nameof(RerankWire.All), MemberType = typeof(RerankWire))]
    public void An_answer_cut_anywhere_is_none(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(RerankWire.Dialects[dialect].Answer);
        for (int length = 0; length < whole.Length; length++) Assert.Equal(FailureKind.InvalidResponse, RerankWire.Read(dialect, whole.AsSpan(0, length), out _)?.Kind);
    }

    [Theory]
    [MemberData(nameof(RerankWire.All), MemberType = typeof(RerankWire))]
    public void A_mutated_answer_is_a_ranking_of_the_documents_or_a_failure(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(RerankWire.Dialects[dialect].Answer);
        var random = new Random(20261130);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (RerankWire.Read(dialect, Mutation.Of(whole, random), out RankedScores scores) is not null || scores.FaultOf() is not null)
            {
                failed++;
                continue;
            }

            (int Index, double Score)[] ranking = scores.ToRanking();
            Assert.Equal([0, 1], ranking.Select(ranked => ranked.Index).Order());
            Assert.True(ranking[0].Score >= ranking[1].Score && ranking.All(ranked => double.IsFinite(ranked.Score)));
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    [Theory]
    [InlineData("""{"results":[{"index":0}]}""")]
    [InlineData("""{"results":[{"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":"0","relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":0.5,"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":"NaN"}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":null}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":NaN}]}""")]
    [InlineData("""{"results":[7]}""")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":{"index":0,"relevance_score":1}}""")]
    [InlineData("""{"results":[]} trailing""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public void What_holds_no_ranking_is_no_answer(string body)
    {
        foreach (string dialect in (string[])["jina", "cohere", "amazon"]) Assert.Equal(FailureKind.InvalidResponse, RerankWire.Read(dialect, body, out _)?.Kind);
    }

    [Theory]
    [InlineData("""[{"index":0,"relevance_score":1},{"index":1,"relevance_score":2}]""", 2, null, "10")] // not sorted
    [InlineData("""[{"index":1,"relevance_score":5},{"index":0,"relevance_score":5}]""", 2, null, "10")] // as sorted as it can be
    [InlineData("""[{"index":1,"relevance_score":1},{"index":0,"relevance_score":2}]""", 1, null, "0")] // more than wanted
    [InlineData("""[{"index":1,"relevance_score":1}]""", 1, null, "1")]
    [InlineData("""[{"index":1,"relevance_score":1}]""", 2, "1 score where 2 were asked for", null)]
    [InlineData("[]", 2, "0 scores where 2 were asked for", null)]
    [InlineData("""[{"index":1,"relevance_score":1},{"index":1,"relevance_score":2}]""", 2, "two scores for document 1", null)]
    [InlineData("""[{"index":1,"relevance_score":1},{"index":1,"relevance_score":2}]""", 1, "two scores for document 1", null)]
    [InlineData("""[{"index":2,"relevance_score":1},{"index":0,"relevance_score":2}]""", 2, "a score for document 2, but the request has 2", null)]
    [InlineData("""[{"index":-1,"relevance_score":1},{"index":0,"relevance_score":2}]""", 2, "a score for document -1, but the request has 2", null)]
    [InlineData("""[{"index":4294967296,"relevance_score":1},{"index":0,"relevance_score":2}]""", 2, "a score for document 4294967296, but the request has 2", null)]
    [InlineData("""[{"index":1,"relevance_score":1e999},{"index":0,"relevance_score":2}]""", 2, "a score for document 1 that is not finite", null)]
    public void Each_document_has_one_score_that_is_a_number(string results, int wanted, string? fault, string? order)
    {
        Assert.Null(RerankWire.Read("jina", $$"""{"results":{{results}} }""", out RankedScores scores, documents: 2, wanted));
        Assert.Equal(fault, scores.FaultOf());
        if (order is not null) Assert.Equal(order, string.Concat(scores.ToRanking().Select(ranked => ranked.Index)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(350, 4)]
    public void Bedrock_bills_a_query_for_each_hundred_documents(int documents, long units)
    {
        RerankWire.Read("amazon", RerankWire.Dialects["amazon"].Answer, out RankedScores scores, documents, wanted: 1);
        Assert.Equal(units, scores.Usage!.AdditionalCounts![UsageCounts.SearchUnits]);
    }

    [Fact]
    public void An_error_inside_a_success_is_the_error() =>
        Assert.Equal(FailureKind.RateLimited, RerankWire.Read("jina", """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", out _)?.Kind);

    [Fact]
    public void A_total_alone_is_the_input()
    {
        var vectors = new EmbeddingVectors(1);
        Assert.Null(OpenAIEmbeddings.Read("""{"object":"list","data":[{"object":"embedding","embedding":[1],"index":0}],"model":"voyage-4","usage":{"total_tokens":10}}"""u8, vectors, new ModelProfile("voyage", "voyage-4")));
        Assert.Equal((10L, 10L), (vectors.Usage!.InputTokenCount!.Value, vectors.Usage.TotalTokenCount!.Value));
    }

    [Fact]
    public void Voyage_is_told_not_to_cut_texts()
    {
        var body = new RequestWriter();
        var model = new ModelProfile("voyage", "voyage-4") { Quirks = (int)(OpenAIQuirks.VoyageNames | OpenAIQuirks.OutputDimension), Parameters = ModelParameters.Dimensions, Dimensions = 1024 };
        Assert.Null(OpenAIEmbeddings.Write(new EmbeddingRequest(new[] { "Hi" }, new EmbeddingGenerationOptions { Dimensions = 256 }), body, "{\"model\":\"voyage-4\""u8, model));
        Assert.Equal("""{"model":"voyage-4","input":["Hi"],"output_dimension":256,"truncation":false}""", Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd());
    }
}
