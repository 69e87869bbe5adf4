using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>What <see cref="FunctionInvokingChatClient"/> leaves in a history can be sent in each dialect at each step.</summary>
public class FunctionInvocationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conversation_with_approvals_goes_on(bool approved)
    {
        var model = new Model(new FunctionCallContent("c1", "shot"), new TextContent("Done."), new TextContent("Bye."));
        using var client = new FunctionInvokingChatClient(model);
        var shot = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(static () => new DataContent("zebra"u8.ToArray(), "image/png"), "shot"));
        var options = new ChatOptions { Tools = [shot] };

        List<ChatMessage> history = [new(ChatRole.User, "Look at the screen")];
        ChatResponse asked = await client.GetResponseAsync(history, options, TestContext.Current.CancellationToken);
        history.AddMessages(asked);
        ToolApprovalRequestContent request = asked.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
        Write(history, options);
        history.Add(new(ChatRole.User, [request.CreateResponse(approved)]));
        Write(history, options);
        history.AddMessages(await client.GetResponseAsync(history, options, TestContext.Current.CancellationToken));
        history.Add(new(ChatRole.User, "Thanks"));
        Assert.Equal("Bye.", (await client.GetResponseAsync(history, options, TestContext.Current.CancellationToken)).Text);
        Assert.Equal(3, model.Sent.Count);
        foreach (string sent in model.Sent.Skip(1)) Assert.Equal(approved, sent.Contains("emVicmE="));
    }

    private static string Write(IEnumerable<ChatMessage> history, ChatOptions? options)
    {
        string sent = "";
        foreach (string dialect in CodecWire.Names)
        {
            Assert.NotNull(CodecWire.Request(dialect, [.. history], out AttemptFailure? failure, out RequestWriter writer, options));
            Assert.Null(failure);
            sent = System.Text.Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        }

        return sent;
    }

    private sealed class Model(params AIContent[] answers) : IChatClient
    {
        public List<string> Sent { get; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Sent.Add(Write(messages, options));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [answers[Sent.Count - 1]])));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
