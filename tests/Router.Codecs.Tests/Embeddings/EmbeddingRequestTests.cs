using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Embeddings;

/// <summary>What requests for vectors look like.</summary>
public class EmbeddingRequestTests
{
    private static readonly EmbeddingGenerationOptions Short = new() { Dimensions = 256 };

    [Theory]
    [InlineData("openai", """{"model":"m","input":["Hi \"you\"","é"],"dimensions":256}""")]
    [InlineData("gemini", """{"requests":[{"model":"models/m","content":{"parts":[{"text":"Hi \"you\""}]},"outputDimensionality":256},{"model":"models/m","content":{"parts":[{"text":"é"}]},"outputDimensionality":256}]}""")]
    [InlineData("vertex", """{"instances":[{"content":"Hi \"you\""},{"content":"é"}],"parameters":{"autoTruncate":false,"outputDimensionality":256}}""")]
    [InlineData("cohere", """{"model":"m","texts":["Hi \"you\"","é"],"input_type":"search_document","embedding_types":["float"],"output_dimension":256,"truncate":"NONE"}""")]
    [InlineData("ollama", """{"model":"m","input":["Hi \"you\"","é"],"dimensions":256,"truncate":false}""")]
    public void Texts_and_the_length_are_written_in_the_dialects_own_words(string dialect, string expected) =>
        Assert.Equal(expected, EmbeddingWire.Body(dialect, Short, EmbeddingWire.Profile(ModelParameters.Dimensions, 1536), out _, "Hi \"you\"", "é"));

    [Fact]
    public void Titan_takes_one_text()
    {
        ModelProfile model = EmbeddingWire.Profile(ModelParameters.Dimensions, 1024);
        Assert.Equal("""{"inputText":"Hi","dimensions":256}""", EmbeddingWire.Body("titan", Short, model, out _, "Hi"));
        Assert.Equal("""{"inputText":"Hi"}""", EmbeddingWire.Body("titan", null, model, out _, "Hi"));
        Assert.Contains("one text at a time", EmbeddingWire.Refused("titan", null, model, "Hi", "you"), StringComparison.Ordinal);
    }

