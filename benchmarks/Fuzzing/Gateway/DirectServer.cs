using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace RouterGen.Fuzzing;

/// <summary>A server without sockets: a request goes through the whole application at once.</summary>
internal sealed class DirectServer : IServer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private Func<IFeatureCollection, Task> _run = static _ => throw new InvalidOperationException("The application has not started.");

    /// <inheritdoc/>
    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Sends a request, and waits for its end.</summary>
    /// <returns>False where there is none: the request hangs.</returns>
    public bool Send(IFeatureCollection request)
    {
        Task run = _run(request);
        if (!run.IsCompleted && !((IAsyncResult)run).AsyncWaitHandle.WaitOne(Longest)) return false;
        run.GetAwaiter().GetResult();
        return true;
    }

    /// <inheritdoc/>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _run = async features =>
        {
            TContext context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context).ConfigureAwait(false);
            }
            finally
            {
                application.DisposeContext(context, null);
            }
        };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
