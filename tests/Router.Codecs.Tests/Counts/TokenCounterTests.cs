using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Counts;

/// <summary>What counters of tokens are sent, and what of their answers is a count.</summary>
public class TokenCounterTests
{
    private static readonly Takes Sampler = ModelCapabilities.Tools | (Takes)(ModelParameters.Sampling | ModelParameters.Stop | ModelParameters.TopK | ModelParameters.RequiredToolChoice);

    /// <param name="Dialect">The chat dialect.</param>
    /// <param name="Make">Makes the counter.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Path">Where it is asked.</param>
    /// <param name="Body">What it is sent.</param>
    /// <param name="Answer">An answer of 7 tokens, with a member that is not known.</param>
    private sealed record Row(string Dialect, Func<ChatCodec, TokenCountCodec> Make, string Model, string Path, string Body, string Answer);

    private static readonly Dictionary<string, Row> Counters = new()
    {
        ["anthropic"] = new(
            "anthropic", static chat => new AnthropicTokenCounter(chat), "m", "/v1/messages/count_tokens",
            """{"model":"m","system":"Be brief.","messages":[{"role":"user","content":"Hi"}]}""", """{"input_tokens":7,"context_management":{"original_input_tokens":9}}"""),
        ["responses"] = new(
            "responses", static chat => new OpenAITokenCounter(chat), "m", "/responses/input_tokens",
            """{"model":"m","instructions":"Be brief.","input":[{"type":"message","role":"user","content":"Hi"}]}""", """{"object":"response.input_tokens","input_tokens":7}"""),
        ["gemini"] = new(
            "gemini", static chat => new GeminiTokenCounter(chat), "models/m", "/models/m:countTokens",
            """{"generateContentRequest":{"model":"models/m","systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"maxOutputTokens":100,"temperature":0.5,"topK":3,"stopSequences":["x"]}}}""",
            """{"totalTokens":7,"promptTokensDetails":[{"modality":"TEXT","tokenCount":7}]}"""),
        ["vertex"] = new(
            "gemini", static chat => new VertexTokenCounter(chat), "m", "/models/m:countTokens",
            """{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"maxOutputTokens":100,"temperature":0.5,"topK":3,"stopSequences":["x"]}}""",
            """{"totalTokens":7,"totalBillableCharacters":11}"""),
        ["converse"] = new(
            "bedrock", static chat => new ConverseTokenCounter(chat), "us.anthropic.claude-x-v1:0", "/model/anthropic.claude-x-v1%3A0/count-tokens",
            """{"input":{"converse":{"messages":[{"role":"user","content":[{"text":"Hi"}]}],"system":[{"text":"Be brief."}],"additionalModelRequestFields":{"top_k":3,"metadata":"x"}}}}""", """{"inputTokens":7,"x":null}"""),
        ["invoke"] = new(
            "anthropic", static chat => new InvokeTokenCounter(chat), "anthropic.claude-x-v1:0", "/model/anthropic.claude-x-v1%3A0/count-tokens", "", """{"inputTokens":7}"""),
    };

