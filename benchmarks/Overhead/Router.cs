using Microsoft.Extensions.AI;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>RouterGen, through emitted code.</summary>
internal sealed class Router(ChatGroup group) : IContender
{
    public string Name => "RouterGen";

    /// <summary>The options of a router whose deployments are all at one address.</summary>
    public static RouterOptions OptionsFor(HttpMessageInvoker transport, Uri endpoint) => new()
    {
        Transport = transport,
        Variables = name => name.EndsWith("_KEY", StringComparison.Ordinal) ? Contenders.Key : endpoint.AbsoluteUri,
    };

    public async Task<int> CallAsync() => (await AskAsync().ConfigureAwait(false)).Text.Length;

    public Task<RoutedResponse> AskAsync() => group.CompleteAsync(Contenders.Prompt, cancellationToken: Contenders.Cancellation.Token);

    public async Task<int> StreamAsync()
    {
        int total = 0;
        await foreach (ChatResponseUpdate update in PlayAsync().ConfigureAwait(false)) total += update.Text.Length;
        return total;
    }

    public IAsyncEnumerable<ChatResponseUpdate> PlayAsync() => group.StreamAsync(Contenders.Prompt, cancellationToken: Contenders.Cancellation.Token);
}
