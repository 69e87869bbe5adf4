using Microsoft.Extensions.AI;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Sources of an answer as citations.</summary>
public class GeminiSourceTests
{
    private const string Grounding =
        """
        ,"groundingMetadata":{"webSearchQueries":["q"],"searchEntryPoint":{"renderedContent":"<div>"},
        "groundingSupports":[{"segment":{"endIndex":5,"text":"Paris"},"groundingChunkIndices":[0,1],"confidenceScores":[0.9]},{"segment":{"startIndex":6,"endIndex":10},"groundingChunkIndices":[1,7,-1]}],
        "groundingChunks":[{"web":{"uri":"https://a.example/1","title":"A"}},{"retrievedContext":{"uri":"https://b.example","title":"B","text":"cited"}},{"web":{}}]}
        """;

    private static IList<AIAnnotation> Of(string body)
    {
        IList<AIContent> contents = GeminiWire.Reply(body).Messages[0].Contents;
        Assert.Equal("", Assert.IsType<TextContent>(contents[^1]).Text);
        return contents[^1].Annotations!;
    }

    private static string[] Places(AIAnnotation annotation) => [.. (annotation.AnnotatedRegions ?? []).Cast<TextSpanAnnotatedRegion>().Select(static span => $"{span.StartIndex}-{span.EndIndex}")];

    [Fact]
    public void Grounding_is_a_citation_of_each_page_with_the_passages_that_rest_on_it()
    {
        IList<AIAnnotation> found = Of(GeminiWire.Answer("""{"text":"Paris rain"}""", Grounding));
        Assert.Equal(2, found.Count);
        var first = Assert.IsType<CitationAnnotation>(found[0]);
        Assert.Equal(("https://a.example/1", "A"), (first.Url!.AbsoluteUri, first.Title));
        Assert.Equal(["0-5"], Places(first));
        var second = Assert.IsType<CitationAnnotation>(found[1]);
        Assert.Equal(("B", "cited"), (second.Title, second.Snippet));
        Assert.Equal(["0-5", "6-10"], Places(second));
    }

    [Fact]
    public void Places_count_bytes_and_are_left_out_where_these_are_no_characters() =>
        Assert.All(Of(GeminiWire.Answer("""{"text":"Köln rain"}""", Grounding)), static citation => Assert.Null(citation.AnnotatedRegions));

    [Theory]
    [InlineData("citationSources")]
    [InlineData("citations")]
    public void Texts_that_an_answer_repeats_are_cited(string member)
    {
        IList<AIAnnotation> found = Of(GeminiWire.Answer("""{"text":"Paris rain"}""", $$$""","citationMetadata":{"{{{member}}}":[{"startIndex":1,"endIndex":4,"uri":"https://c.example","license":"mit"},{"endIndex":2,"uri":"no address"},{"startIndex":3,"endIndex":3,"uri":"https://c.example"},{}]}"""));
        Assert.Equal(2, found.Count);
        Assert.Equal(["1-4"], Places(found[0]));
        Assert.Equal((null, "no address"), (((CitationAnnotation)found[1]).Url, ((CitationAnnotation)found[1]).Title));
        Assert.Equal(["0-2"], Places(found[1]));
    }

    [Fact]
    public void A_stream_that_repeats_its_sources_has_them_once()
    {
        string repeated = GeminiWire.Chunk("""{"text":"Paris rain"}""").Replace(",\"index\":0", Grounding);
        List<ChatResponseUpdate> updates = GeminiWire.Stream(repeated, GeminiWire.Answer("""{"text":""}""", Grounding));
        IList<AIAnnotation> found = Assert.Single(updates.SelectMany(static update => update.Contents), static content => content.Annotations is not null).Annotations!;
        Assert.Equal(2, found.Count);
        Assert.Equal(["0-5", "6-10"], Places(found[1]));
    }

    [Fact]
    public void An_answer_without_pages_has_no_citations() => Assert.Single(GeminiWire.Reply(GeminiWire.Answer("""{"text":"a"}""", ""","groundingMetadata":{"groundingChunks":[{"web":{}}],"groundingSupports":5},"citationMetadata":[]""")).Messages[0].Contents);
}
