using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>Errors, in the shape and with the status that the client's dialect has for them.</summary>
public sealed class ErrorTests
{
    public static readonly TheoryData<string> Dialects = ["chat", "messages", "responses"];

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_model_that_there_is_not_is_told_with_those_that_there_are(string dialect)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        Got reply = await world.PostAsync(client.Path, client.Request("gpt-99", false, client.User("Hi")).ToJsonString());
        string message = CheckError(dialect, reply, 404, "invalid_request_error", "not_found_error", "model_not_found");
        Assert.Contains("gpt-99", message, StringComparison.Ordinal);
        Assert.Contains("claude", message, StringComparison.Ordinal);
        Assert.DoesNotContain("vectors", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", """{"model":"chat","messages":[""", "line 1")]
    [InlineData("messages", "[]", "object")]
    [InlineData("responses", """{"model":"claude"}""", "input")]
    [InlineData("chat", """{"model":"claude","messages":[{"role":"pirate","content":"x"}]}""", "messages[0].role")]
    [InlineData("messages", """{"model":"chat","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%"}}]}]}""", "messages[0].content[0].source")]
    [InlineData("responses", """{"model":"chat","input":[{"role":"user","content":[{"type":"input_image","image_url":"file:///etc/passwd"}]}]}""", "input[0].content[0]")]
    [InlineData("responses", """{"model":"chat","input":[{"type":"item_reference","id":"msg_1"}]}""", "input[0]")]
    [InlineData("messages", """{"model":"chat","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tools":[{"type":"computer_20250124","name":"computer"}]}""", "computer_20250124")]
    [InlineData("messages", """{"max_tokens":5,"messages":[]}""", "names no model")]
    public async Task What_is_wrong_with_a_request_is_said_where_it_is(string dialect, string body, string place)
    {
        await using World world = await World.StartAsync();
        Got reply = await world.PostAsync(Client.Of(dialect).Path, body);
        Assert.Contains(place, CheckError(dialect, reply, 400, "invalid_request_error", "invalid_request_error"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_wrong_key_of_the_gateways_is_not_told_as_the_clients(string dialect)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        foreach ((string group, string deployment) in MatrixTests.Deployments)
        {
            world.Providers![deployment].Always(Fault.Status(401));
            Got reply = await world.PostAsync(client.Path, client.Request(group, false, client.User("Hi")).ToJsonString());
            string message = CheckError(dialect, reply, 502, "server_error", "api_error");
            Assert.DoesNotContain("sk-secret", message, StringComparison.Ordinal);
            Assert.Equal("false", reply.Headers["x-should-retry"]);
        }
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_limit_is_told_with_the_time_to_wait(string dialect)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.RateLimited(TimeSpan.FromSeconds(17)));
        Got reply = await world.PostAsync(client.Path, client.Request("chat", true, client.User("Hi")).ToJsonString());
        CheckError(dialect, reply, 429, "rate_limit_error", "rate_limit_error", "rate_limit_exceeded");
        Assert.InRange(int.Parse(reply.Headers["retry-after"], System.Globalization.CultureInfo.InvariantCulture), 16, 17);
        Assert.Equal("false", reply.Headers["x-should-retry"]);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Where_all_are_overloaded_it_is_told_so(string dialect)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(503));
        world.Providers["anthropic/claude-haiku-4-5"].Always(Fault.Status(529));
        Got reply = await world.PostAsync(client.Path, client.Request("pair", false, client.User("Hi")).ToJsonString());
        CheckError(dialect, reply, dialect is "messages" ? 529 : 503, "service_unavailable_error", "overloaded_error");
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_deployment_that_fails_is_passed_over_whatever_it_speaks(string dialect)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(500));
        Got reply = await world.PostAsync(client.Path, client.Request("pair", false, client.User("Hi")).ToJsonString());
        Assert.Equal(200, reply.Status);
        Assert.Equal("anthropic/claude-haiku-4-5", reply.Headers["x-routergen-model"]);
        Assert.Contains("Hello from claude", client.Read(JsonNode.Parse(reply.Body)!).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("chat", "claude")]
    [InlineData("messages", "chat")]
    [InlineData("messages", "claude")]
    [InlineData("responses", "chat")]
    [InlineData("responses", "responses")]
    public async Task A_stream_that_breaks_ends_with_an_error(string dialect, string group)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        world.Providers![MatrixTests.Deployments[group]].Always(Fault.CutAfter(2));
        Got reply = await world.PostAsync(client.Path, client.Request(group, true, client.User("Good morning to all of you")).ToJsonString());
        Assert.Equal(200, reply.Status);
        SentEvent[] events = SentEvent.Parse(reply.Body);
        Assert.Contains("Hello", reply.Body, StringComparison.Ordinal);
        switch (dialect)
        {
            case "chat":
                Assert.Equal("[DONE]", events[^1].Data);
                Assert.Equal("server_error", (string?)events[^2].Json["error"]!["type"]);
                break;
            case "messages":
                Assert.Equal("error", events[^1].Name);
                Assert.Equal("error", (string?)events[^1].Json["type"]);
                Assert.Equal("api_error", (string?)events[^1].Json["error"]!["type"]);
                Assert.Equal(reply.Headers["request-id"], (string?)events[^1].Json["request_id"]);
                Assert.DoesNotContain(events, sent => sent.Name is "message_stop");
                break;
            default:
                Assert.Equal(["response.failed", "error"], events[^2..].Select(sent => sent.Name));
                Assert.Equal("failed", (string?)events[^2].Json["response"]!["status"]);
                Assert.Equal("server_error", (string?)events[^2].Json["response"]!["error"]!["code"]);
                Assert.Equal(Enumerable.Range(0, events.Length), events.Select(sent => (int)sent.Json["sequence_number"]!));
                break;
        }
    }

    private static string CheckError(string dialect, Got reply, int status, string openAI, string anthropic, string? code = null)
    {
        Assert.True(status == reply.Status, $"{reply.Status}: {reply.Body}");
        Assert.StartsWith("application/json", reply.Headers["Content-Type"], StringComparison.Ordinal);
        JsonNode body = JsonNode.Parse(reply.Body)!;
        JsonNode error = body["error"]!;
        if (dialect is "messages")
        {
            Assert.Equal("error", (string?)body["type"]);
            Assert.Equal(anthropic, (string?)error["type"]);
            Assert.Equal(reply.Headers["request-id"], (string?)body["request_id"]);
            Assert.Equal(["type", "error", "request_id"], body.AsObject().Select(member => member.Key));
            Assert.Equal(["type", "message"], error.AsObject().Select(member => member.Key));
        }
        else
        {
            Assert.Equal(openAI, (string?)error["type"]);
            Assert.Equal(code, (string?)error["code"]);
            Assert.Equal(["message", "type", "param", "code"], error.AsObject().Select(member => member.Key));
            Assert.NotEmpty(reply.Headers["x-request-id"]);
        }

        return (string)error["message"]!;
    }
}
