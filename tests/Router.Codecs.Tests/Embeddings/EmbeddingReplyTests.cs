using System.Text;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Embeddings;

/// <summary>Answers with vectors: what is read of them, and that no bytes make a wrong vector.</summary>
public class EmbeddingReplyTests
{
    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void A_vector_and_its_tokens_are_read(string dialect)
    {
        Assert.Null(EmbeddingWire.Read(dialect, EmbeddingWire.Dialects[dialect].Answer, out EmbeddingVectors vectors));
        Assert.Null(vectors.FaultOf(2));
        Assert.Equal([1f, -0.5f], Assert.Single(vectors.ToEmbeddings()).Vector.ToArray());
        if (dialect is "cohere at bedrock") Assert.Null(vectors.Usage); // It is in a header there.
        else Assert.Equal((7L, 7L), (vectors.Usage!.InputTokenCount!.Value, vectors.Usage.TotalTokenCount!.Value));
    }

    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void An_answer_cut_anywhere_is_none(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(EmbeddingWire.Dialects[dialect].Answer);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(FailureKind.InvalidResponse, EmbeddingWire.Read(dialect, whole.AsSpan(0, length), out _)?.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(EmbeddingWire.All), MemberType = typeof(EmbeddingWire))]
    public void A_mutated_answer_is_an_answer_or_a_failure(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(EmbeddingWire.Dialects[dialect].Answer);
        var random = new Random(20261129);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            AttemptFailure? failure = EmbeddingWire.Read(dialect, Mutation.Of(whole, random), out EmbeddingVectors vectors);
            if (failure is null && vectors.FaultOf(2) is null) Assert.All(vectors.ToEmbeddings()[0].Vector.ToArray(), number => Assert.True(float.IsFinite(number)));
            else failed++;
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    [Theory]
    [InlineData("openai", """{"data":[{"index":0}]}""")]
    [InlineData("openai", """{"data":[{"index":0,"embedding":[1,"2"]}]}""")]
    [InlineData("openai", """{"data":[{"index":0,"embedding":"AACAPw"}]}""")] // cut
    [InlineData("openai", """{"data":[{"index":0,"embedding":"AACAPwA="}]}""")] // five bytes
    [InlineData("openai", """{"data":[{"index":0,"embedding":"????"}]}""")]
    [InlineData("openai", """{"data":[7]}""")]
    [InlineData("openai", "[]")]
    [InlineData("openai", "<html>")]
    [InlineData("gemini", """{"embeddings":[{"value":[1]}]}""")]
    [InlineData("gemini", "{}")]
    [InlineData("cohere", """{"embeddings":{"int8":[[1]]}}""")]
    [InlineData("ollama", """{"embeddings":null}""")]
    [InlineData("titan", """{"inputTextTokenCount":1}""")]
    public void What_holds_no_vector_is_no_answer(string dialect, string body) => Assert.Equal(FailureKind.InvalidResponse, EmbeddingWire.Read(dialect, body, out _)?.Kind);

    [Theory]
    [InlineData("""[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}]""", null)] // in another order
    [InlineData("""[{"embedding":[1]},{"embedding":[2]}]""", null)] // without indexes
    [InlineData("""[{"index":0,"embedding":[1]}]""", "1 vector for 2 texts")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]""", "two vectors for text 0")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]""", "a vector for text 2, but the request has 2")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":-1,"embedding":[2]}]""", "a vector for text -1, but the request has 2")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":1,"embedding":[2,3]}]""", "a vector of length 2 for text 1 in place of 1")]
    [InlineData("""[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]""", "a vector of length 0 for text 0 in place of 0")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e999]}]""", "a vector for text 1 with numbers that are not finite")]
    [InlineData("""[{"index":0,"embedding":[1]},{"index":1,"embedding":"AADAfw=="}]""", "a vector for text 1 with numbers that are not finite")]
    public void Each_text_has_one_vector_of_finite_numbers(string data, string? fault)
    {
        Assert.Null(EmbeddingWire.Read("openai", $$"""{"data":{{data}} }""", out EmbeddingVectors vectors, count: 2));
        Assert.Equal(fault, vectors.FaultOf(0));
        if (fault is null) Assert.Equal([1f, 2f], vectors.ToEmbeddings().Select(vector => vector.Vector.Span[0]));
    }

    [Fact]
    public void Numbers_that_are_none_are_found_anywhere_in_a_vector()
    {
        foreach (int length in (int[])[1, 7, 8, 9, 1536])
        {
            for (int at = 0; at < length; at += Math.Max(1, length / 9))
            {
                foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
                {
                    float[] vector = Enumerable.Repeat(float.MaxValue, length).ToArray();
                    var good = new EmbeddingVectors(1);
                    good.Add([.. vector]);
                    Assert.Null(good.FaultOf(length));
                    vector[at] = bad;
                    var spoilt = new EmbeddingVectors(1);
                    spoilt.Add(vector);
                    Assert.NotNull(spoilt.FaultOf(length));
                }
            }
        }
    }

    [Fact]
    public void Escaped_slashes_in_Base64_are_read()
    {
        // The bytes FF FF 7F 3F are the largest number below 1: "//9/Pw==".
        Assert.Null(EmbeddingWire.Read("openai", """{"data":[{"index":0,"embedding":"\/\/9\/Pw=="}]}""", out EmbeddingVectors vectors));
        Assert.Equal(MathF.BitDecrement(1f), vectors.ToEmbeddings()[0].Vector.Span[0]);
    }

    [Fact]
    public void An_error_inside_a_success_is_the_error()
    {
        AttemptFailure? failure = EmbeddingWire.Read("openai", """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", out _);
        Assert.Equal(FailureKind.RateLimited, failure?.Kind);
        Assert.Equal(FailureKind.ModelNotFound, EmbeddingWire.Read("ollama", """{"error":"model \"m\" not found, try pulling it first"}""", out _)?.Kind);
    }

    [Fact]
    public void A_vector_costs_its_own_bytes_and_little_more()
    {
        const int Texts = 256, Length = 1536;
        string vector = Convert.ToBase64String(new byte[Length * sizeof(float)]);
        string data = string.Join(",", Enumerable.Range(0, Texts).Select(i => $$"""{"object":"embedding","embedding":"{{vector}}","index":{{i}} }"""));
        byte[] body = Encoding.UTF8.GetBytes($$"""{"data":[{{data}}],"model":"m","usage":{"prompt_tokens":7,"total_tokens":7} }""");
        Assert.Null(EmbeddingWire.Read("openai base64", body, out _, Texts)); // compiled

        long before = GC.GetAllocatedBytesForCurrentThread();
        EmbeddingWire.Read("openai base64", body, out EmbeddingVectors vectors, Texts);
        vectors.ToEmbeddings();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, Texts * Length * sizeof(float), (long)(Texts * Length * sizeof(float) * 1.05));
    }
}
