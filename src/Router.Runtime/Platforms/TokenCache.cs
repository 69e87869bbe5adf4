using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// The newest token of a <see cref="TokenSource"/>. It is fetched when it is first needed, and refreshed in the background before it expires;
/// however many requests need one, there is one fetch at a time. Thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TokenCache
{
    /// <summary>The longest that a fetch may take.</summary>
    public static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(30);

    // Identity providers issue tokens for an hour or so, and some hand the old one out again until about four minutes are left of it.
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(3);

    // Between here and the provider, clocks differ and time passes.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    // After a refresh that failed while the token is still good.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(20);

    private readonly TokenSource _source;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Held? _held;
    private Task<FetchedToken>? _fetch; // the one under way; null where none is
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    internal TokenCache(TokenSource source, TimeProvider time)
    {
        _source = source;
        _time = time;
    }

    /// <summary>Gets where the tokens come from.</summary>
    public TokenSource Source => _source;

    /// <summary>Gets the texts that no message may show: those of the tokens with which requests may be under way, the newest and the one before it.</summary>
    public IReadOnlyList<string> SecretTexts =>
        Volatile.Read(ref _held) is not { } held ? [] : held.Before is { } before ? [.. held.Token.SecretTexts, .. before.SecretTexts] : held.Token.SecretTexts;

    /// <summary>Gets a token that can be used now, without waiting; null where one has to be fetched. It starts a refresh where one is due.</summary>
    public AccessToken? Usable
    {
        get
        {
            if (Volatile.Read(ref _held) is not { } held) return null;
            DateTimeOffset now = _time.GetUtcNow();
            if (now >= held.UsableUntil) return null;
            if (now >= held.RefreshAt) _ = Fetch(held, now);
            return held.Token;
        }
    }

    /// <summary>Waits for a token that can be used. All that wait share one fetch.</summary>
    /// <param name="async">Whether it may leave its thread; where it may not, the thread waits.</param>
    /// <param name="cancellationToken">Ends the wait, not the fetch.</param>
    public async ValueTask<FetchedToken> FetchAsync(bool async, CancellationToken cancellationToken)
    {
        Task<FetchedToken> fetch = Fetch(null, _time.GetUtcNow());
        if (async) return await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
        fetch.Wait(cancellationToken);
        return await fetch.ConfigureAwait(false);
    }

    /// <summary>Forgets a token that the provider refused, unless a newer one has come meanwhile.</summary>
    /// <param name="value">The token's <see cref="AccessToken.Value"/>.</param>
    public void Discard(string value)
    {
        lock (_gate)
        {
            if (_held is { } held && held.Token.Value == value) _held = held with { UsableUntil = DateTimeOffset.MinValue };
        }
    }

    /// <summary>Joins the fetch that is under way, or starts one.</summary>
    /// <param name="aging">The token that is to be replaced while it is still good; null where there is none.</param>
    /// <param name="now">The time.</param>
    private Task<FetchedToken> Fetch(Held? aging, DateTimeOffset now)
    {
        TaskCompletionSource<FetchedToken> end;
        lock (_gate)
        {
            if (_fetch is not null) return _fetch;
            if (_held is { } held && now < held.UsableUntil && (held != aging || now < _notBefore)) return Task.FromResult(new FetchedToken(held.Token));
            end = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _fetch = end.Task;
        }

        // The fetch belongs to no call: it carries nothing of the one that happened to start it.
        using AsyncFlowControl? nothingFlows = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _ = RunAsync(end);
        return end.Task;
    }

    private async Task RunAsync(TaskCompletionSource<FetchedToken> end)
    {
        FetchedToken fetched = await AskAsync().ConfigureAwait(false);
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            if (fetched.Token is { } token) _held = Held.Of(token, now, _held?.Token);
            else _notBefore = now + PauseAfterFailure;
            _fetch = null;
        }

        end.SetResult(fetched);
    }

    /// <summary>Asks the source, which may throw, hang, or return what cannot be sent.</summary>
    private async ValueTask<FetchedToken> AskAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(FetchLimit, _time);
            FetchedToken fetched = await _source.FetchAsync(limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
            if (fetched.Token is null) return new FetchedToken(null, (fetched.Failure ?? Failed("Its source returned none.", null)) with { Scope = FailureScope.Key });
            return KeySyntax.IsValid(fetched.Token.Value) ? fetched : new FetchedToken(null, Failed("It holds a character that no token has.", null) with { Kind = FailureKind.AuthenticationFailed });
        }
        catch (OperationCanceledException exception)
        {
            return new FetchedToken(null, Failed($"Its source did not answer within {FetchLimit.TotalSeconds:0} seconds.", exception) with { Kind = FailureKind.Timeout });
        }
        catch (Exception exception)
        {
            return new FetchedToken(null, Failed(exception.GetType().Name + ": " + exception.Message, exception));
        }
    }

    private static AttemptFailure Failed(string why, Exception? exception) =>
        new(FailureKind.ConnectionFailed, "No token could be fetched. " + why) { Scope = FailureScope.Key, Exception = exception, Detail = "NoToken" };

    /// <summary>A token and what is done with it until when.</summary>
    private sealed record Held(AccessToken Token, AccessToken? Before, DateTimeOffset RefreshAt, DateTimeOffset UsableUntil)
    {
        /// <summary>A token that lives shorter than the margins is used for the greater part of its life.</summary>
        public static Held Of(AccessToken token, DateTimeOffset now, AccessToken? before)
        {
            TimeSpan life = token.ExpiresAt > now ? token.ExpiresAt - now : TimeSpan.Zero;
            return new Held(token, before, token.ExpiresAt - Shorter(RefreshAhead, life / 4), token.ExpiresAt - Shorter(Margin, life / 8));
        }

        private static TimeSpan Shorter(TimeSpan margin, TimeSpan part) => margin < part ? margin : part;
    }
}
