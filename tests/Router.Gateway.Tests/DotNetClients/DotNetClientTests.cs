using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.DotNetClients;

/// <summary>The clients of .NET, unchanged: OpenAI's SDK, and Microsoft.Extensions.AI on top of it.</summary>
public sealed class DotNetClientTests
{
    private static readonly string[] Groups = ["chat", "claude", "gemini"];

    // A call of a tool by Claude, and an answer when it has the result.
    private static readonly string Call = """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Kiel"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":7}}""";

    private static readonly string Said = """{"id":"msg_2","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"It rains in Kiel."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":15,"output_tokens":7}}""";

    [Fact]
    public async Task OpenAIs_chat_client_gets_answers_of_each_provider()
    {
        await using World world = await World.StartAsync();
        foreach (string group in Groups)
        {
            ChatCompletion answer = await ClientOf(world).GetChatClient(group).CompleteChatAsync("Hello");
            Assert.StartsWith("Hello from", answer.Content[0].Text, StringComparison.Ordinal);
            Assert.Equal(OpenAI.Chat.ChatFinishReason.Stop, answer.FinishReason);
            Assert.True(answer.Usage.InputTokenCount > 0 && answer.Usage.OutputTokenCount > 0);
        }
    }

    [Fact]
    public async Task OpenAIs_chat_client_gets_streams_of_each_provider()
    {
        await using World world = await World.StartAsync();
        foreach (string group in Groups)
        {
            string text = "";
            ChatTokenUsage? usage = null;
            OpenAI.Chat.ChatFinishReason? reason = null;
            await foreach (StreamingChatCompletionUpdate update in ClientOf(world).GetChatClient(group).CompleteChatStreamingAsync("Hello"))
            {
                text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
                usage = update.Usage ?? usage;
                reason = update.FinishReason ?? reason;
            }

            Assert.StartsWith("Hello from", text, StringComparison.Ordinal);
            Assert.Equal(OpenAI.Chat.ChatFinishReason.Stop, reason);
            Assert.True(usage?.OutputTokenCount > 0, group);
        }
    }

    [Fact]
    public async Task OpenAIs_responses_client_gets_answers_and_streams()
    {
        await using World world = await World.StartAsync();
        foreach (string group in new[] { "thinker", "claude" })
        {
            OpenAI.Responses.ResponsesClient client = ClientOf(world).GetResponsesClient();
            ResponseResult answer = await client.CreateResponseAsync(group, "Hello");
            Assert.StartsWith("Hello from", answer.GetOutputText(), StringComparison.Ordinal);
            string text = "";
            bool isComplete = false;
            await foreach (StreamingResponseUpdate update in client.CreateResponseStreamingAsync(group, "Hello"))
            {
                if (update is StreamingResponseOutputTextDeltaUpdate delta) text += delta.Delta;
                isComplete |= update is StreamingResponseCompletedUpdate;
            }

            Assert.StartsWith("Hello from", text, StringComparison.Ordinal);
            Assert.True(isComplete);
        }
    }

