using Microsoft.Extensions.AI;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>The ways to ask a group.</summary>
public enum Way
{
    Whole,
    Streamed,
    Synchronous,
}

/// <summary>What a caller got, whichever way it asked.</summary>
internal sealed record Got(string Text, string Deployment, IReadOnlyList<Attempt> Attempts, ChatFinishReason? FinishReason, UsageDetails? Usage, decimal? Cost);

internal static class Asking
{
    public static Task<Got> AskAsync(this ChatGroup group, Way way, string prompt = "Hi") =>
        group.AskAsync(way, [new ChatMessage(ChatRole.User, prompt)]);

    /// <summary>Asks in the given way, and puts the answer in the one form.</summary>
    public static async Task<Got> AskAsync(this ChatGroup group, Way way, IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        if (way is Way.Streamed) return ToGot(await PlayAsync(group.StreamAsync(messages, options)));
        RoutedResponse reply = way is Way.Synchronous ? group.Complete(messages, options) : await group.CompleteAsync(messages, options);
        return new Got(reply.Text, reply.Deployment, reply.Attempts, reply.FinishReason, reply.Usage, reply.Cost);
    }

    /// <summary>Asks, and expects that nobody can answer.</summary>
    public static Task<RoutingException> FailAsync(this ChatGroup group, Way way, string prompt = "Hi") =>
        Assert.ThrowsAsync<RoutingException>(() => group.AskAsync(way, prompt));

    /// <summary>Plays a stream to its end.</summary>
    public static async Task<List<ChatResponseUpdate>> PlayAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in stream) updates.Add(update);
        return updates;
    }

    private static Got ToGot(List<ChatResponseUpdate> updates)
    {
        var last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        ChatResponse whole = updates.ToChatResponse();
        return new Got(whole.Text, last.Deployment, last.Attempts, whole.FinishReason, whole.Usage, last.Cost);
    }
}
