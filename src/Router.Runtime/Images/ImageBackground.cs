using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// What the router sends in the background to image models: copies to shadows, and no probes. An image is paid for, and takes as long as what was
/// waited for in vain, so that a call finds out whether a deployment works again.
/// </summary>
internal sealed class ImageBackground : IBackgroundCalls
{
    public static readonly ImageBackground Instance = new();

    private static readonly WholeBackground<WholeAttempt<ImageAnswers, RoutedImages>, RoutedImages> Whole = new(new ImageRequest("A dot"));

    private ImageBackground()
    {
    }

    public CallProfile Probe => Whole.Probe;

    public Task<bool> ProbeAsync(RouterContext router, Deployment deployment) => Task.FromResult(false);

    public ValueTask<AttemptReport> AskOnceAsync(AttemptContext context) => Whole.AskOnceAsync(context);
}
