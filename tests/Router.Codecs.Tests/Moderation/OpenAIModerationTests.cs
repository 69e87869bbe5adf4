using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Moderation;

/// <summary>What requests for moderation look like, and what is read of the answers.</summary>
public class OpenAIModerationTests
{
    private const string OpenAI = """{"id":"modr-1","model":"m","results":[{"flagged":true,"categories":{"violence":true,"illicit":null},"category_scores":{"violence":0.9,"illicit":null},"category_applied_input_types":{"violence":["text","image"]}}]}""";
    private const string Mistral = """{"id":"1","model":"m","results":[{"categories":{"violence":true,"pii":false},"category_scores":{"violence":0.9,"pii":0.1}}],"usage":{"prompt_tokens":7,"total_tokens":7}}""";

    private static readonly ModelProfile Omni = new("test", "m") { Capabilities = ModelCapabilities.Vision };
    private static readonly ModelProfile Plain = new("test", "m");

    [Fact]
    public void Texts_are_written_as_they_are()
    {
        var options = new ModerationOptions { AdditionalProperties = new() { ["user"] = "u1", ["input"] = "other", ["routergen.x"] = 1 } };
        Assert.Equal("""{"model":"m","input":["Hi \"you\"","é"],"user":"u1"}""", Body(new ModerationRequest(new[] { "Hi \"you\"", "é" }, options), Plain));
    }

    [Fact]
    public void A_message_is_written_in_parts() => Assert.Equal(
        """{"model":"m","input":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""",
        Body(new ModerationRequest([new TextContent("Hi"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.com/a.png", "image/png")]), Omni));

    [Fact]
    public void What_a_model_does_not_judge_is_refused()
    {
        Assert.Contains("no message of several parts", Refused(new ModerationRequest([new TextContent("Hi"), new TextContent("you")]), Plain), StringComparison.Ordinal);
        Assert.Contains("only texts and images", Refused(new ModerationRequest([new DataContent(new byte[] { 1 }, "audio/wav")]), Omni), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenAI, 1, 2)]
    [InlineData(Mistral, 2, 0)]
    public void A_judgement_is_read(string answer, int categories, int types)
    {
        Assert.Null(Read(answer, out ModerationJudgements judgements));
        Assert.Null(judgements.FaultOf());
        RouterGen.Moderation judgement = Assert.Single(judgements.ToArray());
        Assert.True(judgement.Flagged && judgement.Categories["violence"]);
        Assert.Equal((0.9, categories, categories), (judgement.Scores["violence"], judgement.Categories.Count, judgement.Scores.Count));
        Assert.Equal(types, judgement.AppliedInputTypes.GetValueOrDefault("violence")?.Count ?? 0);
        Assert.Equal(answer == Mistral ? 7 : null, judgements.Usage?.InputTokenCount);
    }

    [Theory]
    [InlineData(OpenAI)]
    [InlineData(Mistral)]
    public void An_answer_cut_or_mutated_is_an_answer_or_a_failure(string answer)
    {
        byte[] whole = Encoding.UTF8.GetBytes(answer);
        for (int length = 0; length < whole.Length; length++) Assert.Equal(FailureKind.InvalidResponse, Read(whole.AsSpan(0, length), out _)?.Kind);
        var random = new Random(20261130);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (Read(Mutation.Of(whole, random), out ModerationJudgements judgements) is not null || judgements.FaultOf() is not null) failed++;
            else Assert.All(Assert.Single(judgements.ToArray()).Scores.Values, score => Assert.True(double.IsFinite(score)));
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    [Theory]
    [InlineData("""{"results":[{"flagged":"no","categories":{"violence":false}}]}""")]
    [InlineData("""{"results":[{"categories":{"violence":"false"}}]}""")]
    [InlineData("""{"results":[{"categories":{"violence":false},"category_scores":{"violence":"NaN"}}]}""")]
    [InlineData("""{"results":[{"category_scores":{"violence":0.1}}]}""")]
    [InlineData("""{"results":[{}]}""")]
    [InlineData("""{"results":[7]}""")]
    [InlineData("""{"results":null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public void What_holds_no_judgement_is_no_answer(string body) => Assert.Equal(FailureKind.InvalidResponse, Read(body, out _)?.Kind);

    [Theory]
    [InlineData("[]", "0 judgements of 1 input")]
    [InlineData("""[{"flagged":false,"categories":{"a":false}},{"flagged":false,"categories":{"a":false}}]""", "2 judgements of 1 input")]
    [InlineData("""[{"flagged":false}]""", "a judgement of input 0 without a category")]
    [InlineData("""[{"flagged":false,"category_scores":{"a":1e999}}]""", "a judgement of input 0 with scores that are not finite")]
    public void Each_input_has_one_judgement(string results, string fault)
    {
        Assert.Null(Read($$"""{"results":{{results}} }""", out ModerationJudgements judgements));
        Assert.Equal(fault, judgements.FaultOf());
    }

    [Fact]
    public void An_error_inside_a_success_is_the_error() =>
        Assert.Equal(FailureKind.RateLimited, Read("""{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", out _)?.Kind);

    private static string Body(ModerationRequest request, ModelProfile model)
    {
        var body = new RequestWriter();
        Assert.Null(OpenAIModeration.Write(request, body, "{\"model\":\"m\""u8, model)?.Message);
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    private static string Refused(ModerationRequest request, ModelProfile model)
    {
        AttemptFailure? failure = OpenAIModeration.Write(request, new RequestWriter(), "{\"model\":\"m\""u8, model);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    private static AttemptFailure? Read(string body, out ModerationJudgements judgements) => Read(Encoding.UTF8.GetBytes(body), out judgements);

    private static AttemptFailure? Read(ReadOnlySpan<byte> body, out ModerationJudgements judgements)
    {
        judgements = new ModerationJudgements(1);
        return OpenAIModeration.Read(body, judgements, Plain);
    }
}
