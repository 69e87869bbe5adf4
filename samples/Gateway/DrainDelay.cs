namespace GatewayProgram;

/// <summary>
/// Holds the end of the program up while what sends it calls finds out: it still takes calls, and tells those who ask that it is not ready. Then it takes no more, and those
/// under way end by themselves.
/// </summary>
/// <param name="delay">How long.</param>
internal sealed class DrainDelay(TimeSpan delay) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(delay, CancellationToken.None);
}
