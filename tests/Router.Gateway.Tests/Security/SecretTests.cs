using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Security;

/// <summary>Keys and prompts are in nothing that the gateway says of itself: logs, metrics, traces and errors.</summary>
public sealed class SecretTests
{
    private const string ProvidersKey = "sk-secret-of-a-provider";
    private const string MasterKey = "sk-secret-master-key";
    private const string WrongKey = "sk-secret-wrong-key";
    private const string Prompt = "secret-prompt-7f3a";
    private const string Marker = "secret-header-91bc";

    [Fact]
    public async Task No_secret_is_in_a_log_a_metric_a_trace_or_an_error()
    {
        List<string> traces = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (traces) traces.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(static one => one.Tags))} {string.Join(' ', span.Baggage)}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = MasterKey, AnswersUnknownPaths = true, Responses = { Store = new MemoryResponseStore() } });
        List<Got> errors = [];
        foreach ((string path, HttpContent content) in Requests().Concat(Requests())) // once answered, then refused
        {
            errors.Add(await SendAsync(world, path, content, MasterKey));
            if (errors.Count == Requests().Count()) FailAll(world);
        }

        foreach ((string path, HttpContent content) in Requests()) errors.Add(await SendAsync(world, path, content, WrongKey));
        foreach (string path in (string[])["/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/embeddings", "/v1/rerank"])
        {
            foreach (string body in (string[])[$"{{\"{Prompt}", $"{{\"model\":\"chat\",\"{Prompt}\":\"{Prompt}\",\"input\":[{{\"{Prompt}\":1}}],\"messages\":[{{\"role\":\"{Prompt}\",\"content\":\"{Prompt}\"}}]}}", $"{Prompt}\xFF"])
                errors.Add(await SendAsync(world, path, new StringContent(body, Encoding.UTF8, "application/json"), MasterKey));
        }

        Got metrics = await world.GetAsync("/metrics", ("Authorization", "Bearer " + MasterKey));
        Got health = await world.GetAsync("/health", ("Authorization", "Bearer " + MasterKey));
        string[] secrets = [ProvidersKey, MasterKey, WrongKey, Prompt, Marker];
        AssertNone(secrets, metrics.Body);
        AssertNone(secrets, health.Body);
        foreach (Got error in errors.Where(static got => got.Status != 200)) AssertNone(secrets, error.Body + string.Join(' ', error.Headers));
        foreach (Got answer in errors.Where(static got => got.Status == 200)) AssertNone([ProvidersKey, MasterKey], answer.Body + string.Join(' ', answer.Headers));

        // The server's own log of each header and body is that of a debugger: what is said by us and at the usual levels has none.
        foreach (Logged entry in world.Logs.All.Where(static entry => entry.Category.StartsWith("RouterGen", StringComparison.Ordinal) || entry.Level >= Microsoft.Extensions.Logging.LogLevel.Information)) AssertNone(secrets, entry.Text);
        lock (traces)
        {
            Assert.NotEmpty(traces);
            foreach (string trace in traces) AssertNone(secrets, trace);
        }
    }

    private static void AssertNone(string[] secrets, string text)
    {
        foreach (string secret in secrets) Assert.DoesNotContain(secret, text);
    }

    private static Task<Got> SendAsync(World world, string path, HttpContent content, string key) =>
        world.SendAsync(HttpMethod.Post, path, content, ("Authorization", "Bearer " + key), ("x-api-key", key), ("x-marker", Marker), ("Cookie", Marker), ("User-Agent", Marker));

    private static void FailAll(World world)
    {
        foreach (string deployment in (string[])["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5", "openai/text-embedding-3-small", "cohere/rerank-v4.0-pro", "openai/omni-moderation-latest", "openai/gpt-image-2", "openai/gpt-4o-transcribe", "openai/gpt-4o-mini-tts", "openai/gpt-3.5-turbo-instruct"])
            world.Providers![deployment].Always(Fault.Status(401, $$$"""{"error":{"message":"Incorrect API key provided: {{{ProvidersKey}}}.","type":"invalid_request_error","code":"invalid_api_key"}}"""));
    }

    private static IEnumerable<(string Path, HttpContent Content)> Requests()
    {
        foreach (bool stream in (bool[])[false, true])
        {
            string streamed = stream ? "true" : "false";
            yield return ("/v1/chat/completions", Json($$"""{"model":"chat","stream":{{streamed}},"messages":[{"role":"user","content":"{{Prompt}}"}],"user":"{{Prompt}}"}"""));
            yield return ("/v1/messages", Json($$"""{"model":"claude","max_tokens":9,"stream":{{streamed}},"system":"{{Prompt}}","messages":[{"role":"user","content":"{{Prompt}}"}]}"""));
            yield return ("/v1/responses", Json($$"""{"model":"chat","stream":{{streamed}},"instructions":"{{Prompt}}","input":"{{Prompt}}"}"""));
        }

        yield return ("/v1/responses/input_tokens", Json($$"""{"model":"chat","input":"{{Prompt}}"}"""));
        yield return ("/v1/messages/count_tokens", Json($$"""{"model":"claude","messages":[{"role":"user","content":"{{Prompt}}"}]}"""));
        yield return ("/v1/embeddings", Json($$"""{"model":"vectors","input":"{{Prompt}}"}"""));
        yield return ("/v1/completions", Json($$"""{"model":"text-goes-on","prompt":"{{Prompt}}"}"""));
        yield return ("/v1/rerank", Json($$"""{"model":"ranking","query":"{{Prompt}}","documents":["{{Prompt}}"]}"""));
        yield return ("/v1/moderations", Json($$"""{"model":"judge","input":"{{Prompt}}"}"""));
        yield return ("/v1/images/generations", Json($$"""{"model":"pictures","prompt":"{{Prompt}}"}"""));
        yield return ("/v1/audio/speech", Json($$"""{"model":"voice","input":"{{Prompt}}"}"""));
        yield return ("/v1/images/edits", Form("pictures", "image", "a.png"));
        yield return ("/v1/audio/transcriptions", Form("ear", "file", "a.wav"));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static MultipartFormDataContent Form(string model, string name, string file) => new()
    {
        { new StringContent(model), "model" },
        { new StringContent(Prompt), "prompt" },
        { new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, name, file },
    };
}