    [Theory]
    [InlineData("thinker")]
    [InlineData("claude")]
    public async Task OpenAIs_responses_client_goes_on_from_what_is_kept(string group)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Responses = { Store = new MemoryResponseStore() } });
        OpenAI.Responses.ResponsesClient client = ClientOf(world).GetResponsesClient();
        ResponseResult first = await client.CreateResponseAsync(group, "One");
        Assert.Equal(first.GetOutputText(), (await client.GetResponseAsync(first.Id)).Value.GetOutputText());
        string? last = null;
        await foreach (StreamingResponseUpdate update in client.CreateResponseStreamingAsync(group, "Two", first.Id))
        {
            if (update is StreamingResponseCompletedUpdate completed) last = completed.Response.Id;
        }

        ResponseResult second = await client.GetResponseAsync(last);
        Assert.Equal(first.Id, second.PreviousResponseId);
        List<ResponseItem> items = [];
        await foreach (ResponseItem item in client.GetResponseInputItemsAsync(last)) items.Add(item);
        Assert.Equal(["Two", first.GetOutputText(), "One"], items.Cast<MessageResponseItem>().Select(static item => item.Content[0].Text));
        Assert.True((await client.DeleteResponseAsync(first.Id)).Value.Deleted);
        ClientResultException gone = await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync(first.Id));
        Assert.Equal(404, gone.Status);
        Assert.Equal(400, (await Assert.ThrowsAsync<ClientResultException>(() => client.CreateResponseAsync(group, "Three", first.Id))).Status);
    }

    [Fact]
    public async Task OpenAIs_audio_client_gets_a_transcription_as_a_stream()
    {
        await using World world = await World.StartAsync();
        using var sound = new MemoryStream([.. "RIFF"u8, 36, 0, 0, 0, .. "WAVE"u8, .. new byte[64]]);
        string text = "";
        string? whole = null;
        await foreach (StreamingAudioTranscriptionUpdate update in ClientOf(world).GetAudioClient("ear").TranscribeAudioStreamingAsync(sound, "what is said.wav"))
        {
            if (update is StreamingAudioTranscriptionTextDeltaUpdate delta) text += delta.Delta;
            if (update is StreamingAudioTranscriptionTextDoneUpdate done) whole = done.Text;
        }

        Assert.NotEmpty(text);
        Assert.Equal(whole, text);
    }

    [Fact]
    public async Task OpenAIs_embedding_client_gets_vectors()
    {
        await using World world = await World.StartAsync();
        OpenAIEmbeddingCollection vectors = await ClientOf(world).GetEmbeddingClient("vectors").GenerateEmbeddingsAsync(["one", "two"]);
        Assert.Equal(2, vectors.Count);
        Assert.NotEmpty(vectors[1].ToFloats().ToArray());
    }

    [Fact]
    public async Task A_chat_client_of_the_framework_calls_a_tool_and_sends_its_result()
    {
        Upstream upstream = new Upstream().Then(Call).Then(Said);
        await using World world = await World.StartAsync(upstream);
        using IChatClient client = ClientOf(world).GetChatClient("claude").AsIChatClient().AsBuilder().UseFunctionInvocation().Build();
        List<string> asked = [];
        AIFunction weather = AIFunctionFactory.Create((string city) =>
        {
            asked.Add(city);
            return "rain";
        }, "weather", "Tells the weather.");
        ChatResponse answer = await client.GetResponseAsync("How is the weather in Kiel?", new ChatOptions { Tools = [weather] });
        Assert.Equal("It rains in Kiel.", answer.Text);
        Assert.Equal(["Kiel"], asked);
        JsonNode result = JsonNode.Parse(upstream.Requests[1].Body)!["messages"]![2]!["content"]![0]!;
        Assert.Equal(("tool_result", "toolu_1"), ((string?)result["type"], (string?)result["tool_use_id"]));
        Assert.Contains("rain", result.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_client_of_the_framework_gets_streams()
    {
        await using World world = await World.StartAsync();
        foreach (string group in Groups)
        {
            using IChatClient client = ClientOf(world).GetChatClient(group).AsIChatClient();
            ChatResponse answer = await client.GetStreamingResponseAsync("Hello").ToChatResponseAsync();
            Assert.StartsWith("Hello from", answer.Text, StringComparison.Ordinal);
            Assert.True(answer.Usage?.OutputTokenCount > 0, group);
        }
    }

    [Fact]
    public async Task A_generator_of_the_framework_gets_vectors()
    {
        await using World world = await World.StartAsync();
        using IEmbeddingGenerator<string, Embedding<float>> generator = ClientOf(world).GetEmbeddingClient("vectors").AsIEmbeddingGenerator();
        Assert.Equal(2, (await generator.GenerateAsync(["one", "two"])).Count);
    }

    [Fact]
    public async Task A_wrong_key_and_an_unknown_model_are_told_as_OpenAI_tells_them()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        ClientResultException wrong = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(world, "sk-wrong").GetChatClient("chat").CompleteChatAsync("Hello"));
        Assert.Equal(401, wrong.Status);
        ClientResultException unknown = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(world, "sk-right").GetChatClient("nonesuch").CompleteChatAsync("Hello"));
        Assert.Equal(404, unknown.Status);
        Assert.Contains("nonesuch", unknown.Message, StringComparison.Ordinal);
    }

    // Its own retries stay on: what the gateway answers must not make it ask again.
    private static OpenAIClient ClientOf(World world, string key = "sk-any") =>
        new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(world.Http.BaseAddress!, "v1"), Transport = new HttpClientPipelineTransport(world.Http) });
}
