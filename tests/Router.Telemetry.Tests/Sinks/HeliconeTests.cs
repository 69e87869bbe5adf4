using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>What <c>UseHelicone</c> sends, as Helicone reads it.</summary>
public sealed class HeliconeTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_attempt_is_a_record_without_what_was_said()
    {
        await using StandIn helicone = await StandIn.StartAsync(Services.Helicone);
        var router = new SinkedRouter(options => options.UseHelicone(), new() { ["HELICONE_BASE_URL"] = helicone.Address.AbsoluteUri, ["HELICONE_API_KEY"] = Services.HeliconeKey });
        await router.CallAsync(routing: new CallOptions { SessionKey = "s1", Caller = "Zoë", SpendTags = ["search", "beta"] });
        await router.Sink.DisposeAsync();

        JsonElement[] records = Records(helicone);
        JsonElement failed = records.Single(static record => record.GetProperty("providerResponse").GetProperty("status").GetInt32() == 503);
        JsonElement answered = records.Single(static record => record.GetProperty("providerResponse").GetProperty("status").GetInt32() == 200);
        Assert.Equal(2, records.Length);
        Assert.Equal("Overloaded", failed.GetProperty("providerResponse").GetProperty("json").GetProperty("error").GetProperty("type").GetString());
        JsonElement meta = answered.GetProperty("providerRequest").GetProperty("meta");
        Assert.Equal("Zo%C3%AB", meta.GetProperty("Helicone-User-Id").GetString());
        Assert.Equal("s1", meta.GetProperty("Helicone-Session-Id").GetString());
        Assert.Equal("/test", meta.GetProperty("Helicone-Session-Path").GetString());
        Assert.Equal("b", meta.GetProperty("Helicone-Property-Deployment").GetString());
        Assert.Equal("search,beta", meta.GetProperty("Helicone-Property-Tags").GetString());
        Assert.Equal("2", meta.GetProperty("Helicone-Property-Attempt").GetString());
        Assert.True(Guid.TryParseExact(meta.GetProperty("Helicone-Request-Id").GetString(), "D", out _));
        Assert.Equal("b", answered.GetProperty("providerRequest").GetProperty("json").GetProperty("model").GetString());
        Assert.Equal(0, answered.GetProperty("providerRequest").GetProperty("json").GetProperty("messages").GetArrayLength());
        Assert.False(answered.GetProperty("providerResponse").GetProperty("json").TryGetProperty("choices", out _));
        Assert.DoesNotContain(helicone.Arrivals, static arrival => System.Text.Encoding.UTF8.GetString(arrival.Body).Contains("Hello", StringComparison.Ordinal));
        Assert.Equal(VirtualTime.Start.ToUnixTimeMilliseconds(), Services.Moment(answered.GetProperty("timing").GetProperty("startTime")));
        Assert.Empty(router.Logs.Lines);
    }

    [Fact]
    public async Task Where_content_is_captured_request_and_answer_are_in_the_form_of_OpenAIs_chat()
    {
        await using StandIn helicone = await StandIn.StartAsync(Services.Helicone);
        var router = new SinkedRouter(options => options.UseHelicone(new() { BaseUrl = helicone.Address, ApiKey = Services.HeliconeKey }), capture: true);
        ChatMessage[] messages =
        [
            new(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[3], "image/png")]),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "look", new Dictionary<string, object?> { ["at"] = "it", ["part"] = JsonDocument.Parse("[1]").RootElement })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "a cat"), new FunctionResultContent("c2", 7)]),
        ];
        await ((IChatClient)router.Group).GetResponseAsync(messages, new ChatOptions { Instructions = "Be short.", Temperature = 0.5f, MaxOutputTokens = 9 }, Test);
        await router.Sink.DisposeAsync();

        JsonElement record = Records(helicone).Single(static record => record.GetProperty("providerResponse").GetProperty("status").GetInt32() == 200);
        Assert.Equal(
            """{"model":"b","messages":[{"role":"system","content":"Be short."},{"role":"user","content":"What is this?\n[image/png, 3 bytes]"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\u0022at\u0022:\u0022it\u0022,\u0022part\u0022:[1]}"}}]},{"role":"tool","tool_call_id":"c1","content":"a cat"},{"role":"tool","tool_call_id":"c2","content":"7"}],"temperature":0.5,"max_tokens":9}""",
            record.GetProperty("providerRequest").GetProperty("json").GetRawText());
        JsonElement choice = Assert.Single(record.GetProperty("providerResponse").GetProperty("json").GetProperty("choices").EnumerateArray());
        Assert.Equal("hi", choice.GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_captured_stream_is_put_together_and_says_when_it_began()
    {
        await using StandIn helicone = await StandIn.StartAsync(Services.Helicone);
        var router = new SinkedRouter(options => options.UseHelicone(new() { BaseUrl = helicone.Address, ApiKey = Services.HeliconeKey }), capture: true);
        router.Transport.On("b", FakeTransport.Events("one", "two", "[end]"));
        await foreach (ChatResponseUpdate _ in router.Group.StreamAsync("Hello", cancellationToken: Test)) { }
        await router.Sink.DisposeAsync();
        JsonElement record = Records(helicone).Single(static record => record.GetProperty("providerResponse").GetProperty("status").GetInt32() == 200);
        Assert.Equal("onetwo", record.GetProperty("providerResponse").GetProperty("json").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(0, record.GetProperty("timing").GetProperty("timeToFirstToken").GetInt64());
    }

    [Theory]
    [InlineData("sk-helicone-abc", null, "https://api.worker.helicone.ai/custom/v1/log")]
    [InlineData("sk-helicone-eu-abc", null, "https://eu.api.helicone.ai/custom/v1/log")]
    [InlineData("pk-helicone-eu-abc", null, "https://eu.api.helicone.ai/custom/v1/log")]
    [InlineData("sk-helicone-eu-abc", "https://own.example/base/", "https://own.example/base/custom/v1/log")]
    public async Task The_region_follows_from_the_key_unless_the_address_is_stated(string key, string? address, string expected)
    {
        var options = new RouterOptions { Variables = name => name switch { "HELICONE_API_KEY" => key, "HELICONE_BASE_URL" => address, _ => null } };
        await using RouterTelemetrySink sink = options.UseHelicone();
        Assert.Equal(expected, sink.Destination.AbsoluteUri);
    }

    [Fact]
    public void A_key_that_is_missing_is_told_at_once_by_the_name_of_its_variable()
    {
        var options = new RouterOptions { Variables = static _ => null };
        Assert.Contains("HELICONE_API_KEY is not set", Assert.Throws<InvalidOperationException>(() => options.UseHelicone()).Message, StringComparison.Ordinal);
        Assert.Empty(options.Observers);
    }

    private static JsonElement[] Records(StandIn helicone) => [.. helicone.Taken.Select(static arrival => JsonDocument.Parse(arrival.Body).RootElement)];
}
