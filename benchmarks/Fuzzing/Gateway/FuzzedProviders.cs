using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RouterGen.Fuzzing;

/// <summary>
/// All providers of the fuzzed gateway: each answers in its own dialect whatever is asked, so that a fault is one of the gateway's. What they are asked must be theirs:
/// JSON that a strict reader takes, at their address, with their key.
/// </summary>
internal sealed class FuzzedProviders : HttpMessageHandler
{
    /// <summary>Where they all are.</summary>
    public const string Root = "https://providers.example/";

    /// <summary>The key of each.</summary>
    public const string Key = "sk-of-a-provider";

    /// <summary>The gateway's own, which no provider gets.</summary>
    public const string MasterKey = "sk-of-the-gateway";

    private const int MostDimensions = 4096;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 1000, AllowDuplicateProperties = true };

    private string? _problem;

    /// <summary>Takes what was wrong with what they were asked; null where nothing was.</summary>
    public string? TakeProblem() => Interlocked.Exchange(ref _problem, null);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(request, Encoding.UTF8.GetString(Read(request)));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    private static byte[] Read(HttpRequestMessage request)
    {
        using var whole = new MemoryStream();
        request.Content?.CopyTo(whole, null, CancellationToken.None);
        return whole.ToArray();
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        if (!request.RequestUri!.AbsoluteUri.StartsWith(Root, StringComparison.Ordinal)) _problem = $"A request goes to {request.RequestUri}.";
        if (request.Headers.ToString().Contains(MasterKey, StringComparison.Ordinal)) _problem = "The gateway's own key goes to a provider.";
        string path = request.RequestUri.AbsolutePath;
        bool isForm = request.Content?.Headers.ContentType?.MediaType is "multipart/form-data";
        JsonElement asked = default;
        try
        {
            if (!isForm) asked = JsonElement.Parse(body, Strict);
        }
        catch (JsonException exception)
        {
            _problem = $"A provider gets what is no JSON: {exception.Message} {body}";
        }

        bool isStream = path.Contains("stream", StringComparison.OrdinalIgnoreCase) || (asked.ValueKind is JsonValueKind.Object && asked.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind is JsonValueKind.True);
        if (DimensionsOf(asked) is < 1 or > MostDimensions) return new HttpResponseMessage(HttpStatusCode.BadRequest) { RequestMessage = request, Content = new StringContent("""{"error":{"message":"Too many dimensions.","type":"invalid_request_error","param":"dimensions","code":null}}""", Encoding.UTF8, "application/json") };
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = ContentOf(path, asked, isStream) };
    }

    private static HttpContent ContentOf(string path, JsonElement asked, bool isStream)
    {
        bool isSound = path.EndsWith("/speech", StringComparison.Ordinal);
        isStream |= isSound && asked.TryGetProperty("stream_format", out _);
        if (isSound && !isStream) return new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("audio/mpeg") } };
        string text = path switch
        {
            _ when isSound => "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\ndata: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}\n\n",
            _ when path.EndsWith("/embeddings", StringComparison.Ordinal) => Vectors(asked),
            _ when path.EndsWith("/rerank", StringComparison.Ordinal) => Ranks(asked),
            _ when path.EndsWith("/moderations", StringComparison.Ordinal) => Judgements(asked),
            _ when path.Contains("/images/", StringComparison.Ordinal) && isStream => "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"AAAA\",\"partial_image_index\":0}\n\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"AAAA\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}\n\n",
            _ when path.Contains("/images/", StringComparison.Ordinal) => """{"created":1,"data":[{"b64_json":"AAAA"}],"usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}""",
            _ when path.EndsWith("/transcriptions", StringComparison.Ordinal) => """{"text":"Hello","usage":{"type":"tokens","input_tokens":1,"output_tokens":2,"total_tokens":3}}""",
            _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => isStream ? Dialects.OpenAIStreams[1] : Dialects.OpenAIReplies[0],
            _ when path.EndsWith("/completions", StringComparison.Ordinal) => isStream
                ? "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":\"on\",\"finish_reason\":null}]}\n\ndata: {\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                : """{"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"on","finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""",
            _ when path.EndsWith("/count_tokens", StringComparison.Ordinal) => """{"input_tokens":7}""",
            _ when path.EndsWith("/messages", StringComparison.Ordinal) => isStream ? Dialects.AnthropicStreams[0] : Dialects.AnthropicReplies[0],
            _ when path.EndsWith("/responses", StringComparison.Ordinal) => isStream ? Dialects.ResponsesStreams[0] : Dialects.ResponsesReplies[0],
            _ when path.Contains("countTokens", StringComparison.Ordinal) => """{"totalTokens":7}""",
            _ => isStream ? Dialects.GeminiStreams[0] : Dialects.GeminiReplies[0],
        };
        return new StringContent(text, Encoding.UTF8, isStream ? "text/event-stream" : "application/json");
    }

    private static string Vectors(JsonElement asked)
    {
        string vector = Convert.ToBase64String(MemoryMarshal.AsBytes<float>([.. Enumerable.Repeat(1f, DimensionsOf(asked))]));
        IEnumerable<string> all = Enumerable.Range(0, CountOf(asked)).Select(i => $$$"""{"object":"embedding","index":{{{i}}},"embedding":"{{{vector}}}"}""");
        return $$$"""{"object":"list","data":[{{{string.Join(',', all)}}}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""";
    }

    private static int DimensionsOf(JsonElement asked) => asked.ValueKind is JsonValueKind.Object && asked.TryGetProperty("dimensions", out JsonElement stated) && stated.TryGetInt32(out int dimensions) ? dimensions : 2;

    private static string Ranks(JsonElement asked)
    {
        int count = asked.GetProperty("documents").GetArrayLength();
        if (asked.TryGetProperty("top_n", out JsonElement top) && top.TryGetInt32(out int most)) count = Math.Min(count, most);
        return $$"""{"results":[{{string.Join(',', Enumerable.Range(0, count).Select(static i => $"{{\"index\":{i},\"relevance_score\":0.5}}"))}}],"meta":{"billed_units":{"search_units":1} } }""";
    }

    private static string Judgements(JsonElement asked)
    {
        const string Judgement = """{"flagged":false,"categories":{"hate":false},"category_scores":{"hate":0.1},"category_applied_input_types":{"hate":["text"]}}""";
        return $$"""{"id":"m","model":"m","results":[{{string.Join(',', Enumerable.Repeat(Judgement, CountOf(asked)))}}]}""";
    }

    // Parts of one input, such as a text and an image, are judged together.
    private static int CountOf(JsonElement asked) =>
        asked.ValueKind is JsonValueKind.Object && asked.TryGetProperty("input", out JsonElement input) && input.ValueKind is JsonValueKind.Array && input.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) ? input.GetArrayLength() : 1;
}
