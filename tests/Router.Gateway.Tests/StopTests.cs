using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>Why a model stopped, in the words of the client.</summary>
public sealed class StopTests
{
    public static TheoryData<string, string, string> Lengths()
    {
        var all = new TheoryData<string, string, string>();
        foreach (string dialect in (string[])["chat", "messages", "responses"])
        {
            foreach ((string group, string reason) in ((string, string)[])[("chat", "length"), ("claude", "max_tokens"), ("gemini", "MAX_TOKENS"), ("converse", "max_tokens"), ("responses", "max_output_tokens")])
                all.Add(dialect, group, reason);
        }

        return all;
    }

    [Theory, MemberData(nameof(Lengths))]
    public async Task An_answer_that_is_cut_says_so(string dialect, string group, string reason)
    {
        await using World world = await World.StartAsync(new Upstream().Then(Wire.Short(group, reason)));
        var client = Client.Of(dialect);
        Answered answer = await client.AskAsync(world, client.Request(group, false, client.User("Hi")));
        Assert.Equal(("TEXT", client.Reasons.Length), (answer.Text, answer.Reason));
        Assert.Equal((3, 2), (answer.Input, answer.Output));
    }

    [Theory]
    [InlineData("chat", true)]
    [InlineData("messages", true)]
    [InlineData("responses", true)]
    [InlineData("messages", false)]
    [InlineData("responses", false)]
    public async Task A_refusal_in_words_is_told_as_one(string dialect, bool stream)
    {
        var upstream = new Upstream();
        if (stream)
        {
            upstream.ThenStream(Wire.Unnamed(
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","refusal":"I will "},"finish_reason":null}]}""",
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"refusal":"not."},"finish_reason":null}]}""",
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
                "[DONE]"));
        }
        else
        {
            upstream.Then("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I will not."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");
        }

        await using World world = await World.StartAsync(upstream);
        var client = Client.Of(dialect);
        Answered answer = await client.AskAsync(world, client.Request("chat", stream, client.User("Hi")));
        Assert.Equal("I will not.", dialect is "messages" ? answer.Text : answer.Refusal);
        Assert.Equal(client.Reasons.Refusal, answer.Reason);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task A_filtered_answer_is_an_error_of_the_request(string dialect)
    {
        await using World world = await World.StartAsync();
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.PromptFiltered);
        var client = Client.Of(dialect);
        Got reply = await world.PostAsync(client.Path, client.Request("chat", false, client.User("Hi")).ToJsonString());
        Assert.Equal(400, reply.Status);
        Assert.Equal("invalid_request_error", (string?)JsonNode.Parse(reply.Body)!["error"]!["type"]);
    }
}
