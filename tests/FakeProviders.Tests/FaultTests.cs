using System.Net.Sockets;
using System.Text.Json;
using static RouterGen.FakeProviders.Tests.RawClient;

namespace RouterGen.FakeProviders.Tests;

/// <summary>Each fault as a socket sees it.</summary>
public sealed class FaultTests
{
    private static readonly Reply FiveDeltas = new() { Text = "one two three four five" };

    [Theory]
    [InlineData(400, "invalid_request_error", "invalid_request_error")]
    [InlineData(401, "invalid_api_key", "authentication_error")]
    [InlineData(404, "model_not_found", "not_found_error")]
    [InlineData(429, "rate_limit_exceeded", "rate_limit_error")]
    [InlineData(500, "server_error", "api_error")]
    [InlineData(529, "server_error", "overloaded_error")]
    public Task A_status_has_the_providers_error(int status, string openAI, string anthropic) => BothSayAsync(Fault.Status(status), status, openAI, anthropic);

    [Fact]
    public Task Quota() => BothSayAsync(Fault.Quota, 429, "insufficient_quota", "enforced_spend_limit_reached");

    [Fact]
    public Task Context_window() => BothSayAsync(Fault.ContextWindow, 400, "context_length_exceeded", "prompt is too long");

    [Fact]
    public Task Prompt_filter() => BothSayAsync(Fault.PromptFiltered, 400, "ResponsibleAIPolicyViolation", "content filtering policy");

    [Fact]
    public Task Content_filter() => BothSayAsync(Fault.ContentFiltered, 200, "\"finish_reason\":\"content_filter\"", "\"stop_reason\":\"refusal\"");

    [Fact]
    public Task Error_object_with_status_200() => BothSayAsync(Fault.Of(FaultKind.ErrorObject), 200, "{\"error\":{", "{\"type\":\"error\",");

    [Fact]
    public Task Html_with_status_200() => BothSayAsync(Fault.Of(FaultKind.Html), 200, "<!DOCTYPE html>", "<!DOCTYPE html>");

