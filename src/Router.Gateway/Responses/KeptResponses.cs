using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Logs;

namespace RouterGen.Gateway.Responses;

/// <summary>The responses of a store, within limits of time: what has ended is not found, and is deleted; a store that fails holds no answer up. Thread-safe.</summary>
internal sealed partial class KeptResponses : IDisposable
{
    private static readonly TimeSpan FirstPrune = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly GatewayResponseOptions _options;
    private readonly IResponseStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _pruning;
    private volatile bool _isFailing;

    private KeptResponses(GatewayOptions options, IResponseStore store, ILogger logger)
    {
        _options = options.Responses;
        _store = store;
        _time = options.TimeProvider;
        _logger = logger;
        _pruning = _time.CreateTimer(static state => _ = ((KeptResponses)state!).PruneAsync(), this, FirstPrune, PruneInterval);
    }

    /// <summary>Gets the limits.</summary>
    public GatewayResponseOptions Options => _options;

    /// <summary>Returns those of options; null where none are kept.</summary>
    /// <param name="options">The options.</param>
    /// <param name="application">The services of an application: when it has stopped, nothing is deleted any more.</param>
    public static KeptResponses? Of(GatewayOptions options, IServiceProvider application)
    {
        if (options.Responses.Store is not { } store) return null;
        return options.Shared(() =>
        {
            var kept = new KeptResponses(options, store, application.GetService<ILoggerFactory>()?.CreateLogger(GatewayLog.Category) ?? NullLogger.Instance);
            application.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(kept.Dispose);
            return kept;
        });
    }

    /// <summary>Keeps a response. Where that fails or takes too long, the answer goes on without it.</summary>
    public async ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items)
    {
        DateTimeOffset now = _time.GetUtcNow();
        using var late = new CancellationTokenSource(_options.StoreTimeout, _time);
        try
        {
            await _store.KeepAsync(response with { CreatedAt = now, Expires = now + _options.Lifetime }, items, late.Token).AsTask().WaitAsync(late.Token).ConfigureAwait(false);
            NoteRecovered();
        }
        catch (Exception exception)
        {
            NoteFailed(exception);
        }
    }

    /// <summary>Finds a response.</summary>
    /// <returns>The response, or null and no error where there is none, or the error of a store that cannot be reached.</returns>
    public ValueTask<(StoredResponse? Found, GatewayError? Error)> FindAsync(string owner, string id, CancellationToken cancellationToken) => ReadAsync(_store.FindAsync, owner, id, cancellationToken);

    /// <summary>Finds the response that has an item.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public ValueTask<(StoredResponse? Found, GatewayError? Error)> FindByItemAsync(string owner, string item, CancellationToken cancellationToken) => ReadAsync(_store.FindByItemAsync, owner, item, cancellationToken);

    /// <summary>Deletes a response.</summary>
    /// <returns>Whether there was one, and no error; or the error of a store that cannot be reached.</returns>
    public async ValueTask<(bool WasThere, GatewayError? Error)> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        try
        {
            bool wasThere = await _store.DeleteAsync(owner, id, cancellationToken).ConfigureAwait(false);
            NoteRecovered();
            return (wasThere, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NoteFailed(exception);
            return (false, Unavailable());
        }
    }

    public void Dispose() => _pruning.Dispose();

    private async ValueTask<(StoredResponse? Found, GatewayError? Error)> ReadAsync(Func<string, string, CancellationToken, ValueTask<StoredResponse?>> read, string owner, string id, CancellationToken cancellationToken)
    {
        try
        {
            StoredResponse? found = await read(owner, id, cancellationToken).ConfigureAwait(false);
            NoteRecovered();
            return (found is not null && found.Expires > _time.GetUtcNow() ? found : null, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NoteFailed(exception);
            return (null, Unavailable());
        }
    }

    private async Task PruneAsync()
    {
        try
        {
            await _store.PruneAsync(_time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            NoteRecovered();
        }
        catch (Exception exception)
        {
            NoteFailed(exception);
        }
    }

    private static GatewayError Unavailable() =>
        new(503, ErrorReason.Overloaded, "Kept responses cannot be read at the moment: their store cannot be reached.") { RetryAfter = TimeSpan.FromSeconds(5), Code = "response_store_unavailable" };

    private void NoteFailed(Exception exception)
    {
        if (!_isFailing) LogFailed(_logger, exception.GetType().FullName);
        _isFailing = true;
    }

    private void NoteRecovered()
    {
        if (_isFailing) LogRecovered(_logger);
        _isFailing = false;
    }

    // The message of an exception may quote what it could not write, which is content.
    [LoggerMessage(140, LogLevel.Error, "The store of responses fails; answers go on, and are not kept: {Exception}")]
    private static partial void LogFailed(ILogger logger, string? exception);

    [LoggerMessage(141, LogLevel.Information, "The store of responses works again")]
    private static partial void LogRecovered(ILogger logger);
}
