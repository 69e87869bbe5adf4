using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Rerank;

/// <summary>What requests for rankings look like.</summary>
public class RerankRequestTests
{
    [Theory]
    [InlineData("jina", """{"model":"m","query":"q","documents":["a \"b\"","é"],"top_n":1,"return_documents":false}""")]
    [InlineData("voyage", """{"model":"m","query":"q","documents":["a \"b\"","é"],"top_k":1}""")]
    [InlineData("cohere", """{"model":"m","query":"q","documents":["a \"b\"","é"],"top_n":1,"max_tokens_per_doc":512}""")]
    [InlineData("cohere at bedrock", """{"query":"q","documents":["a \"b\"","é"],"top_n":1,"max_tokens_per_doc":512,"api_version":2}""")]
    [InlineData("amazon", """{"query":"q","documents":["a \"b\"","é"],"top_n":1}""")]
    public void A_query_and_documents_are_written_in_the_dialects_own_words(string dialect, string expected)
    {
        string body = RerankWire.Body(dialect, new RerankOptions { TopN = 1, MaxTokensPerDocument = 512 }, out List<string>? notes, "a \"b\"", "é");
        Assert.Equal(expected, body);
        Assert.Equal(expected.Contains("512", StringComparison.Ordinal) ? null : "MaxTokensPerDocument: left out", notes is null ? null : Assert.Single(notes));
    }

    [Theory]
    [MemberData(nameof(RerankWire.All), MemberType = typeof(RerankWire))]
    public void As_many_as_there_are_is_not_stated(string dialect)
    {
        // Bedrock refuses a number that is larger than there are documents.
        foreach (int top in (int[])[2, 3]) Assert.DoesNotContain("top_", RerankWire.Body(dialect, new RerankOptions { TopN = top }, out _, "a", "b"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RerankWire.All), MemberType = typeof(RerankWire))]
    public void More_documents_than_a_model_takes_are_refused(string dialect)
    {
        RerankWire.Row row = RerankWire.Dialects[dialect];
        var model = new ModelProfile("test", "m") { MaxBatchTexts = 2 };
        Assert.Null(row.Write(new RerankRequest("q", new[] { "a", "b" }), new RequestWriter(), Encoding.UTF8.GetBytes(row.Prefix), model));
        AttemptFailure? failure = row.Write(new RerankRequest("q", new[] { "a", "b", "c" }), new RequestWriter(), Encoding.UTF8.GetBytes(row.Prefix), model);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        Assert.Contains("at most 2 documents in one call, not 3", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jina", "truncate_prompt_tokens", null)]
    [InlineData("voyage", "truncation", null)]
    [InlineData("cohere", "priority", "made_up: left out")]
    [InlineData("cohere at bedrock", null, "made_up: left out")]
    [InlineData("amazon", null, "made_up: left out")]
    public void Additional_properties_go_along_where_the_API_knows_them(string dialect, string? name, string? note)
    {
        var options = new RerankOptions { AdditionalProperties = new() { ["made_up"] = 1, ["routergen.x"] = 1, ["query"] = "other", ["documents"] = "other", ["top_n"] = 9 } };
        if (name is not null) options.AdditionalProperties[name] = 3;
        string body = RerankWire.Body(dialect, options, out List<string>? notes, "a");
        if (name is not null) Assert.Contains($"\"{name}\":3", body, StringComparison.Ordinal);
        foreach (string no in (string[])["routergen", "other", "top_n", "9"]) Assert.DoesNotContain(no, body, StringComparison.Ordinal);
        Assert.Equal(note, notes is null ? null : Assert.Single(notes));
    }

    [Fact]
    public void Documents_come_back_where_a_caller_insists() =>
        Assert.EndsWith(""" "documents":["a"],"return_documents":true}""".Trim(), RerankWire.Body("jina", new RerankOptions { AdditionalProperties = new() { ["return_documents"] = true } }, out _, "a"), StringComparison.Ordinal);
}
