using System.Net;
using System.Text.Json;
using static RouterGen.FakeProviders.Tests.RawClient;

namespace RouterGen.FakeProviders.Tests;

public sealed class ScriptTests
{
    [Fact]
    public async Task Counted_steps_come_first_then_the_standing_one_until_recovery()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[OpenAIModel].Always(Fault.Status(503)).Next(Fault.Status(429), times: 2).Next(Fault.Status(500));

        var statuses = new List<int>();
        for (int i = 0; i < 5; i++) statuses.Add((await OpenAIAsync(fakes)).StatusCode);
        script.Recover();
        statuses.Add((await OpenAIAsync(fakes)).StatusCode);

        Assert.Equal([429, 429, 500, 503, 503, 200], statuses);
        Assert.Equal(6, script.Calls);
        Assert.Equal(200, (await AnthropicAsync(fakes)).StatusCode); // another deployment was not meant
    }

    [Fact]
    public async Task Requests_are_kept_unless_they_are_not_to_be()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[AnthropicModel];
        await AnthropicAsync(fakes);
        script.RecordRequests = false;
        await AnthropicAsync(fakes);

        RecordedRequest request = Assert.Single(script.Requests);
        Assert.Equal("/anthropic/v1/messages", request.Path);
        Assert.Equal("sk-test", request.Headers["X-API-Key"]);
        Assert.Equal(AnthropicBody(), request.Body);
        Assert.Equal(2, script.Calls);
    }

    [Fact]
    public async Task Requests_are_bounded()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using var http = new HttpClient { BaseAddress = fakes.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "k");
        for (int i = 0; i < 260; i++) await http.PostAsync(OpenAIPath, new StringContent(OpenAIBody(text: $"n{i}")));

        IReadOnlyList<RecordedRequest> requests = fakes[OpenAIModel].Requests;
        Assert.Equal(256, requests.Count);
        Assert.Contains("n4\"", requests[0].Body);
        Assert.Contains("n259\"", requests[^1].Body);
    }

    [Fact]
    public async Task A_refused_request_uses_up_no_step()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].Next(Fault.Status(503));
        Assert.Equal(401, (await PostAsync(fakes, OpenAIPath, OpenAIBody(), "Authorization: Bearer sk-wrong")).StatusCode);
        Assert.Equal(503, (await OpenAIAsync(fakes)).StatusCode);
        Assert.Equal(2, fakes[OpenAIModel].Calls);
    }

    [Fact]
    public async Task Deltas_are_as_many_as_asked_for()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[OpenAIModel].ReplyWith(new Reply { Deltas = 1000 });
        RawAnswer words = await OpenAIAsync(fakes, stream: true);
        Assert.Equal(1000 + 3, words.Body.Split("data: ").Length - 1); // role, finish, [DONE]

        script.ReplyWith(new Reply { Text = "😀😀a", Deltas = 4 });
        RawAnswer pairs = await OpenAIAsync(fakes, stream: true);
        Assert.DoesNotContain("FFFD", pairs.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u00EF\u00BF\u00BD", pairs.Body); // the replacement character's bytes
        Assert.Equal(3 + 3, pairs.Body.Split("data: ").Length - 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prebuilt_answers_are_the_same_bytes_each_time(bool batch)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].ReplyWith(new Reply { Deltas = 20, Prebuilt = true, Batch = batch });
        fakes[AnthropicModel].ReplyWith(new Reply { Deltas = 20, Prebuilt = true, Batch = batch });

        RawAnswer streamed = await OpenAIAsync(fakes, stream: true);
        Assert.Equal(streamed.Body, (await OpenAIAsync(fakes, stream: true)).Body);
        Assert.EndsWith("data: [DONE]\n\n(end)", streamed.Body);
        RawAnswer plain = await OpenAIAsync(fakes);
        Assert.Equal(plain.Body, (await OpenAIAsync(fakes)).Body);
        Assert.Contains("\"object\":\"chat.completion\",", plain.Body);
        RawAnswer anthropic = await AnthropicAsync(fakes, stream: true);
        Assert.Equal(anthropic.Body, (await AnthropicAsync(fakes, stream: true)).Body);
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n(end)", anthropic.Body);
    }

    [Fact]
    public async Task A_batch_is_one_chunk()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].ReplyWith(new Reply { Batch = true });
        using var client = await SendAsync(fakes, OpenAIPath, OpenAIBody(stream: true));
        string raw = await ReadUntilAsync(client, "\r\n0\r\n\r\n");
        string[] lines = raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].TrimEnd().Split("\r\n");
        Assert.Equal(3, lines.Length); // the chunk's size, the chunk, and the last chunk's 0
    }

    [Fact]
    public async Task Scripts_over_HTTP()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using var http = new HttpClient { BaseAddress = fakes.BaseAddress };
        const string script = """
            {"reply":{"text":"Yes."},"steps":[{"fault":{"kind":"Status","status":429,"retryAfterMs":1500,"retryAfterForm":"Milliseconds"},"times":1},
            {"fault":{"kind":"Status"},"times":1},{"fault":{"headers":{"x-extra":"1"}}}]}
            """;
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync("_script/openai/gpt-4o-mini", new StringContent(script))).StatusCode);

        Assert.Contains("retry-after-ms: 1500", (await OpenAIAsync(fakes)).Head);
        Assert.Equal(500, (await OpenAIAsync(fakes)).StatusCode); // what is left out keeps its default
        RawAnswer answer = await OpenAIAsync(fakes);
        Assert.Contains("x-extra: 1", answer.Head);
        Assert.Contains("\"content\":\"Yes.\"", answer.Body);
        await fakes[OpenAIModel].WaitUntilAsync(s => s.InFlight == 0);
        Assert.Equal("""{"calls":3,"aborted":0,"inFlight":0}""", await http.GetStringAsync("_script/openai/gpt-4o-mini"));

        await http.PostAsync("_reset", null);
        Assert.Equal("""{"calls":0,"aborted":0,"inFlight":0}""", await http.GetStringAsync("_script/openai/gpt-4o-mini"));
        Assert.DoesNotContain("x-extra", (await OpenAIAsync(fakes)).Head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"steps":[{"fault":{"knd":"Reset"}}]}""")]
    [InlineData("""{"steps":[{"fault":{"kind":"Rest"}}]}""")]
    [InlineData("""{"steps":[{"fault":{"kind":"Reset"},"times":0}]}""")]
    [InlineData("""{"steps":[{"times":1}]}""")]
    [InlineData("""{"steps":[{"fault":null}]}""")]
    public async Task A_wrong_script_is_refused_and_changes_nothing(string script)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using var http = new HttpClient { BaseAddress = fakes.BaseAddress };
        fakes[OpenAIModel].Always(Fault.Status(503));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("_script/openai/gpt-4o-mini", new StringContent(script))).StatusCode);
        Assert.Equal(503, (await OpenAIAsync(fakes)).StatusCode);
    }

    [Fact]
    public void Every_fault_survives_JSON()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            var fault = new Fault(kind, 418, "b", "c/d", null, TimeSpan.FromMilliseconds(1.5), RetryAfterForm.Date, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), 4, 5, "e", FaultStage.MidEvent);
            string json = JsonSerializer.Serialize(new ScriptDocument(null, [new ScriptStep(fault, 1)]), ScriptJson.Default.ScriptDocument);
            ScriptDocument read = JsonSerializer.Deserialize(json, ScriptJson.Default.ScriptDocument)!;
            Assert.Equal(fault, Assert.Single(read.Steps!).Fault);
        }
    }
}
