using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the router sends to chat models in the background.</summary>
internal sealed class ChatBackground : IBackgroundCalls
{
    public static readonly ChatBackground Instance = new();

    private ChatBackground()
    {
    }

    public CallProfile Probe => OneTokenRequest.Profile;

    public Task<bool> ProbeAsync(RouterContext router, Deployment deployment) => OneTokenRequest.SendAsync(router, deployment);

    public async ValueTask<AttemptReport> AskOnceAsync(AttemptContext context)
    {
        AttemptResult<RoutedResponse> result = await ChatAttempt.RunAsync(context, async: true).ConfigureAwait(false);
        return new AttemptReport { Failure = result.Failure, Usage = result.Value?.Usage ?? result.Usage, Tier = result.Value?.Tier };
    }
}
