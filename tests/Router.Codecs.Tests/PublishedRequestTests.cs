using System.Text.Json;
using RouterGen.Codecs.Tests.Support;

namespace RouterGen.Codecs.Tests;

/// <summary>That the comparison with what providers publish can fail.</summary>
public class PublishedRequestTests
{
    [Theory]
    [InlineData("openai", """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""", "messages[].content[]")]
    [InlineData("responses", """{"model":"m","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}]}""", "input[].content[]")]
    [InlineData("anthropic", """{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""", "messages[].content[]")]
    [InlineData("anthropic-beta", """{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""", "messages[].content[]")]
    [InlineData("gemini", """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""", "contents[].parts[]")]
    [InlineData("bedrock", """{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""", "messages[].content[]")]
    [InlineData("cohere", """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""", "messages[].content[]")]
    [InlineData("ollama", """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", "messages[]")]
    public void A_member_of_another_name_or_type_is_found(string dialect, string request, string path)
    {
        string last = request[..^"}]}]}".Length].Length is var end && request.EndsWith("}]}]}", StringComparison.Ordinal) ? request[..end] : request[..^"}]}".Length];
        Assert.Null(Mismatch(request));
        Assert.NotNull(Mismatch(request.Replace("\"Hi\"", "7")));
        Assert.NotNull(Mismatch(request.Replace("\"user\"", "7")));
        Assert.Equal($"{path}.zebra: is not known", Mismatch(last + ",\"zebra\":1" + request[last.Length..]));
        Assert.Equal("zebra: is not known", Mismatch("{\"zebra\":1," + request[1..]));

        string? Mismatch(string body) => PublishedRequests.Mismatch(dialect, JsonDocument.Parse(body).RootElement);
    }

    [Theory]
    [InlineData("openai embeddings", """{"model":"m","input":["Hi"],"dimensions":7}""")]
    [InlineData("gemini embeddings", """{"requests":[{"model":"models/m","content":{"parts":[{"text":"Hi"}]},"outputDimensionality":7}]}""")]
    [InlineData("vertex embeddings", """{"instances":[{"content":"Hi"}],"parameters":{"outputDimensionality":7}}""")]
    [InlineData("vertex content embeddings", """{"content":{"parts":[{"text":"Hi"}]},"embedContentConfig":{"outputDimensionality":7}}""")]
    [InlineData("cohere embeddings", """{"model":"m","texts":["Hi"],"input_type":"search_query","output_dimension":7}""")]
    [InlineData("ollama embeddings", """{"model":"m","input":["Hi"],"dimensions":7}""")]
    public void A_member_of_a_request_for_vectors_of_another_name_or_type_is_found(string kind, string request)
    {
        Assert.Null(Mismatch(request));
        Assert.NotNull(Mismatch(request.Replace("[\"Hi\"]", "{}", StringComparison.Ordinal).Replace("\"Hi\"", "{}", StringComparison.Ordinal)));
        Assert.NotNull(Mismatch(request.Replace(":7", ":\"7\"", StringComparison.Ordinal)));
        Assert.Equal("zebra: is not known", Mismatch("{\"zebra\":1," + request[1..]));

        string? Mismatch(string body) => PublishedRequests.Mismatch(kind, JsonDocument.Parse(body).RootElement);
    }

    [Theory]
    [InlineData("openai", """{"model":"m"}""", "'messages' is missing")]
    [InlineData("openai", """{"model":"m","messages":[],"stop":[7]}""", "stop[]")]
    [InlineData("openai", """{"model":"m","messages":[],"service_tier":"cheap"}""", "service_tier")]
    [InlineData("openai", """{"model":"m","model":"m","messages":[]}""", "stands twice")]
    [InlineData("anthropic", """{"model":"m","max_tokens":1,"messages":[],"tool_choice":{"type":"some"}}""", "tool_choice.type")]
    [InlineData("bedrock", """{"messages":[{"role":"user","content":[{"text":"Hi","image":{"format":"png","source":{"bytes":""}}}]}]}""", "messages[].content[].")]
    [InlineData("gemini", """{"contents":[],"generationConfig":{"thinkingConfig":{"thinkingLevel":"low"}}}""", "thinkingLevel")]
    public void A_value_that_is_not_published_is_found(string dialect, string request, string mismatch) =>
        Assert.Contains(mismatch, PublishedRequests.Mismatch(dialect, JsonDocument.Parse(request).RootElement));
}