    [Fact]
    public void Vertex_AI_is_told_what_texts_are_for_in_its_own_words()
    {
        var options = new EmbeddingGenerationOptions { Dimensions = 256, AdditionalProperties = new() { ["taskType"] = "RETRIEVAL_DOCUMENT", ["title"] = "T", ["normalize"] = true } };
        ModelProfile model = EmbeddingWire.Profile(ModelParameters.Dimensions, 3072);
        Assert.Equal(
            """{"instances":[{"content":"Hi","task_type":"RETRIEVAL_DOCUMENT","title":"T"}],"parameters":{"autoTruncate":false,"outputDimensionality":256}}""",
            EmbeddingWire.Body("vertex", options, model, out List<string>? left, "Hi"));
        Assert.Equal(["normalize: left out"], left);
        Assert.Equal(
            """{"content":{"parts":[{"text":"Hi"}]},"embedContentConfig":{"autoTruncate":false,"outputDimensionality":256,"taskType":"RETRIEVAL_DOCUMENT","title":"T"}}""",
            EmbeddingWire.Body("vertex content", options, model, out left, "Hi"));
        Assert.Equal(["normalize: left out"], left);
        Assert.Contains("one text at a time", EmbeddingWire.Refused("vertex content", null, model, "Hi", "you"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text-embedding-005", true)]
    [InlineData("text-multilingual-embedding-002", true)]
    [InlineData("gemini-embedding-001", true)]
    [InlineData("gemini-embedding-2", false)]
    [InlineData("gemini-embedding-2-preview", false)]
    public void The_model_tells_how_Vertex_AI_is_asked(string model, bool isPredicted) => Assert.Equal(isPredicted, VertexPredictions.Serves(model));

    [Fact]
    public void OpenAI_is_asked_for_Base64_where_it_has_it()
    {
        ModelProfile model = EmbeddingWire.Profile(ModelParameters.Dimensions, 1536, (int)OpenAIQuirks.Base64Vectors);
        Assert.Equal("""{"model":"m","input":["Hi"],"encoding_format":"base64"}""", EmbeddingWire.Body("openai", null, model, out _, "Hi"));
    }

    [Fact]
    public void Mistral_calls_the_length_otherwise()
    {
        ModelProfile model = EmbeddingWire.Profile(ModelParameters.Dimensions, 1536, (int)OpenAIQuirks.OutputDimension);
        Assert.Equal("""{"model":"m","input":["Hi"],"output_dimension":256}""", EmbeddingWire.Body("openai", Short, model, out _, "Hi"));
    }

    [Theory]
    [InlineData(null, "passage")]
    [InlineData("search_document", "passage")]
    [InlineData("search_query", "query")]
    [InlineData("query", "query")]
    public void What_a_text_is_for_is_stated_where_the_provider_demands_it(string? stated, string expected)
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = stated is null ? null : new() { ["input_type"] = stated } };
        ModelProfile model = EmbeddingWire.Profile(ModelParameters.None, 1024, (int)OpenAIQuirks.StatesInputType);
        Assert.Equal($$"""{"model":"m","input":["Hi"],"input_type":"{{expected}}"}""", EmbeddingWire.Body("openai", options, model, out _, "Hi"));
    }

    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void A_length_that_the_model_has_anyway_is_not_stated(string dialect)
    {
        string body = EmbeddingWire.Body(dialect, new EmbeddingGenerationOptions { Dimensions = 1024 }, EmbeddingWire.Profile(ModelParameters.None, 1024), out _, "Hi");
        Assert.DoesNotContain("imension", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void A_length_that_the_model_cannot_give_is_refused(string dialect)
    {
        Assert.Contains("not shortened", EmbeddingWire.Refused(dialect, Short, EmbeddingWire.Profile(ModelParameters.None, 1024), "Hi"), StringComparison.Ordinal);
        Assert.Contains("no more", EmbeddingWire.Refused(dialect, new() { Dimensions = 2048 }, EmbeddingWire.Profile(ModelParameters.Dimensions, 1024), "Hi"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "user", "u1", null)]
    [InlineData("gemini", "taskType", "RETRIEVAL_QUERY", "made_up: left out")]
    [InlineData("cohere", "input_type", "search_query", "made_up: left out")]
    [InlineData("ollama", "keep_alive", "5m", "made_up: left out")]
    [InlineData("titan", "normalize", "true", "made_up: left out")]
    public void Additional_properties_go_along_where_the_API_knows_them(string dialect, string name, string value, string? note)
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { [name] = value, ["made_up"] = 1, ["routergen.x"] = 1 } };
        string body = EmbeddingWire.Body(dialect, options, EmbeddingWire.Profile(ModelParameters.None), out List<string>? notes, "Hi");
        Assert.Contains($"\"{name}\":\"{value}\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("routergen", body, StringComparison.Ordinal);
        Assert.Equal(note, notes is null ? null : Assert.Single(notes));
    }

    [Fact]
    public void Gemini_repeats_the_options_for_each_text()
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["taskType"] = "CLUSTERING" } };
        using JsonDocument body = JsonDocument.Parse(EmbeddingWire.Body("gemini", options, EmbeddingWire.Profile(ModelParameters.None), out _, "a", "b"));
        Assert.All(body.RootElement.GetProperty("requests").EnumerateArray(), request => Assert.Equal("CLUSTERING", request.GetProperty("taskType").GetString()));
    }

    [Fact]
    public void A_raw_representation_is_joined_and_does_not_decide_what_the_router_decides()
    {
        var options = new EmbeddingGenerationOptions { RawRepresentationFactory = static _ => """{"user":"u1","input":["other"],"encoding_format":"float"}""" };
        string body = EmbeddingWire.Body("openai", options, EmbeddingWire.Profile(ModelParameters.None, quirks: (int)OpenAIQuirks.Base64Vectors), out List<string>? notes, "Hi");
        Assert.Equal("""{"model":"m","input":["Hi"],"encoding_format":"base64","user":"u1"}""", body);
        Assert.Equal(2, notes!.Count);
    }

    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void A_property_that_cannot_be_written_is_refused(string dialect)
    {
        // Each API knows one of these, and leaves the others out.
        foreach (string name in (string[])["user", "taskType", "title", "truncate", "options", "normalize", "keep_alive"])
        {
            if (dialect is "vertex" && name is "taskType" or "title") continue; // It writes the text of these.
            var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { [name] = (Action)(static () => { }) } };
            var body = new RequestWriter();
            AttemptFailure? failure = EmbeddingWire.Dialects[dialect].Write(new EmbeddingRequest(new[] { "Hi" }, options), body, "{"u8, EmbeddingWire.Profile(ModelParameters.None));
            Assert.True(failure?.Kind is FailureKind.Unsupported || body.Notes?.Contains(name + ": left out") is true, $"{name}: {failure?.Message}");
        }
    }
}