    public static TheoryData<string> All => [.. Counters.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_sent_what_of_a_request_has_tokens(string name)
    {
        string body = Write(name, out TokenCountCodec counter);

        Assert.Equal(Counters[name].Path, counter.PathFor(streaming: false));
        if (name is "invoke") Assert.Equal($"{{\"input\":{{\"invokeModel\":{{\"body\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Chat("anthropic")))}\"}}}}}}", body);
        else Assert.Equal(Counters[name].Body, body);
    }

    [Fact]
    public void Where_the_address_names_no_model_the_body_does()
    {
        var body = new RequestWriter();
        var chat = new VertexClaude(Takes.Nothing.Of("anthropic", "claude-x@1"));
        Assert.Null(new AnthropicTokenCounter(chat).Write(new ChatRequest([new ChatMessage(ChatRole.User, "Hi")], null, isStreaming: false), body)?.Message);
        Assert.Equal("""{"model":"claude-x@1","anthropic_version":"vertex-2023-10-16","messages":[{"role":"user","content":"Hi"}]}""", Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_the_chat_cannot_carry_the_counter_does_not_ask_for(string name)
    {
        var body = new RequestWriter();
        var request = new ChatRequest([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { Temperature = float.NaN }, isStreaming: false);
        Assert.Equal(FailureKind.Unsupported, Of(name).Write(request, body)?.Kind);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_answer_is_a_number_of_tokens(string name)
    {
        Assert.Null(Of(name).ReadReply(Encoding.UTF8.GetBytes(Counters[name].Answer), out long tokens));
        Assert.Equal(7, tokens);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_answer_cut_anywhere_is_none(string name)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Counters[name].Answer);
        for (int length = 0; length < whole.Length; length++) Assert.Equal(FailureKind.InvalidResponse, Of(name).ReadReply(whole.AsSpan(0, length), out _)?.Kind);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_mutated_answer_is_a_count_or_a_failure(string name)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Counters[name].Answer);
        var random = new Random(20261130);
        int failed = Enumerable.Range(0, 2000).Count(_ => Of(name).ReadReply(Mutation.Of(whole, random), out long tokens) is not null == (tokens == 0));
        Assert.InRange(failed, 1, 2000);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Anything_but_a_count_is_an_invalid_response(string name)
    {
        string member = Counters[name].Answer.Split('"').First(static part => part.EndsWith("okens", StringComparison.Ordinal) && !part.Contains('.', StringComparison.Ordinal));
        foreach (string value in (string[])["\"7\"", "-1", "1.5", "null", "[7]", "{}", "true", "1e300"])
            Assert.Equal(FailureKind.InvalidResponse, Of(name).ReadReply(Encoding.UTF8.GetBytes($"{{\"{member}\":{value}}}"), out _)?.Kind);
        foreach (string body in (string[])["", "{}", "[]", "7", "null", "<html>"])
            Assert.Equal(FailureKind.InvalidResponse, Of(name).ReadReply(Encoding.UTF8.GetBytes(body), out _)?.Kind);
    }

    [Fact]
    public void A_model_that_Bedrock_does_not_count_is_told_from_a_request_that_is_wrong()
    {
        TokenCountCodec counter = Of("converse");
        Assert.Equal(FailureKind.ModelNotFound, counter.ReadError(400, """{"__type":"ValidationException","message":"The provided model doesn't support counting tokens."}"""u8).Kind);
        Assert.Equal(FailureKind.InvalidRequest, counter.ReadError(400, """{"__type":"ValidationException","message":"The messages field must not be empty."}"""u8).Kind);
    }

    private static TokenCountCodec Of(string name) => Counters[name].Make(new DialectCodec(Counters[name].Dialect, Sampler.Of(Counters[name].Dialect, Counters[name].Model)));

    private static ChatRequest Asked => new(
        [new ChatMessage(ChatRole.User, "Hi")],
        new ChatOptions { Instructions = "Be brief.", Temperature = 0.5f, TopK = 3, MaxOutputTokens = 100, StopSequences = ["x"], AdditionalProperties = new() { ["metadata"] = "x" } },
        isStreaming: false);

    private static string Write(string name, out TokenCountCodec counter)
    {
        var body = new RequestWriter();
        counter = Of(name);
        Assert.Null(counter.Write(Asked, body)?.Message);
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    private static string Chat(string dialect)
    {
        var body = new RequestWriter();
        Assert.Null(new DialectCodec(dialect, Sampler.Of(dialect, "anthropic.claude-x-v1:0")).WriteRequest(Asked, body)?.Message);
        return Encoding.UTF8.GetString(body.WrittenMemory.Span);
    }

    /// <summary>Claude at Vertex AI, whose chats name the model in the address.</summary>
    private sealed class VertexClaude(ModelProfile model) : ChatCodec
    {
        public override ModelProfile Profile => model;

        public override string PathFor(bool streaming) => "/v1/messages";

        public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => AnthropicRequest.Write(request, body, "{\"anthropic_version\":\"vertex-2023-10-16\""u8, model);

        public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => throw new NotSupportedException();

        public override ChatStreamDecoder StartStream(ChatRequest request) => throw new NotSupportedException();

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => throw new NotSupportedException();
    }
}
