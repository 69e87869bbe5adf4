using System.Text;
using Microsoft.Extensions.AI;

namespace RouterGen.Benchmarks.Soak;

/// <summary>One of those who call at the same time: one call after another, each in some way at random.</summary>
internal sealed class Caller(Fleet fleet, Tally tally, int seed, bool synchronous)
{
    private readonly Random _random = new(seed);

    /// <summary>Calls for as long as there are numbers.</summary>
    public async Task RunAsync(Func<int?> next)
    {
        while (next() is { } number) await CallAsync($"This is call {number}.");
    }

    private async Task CallAsync(string prompt)
    {
        // One call in 25 is cancelled sooner or later, one stream in 25 left after some updates.
        using var cancel = new CancellationTokenSource();
        bool cancels = _random.Next(25) == 0;
        if (cancels) cancel.CancelAfter(TimeSpan.FromMilliseconds(_random.Next(20)));
        int leavesAfter = _random.Next(25) == 0 ? _random.Next(4) : int.MaxValue;
        ChatGroup group = _random.Next(10) switch { 0 => fleet.Narrow, 1 => fleet.Scarce, _ => fleet.Storm };
        var options = new ChatOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = new CallOptions { Priority = _random.Next(3) } } };
        try
        {
            if (synchronous) Note(group.Complete(prompt, options, cancel.Token), prompt);
            else if (_random.Next(2) == 0) Note(await group.CompleteAsync(prompt, options, cancel.Token), prompt);
            else await PlayAsync(group.StreamAsync(prompt, options, cancel.Token), prompt, leavesAfter);
        }
        catch (RoutingException failure)
        {
            tally.CountFailure(failure);
        }
        catch (OperationCanceledException cancelled) when (cancels && cancelled.CancellationToken == cancel.Token && cancel.IsCancellationRequested)
        {
            tally.Count(End.Cancelled);
        }
        catch (Exception exception)
        {
            tally.CountWrong($"{prompt} {exception}");
        }
    }

    private async Task PlayAsync(IAsyncEnumerable<ChatResponseUpdate> stream, string prompt, int leavesAfter)
    {
        var text = new StringBuilder();
        ChatResponseUpdate? last = null;
        await foreach (ChatResponseUpdate update in stream)
        {
            if (leavesAfter-- == 0)
            {
                tally.Count(End.LeftEarly);
                return;
            }

            text.Append(update.Text);
            last = update;
        }

        if (last is RoutedResponseUpdate route) Note(text.ToString(), last.FinishReason, route.Attempts, prompt);
        else tally.CountWrong($"{prompt} The stream ended without saying who answered.");
    }

    private void Note(RoutedResponse reply, string prompt) => Note(reply.Text, reply.FinishReason, reply.Attempts, prompt);

    private void Note(string text, ChatFinishReason? finish, IReadOnlyList<Attempt> attempts, string prompt)
    {
        tally.CountAttempts(attempts.Count);
        if (finish == ChatFinishReason.ContentFilter) tally.Count(End.Filtered);
        else if (text.EndsWith($"You said: \"{prompt}\"", StringComparison.Ordinal)) tally.Count(End.Answered);
        else tally.CountWrong($"{prompt} It was answered by '{text}'.");
    }
}