    [Fact]
    public async Task A_status_may_have_a_body_and_headers_of_its_own()
    {
        Fault fault = Fault.Status(418, "teapot", "text/plain") with { Headers = new Dictionary<string, string> { ["x-ratelimit-remaining-requests"] = "7" } };
        RawAnswer answer = await OneAsync(fault, stream: false);
        Assert.Equal(418, answer.StatusCode);
        Assert.Equal("teapot", answer.Body);
        Assert.Contains("Content-Type: text/plain", answer.Head);
        Assert.Contains("x-ratelimit-remaining-requests: 7", answer.Head);
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, "Retry-After: 2")]
    [InlineData(RetryAfterForm.Milliseconds, "retry-after-ms: 1500")]
    [InlineData(RetryAfterForm.Date, "Retry-After: Thu, 01 Jan 2026 00:00:01 GMT")]
    public async Task Retry_after_in_all_its_forms(RetryAfterForm form, string header)
    {
        await using var fakes = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = new ManualTime() });
        fakes[OpenAIModel].Next(Fault.RateLimited(TimeSpan.FromMilliseconds(1500), form));
        RawAnswer answer = await OpenAIAsync(fakes);
        Assert.Equal(429, answer.StatusCode);
        Assert.Contains(header, answer.Head);
    }

    [Fact]
    public async Task Redirect()
    {
        RawAnswer answer = await OneAsync(Fault.Redirect("http://evil.invalid/x"), stream: false);
        Assert.Equal(307, answer.StatusCode);
        Assert.Contains("Location: http://evil.invalid/x", answer.Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reset_is_a_TCP_reset_before_any_byte(bool stream)
    {
        RawAnswer answer = await OneAsync(Fault.Reset, stream);
        Assert.True(answer.WasReset);
        Assert.Equal("", answer.Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reset_after_headers(bool stream)
    {
        RawAnswer answer = await OneAsync(Fault.ResetAfterHeaders, stream);
        Assert.True(answer.WasReset);
        Assert.Equal(200, answer.StatusCode);
        Assert.Equal("", answer.Body);
    }

    [Fact]
    public async Task Cut_resets_after_so_many_deltas()
    {
        RawAnswer answer = await OneAsync(Fault.CutAfter(3), stream: true);
        Assert.True(answer.WasReset);
        Assert.EndsWith("three \"},\"logprobs\":null,\"finish_reason\":null}]}\n\n", answer.Body);
    }

    [Fact]
    public async Task Cut_of_a_plain_body_is_half_of_it()
    {
        RawAnswer answer = await OneAsync(Fault.CutAfter(0), stream: false);
        Assert.True(answer.WasReset);
        Assert.StartsWith("{\"id\":", answer.Body);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(answer.Body));
    }

    [Theory]
    [InlineData(FaultStage.Headers, "", "one ")]
    [InlineData(FaultStage.Delta, "two ", "three ")]
    [InlineData(FaultStage.MidEvent, "two \"},\"logprobs\":null,\"finish_reason\":null}]}\n\ndata: {", "three ")]
    [InlineData(FaultStage.Terminator, "\"finish_reason\":\"stop\"", "[DONE]")]
    public async Task A_stream_breaks_at_its_stage(FaultStage stage, string lastSent, string neverSent)
    {
        RawAnswer answer = await OneAsync(Fault.EndAfter(2) with { Stage = stage }, stream: true);
        Assert.Equal(200, answer.StatusCode);
        Assert.Contains(lastSent, answer.Body);
        Assert.DoesNotContain(neverSent, answer.Body);
    }

    [Fact]
    public async Task End_early_is_in_order_but_without_finish()
    {
        RawAnswer answer = await OneAsync(Fault.EndAfter(2), stream: true);
        Assert.False(answer.WasReset);
        Assert.EndsWith("\n\n(end)", answer.Body);
        Assert.Contains("two ", answer.Body);
        Assert.DoesNotContain("three", answer.Body);
        Assert.DoesNotContain("[DONE]", answer.Body);
    }

    [Fact]
    public async Task Missing_terminator_lacks_nothing_else()
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.MissingTerminator), stream: true);
        Assert.EndsWith("\"finish_reason\":\"stop\"}]}\n\n(end)", answer.Body);
    }

    [Theory]
    [InlineData(true, "two ", "three")]
    [InlineData(false, "{\"id\":", "total_tokens")]
    public async Task A_stall_lasts_until_the_client_goes(bool stream, string comes, string doesNot)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[OpenAIModel].ReplyWith(FiveDeltas).Next(Fault.StallAfter(2));
        using (TcpClient client = await SendAsync(fakes, OpenAIPath, OpenAIBody(stream)))
        {
            Assert.DoesNotContain(doesNot, await ReadUntilAsync(client, comes));
            Assert.Equal(1, script.InFlight);
        }

        await script.WaitUntilAsync(s => s.InFlight == 0);
        Assert.Equal(1, script.Aborted);
    }

    [Fact]
    public async Task A_black_hole_lasts_until_the_client_goes()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[AnthropicModel].Next(Fault.BlackHole);
        using (TcpClient client = await SendAsync(fakes, AnthropicPath, AnthropicBody()))
        {
            await script.WaitUntilAsync(s => s.InFlight == 1);
            Assert.Equal(0, client.Available);
        }

        await script.WaitUntilAsync(s => s.InFlight == 0);
        Assert.Equal(1, script.Aborted);
    }

    [Fact]
    public async Task A_black_hole_does_not_hold_up_the_servers_end()
    {
        var fakes = await FakeProviderServer.StartAsync();
        DeploymentScript script = fakes[AnthropicModel].Next(Fault.BlackHole);
        using TcpClient client = await SendAsync(fakes, AnthropicPath, AnthropicBody());
        await script.WaitUntilAsync(s => s.InFlight == 1);
        await fakes.DisposeAsync();
        Assert.Equal("", (await ReadToEndAsync(client)).Head);
        Assert.Equal(0, script.Aborted);
    }

    [Fact]
    public async Task Delays_run_on_the_given_time()
    {
        var time = new ManualTime();
        await using var fakes = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = time });
        fakes[OpenAIModel].ReplyWith(FiveDeltas with { DeltaDelay = TimeSpan.FromSeconds(1) })
            .Next(Fault.Slow(TimeSpan.FromMinutes(3)) with { FirstTokenDelay = TimeSpan.FromMinutes(2) });
        using TcpClient client = await SendAsync(fakes, OpenAIPath, OpenAIBody(stream: true));

        Assert.Equal(TimeSpan.FromMinutes(3), await time.NextTimerAsync());
        Assert.Equal(0, client.Available);
        time.Fire();
        Assert.Equal(TimeSpan.FromMinutes(2), await time.NextTimerAsync());
        Assert.DoesNotContain("one", await ReadUntilAsync(client, "\"role\":\"assistant\""));
        time.Fire();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(1), await time.NextTimerAsync());
            time.Fire();
        }

        Assert.Contains("five", await ReadUntilAsync(client, "[DONE]"));
    }

    [Fact]
    public async Task Stream_error_is_each_providers_own()
    {
        RawAnswer openAI = await OneAsync(Fault.StreamErrorAfter(1), stream: true);
        Assert.Contains("one ", openAI.Body);
        Assert.Contains("\n\ndata: {\"error\":{", openAI.Body);
        Assert.DoesNotContain("[DONE]", openAI.Body);

        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[AnthropicModel].Next(Fault.StreamErrorAfter(1));
        RawAnswer anthropic = await AnthropicAsync(fakes, stream: true);
        Assert.Contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"", anthropic.Body);
        Assert.DoesNotContain("message_stop", anthropic.Body);
    }

    [Fact]
    public async Task Truncated_JSON()
    {
        RawAnswer plain = await OneAsync(Fault.Of(FaultKind.TruncatedJson), stream: false);
        Assert.False(plain.WasReset);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(plain.Body));

        RawAnswer streamed = await OneAsync(Fault.Of(FaultKind.TruncatedJson), stream: true);
        string firstDelta = streamed.Body.Split("\n\n")[1];
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(firstDelta["data: ".Length..]));
        Assert.Contains("[DONE]", streamed.Body);
    }

    [Theory]
    [InlineData(false, "application/json")]
    [InlineData(true, "text/event-stream")]
    public async Task Empty_body(bool stream, string type)
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.Empty), stream);
        Assert.Equal(200, answer.StatusCode);
        Assert.Contains("Content-Type: " + type, answer.Head);
        Assert.Equal("", answer.Body);
    }

    [Theory]
    [InlineData(false, "chat.completion")]
    [InlineData(true, "[DONE]")]
    public async Task Wrong_content_type(bool stream, string says)
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.WrongContentType), stream);
        Assert.Contains("Content-Type: text/plain", answer.Head);
        Assert.Contains(says, answer.Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gigantic_body(bool stream)
    {
        RawAnswer answer = await OneAsync(Fault.Gigantic(3), stream);
        Assert.Equal(3 * 1024 * 1024, answer.Body.Count(c => c == 'a') - (stream ? 2 : 0) - 1); // "data: " and "padding" have some too
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invalid_UTF8(bool stream)
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.InvalidUtf8), stream);
        Assert.Contains("caf\u00FF\u00A9", answer.Body); // Latin-1: the bytes FF A9
    }

    [Fact]
    public async Task Garbage_event_is_followed_by_the_rest()
    {
        RawAnswer answer = await OneAsync(Fault.GarbageAfter(2), stream: true);
        int garbage = answer.Body.IndexOf("<this is no JSON>", StringComparison.Ordinal);
        Assert.InRange(garbage, answer.Body.IndexOf("two ", StringComparison.Ordinal), answer.Body.IndexOf("three ", StringComparison.Ordinal));
        Assert.Contains("[DONE]", answer.Body);
    }

    [Fact]
    public async Task Line_ends_of_two_bytes()
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.CrLf), stream: true);
        Assert.EndsWith("data: [DONE]\r\n\r\n(end)", answer.Body);
        Assert.Equal(answer.Body.Count(c => c == '\n'), answer.Body.Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task Comments_come_before_each_event()
    {
        RawAnswer answer = await OneAsync(Fault.Of(FaultKind.Comments), stream: true);
        Assert.Equal(answer.Body.Split("data: ").Length, answer.Body.Split(": keep-alive\n\n").Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Single_bytes_are_a_chunk_each(bool stream)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].Next(Fault.Of(FaultKind.SingleBytes)).ReplyWith(FiveDeltas);
        using TcpClient client = await SendAsync(fakes, OpenAIPath, OpenAIBody(stream));
        string raw = await ReadUntilAsync(client, "\r\n0\r\n\r\n");
        string[] lines = raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Split("\r\n");
        Assert.True(lines.Length > 100);
        Assert.All(lines[..^3].Where((_, i) => i % 2 == 0), size => Assert.Equal("1", size));
    }

    private static async Task<RawAnswer> OneAsync(Fault fault, bool stream)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].ReplyWith(FiveDeltas).Next(fault);
        RawAnswer answer = await OpenAIAsync(fakes, stream);
        await fakes[OpenAIModel].WaitUntilAsync(s => s.InFlight == 0);
        Assert.Equal(0, fakes[OpenAIModel].Aborted); // it was not the client that went
        return answer;
    }

    private static async Task BothSayAsync(Fault fault, int status, string openAI, string anthropic)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        fakes[OpenAIModel].Next(fault);
        fakes[AnthropicModel].Next(fault);
        RawAnswer answer = await OpenAIAsync(fakes);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(openAI, answer.Body);
        answer = await AnthropicAsync(fakes);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(anthropic, answer.Body);
    }
}
