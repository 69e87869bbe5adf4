using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Calls;

/// <summary>
/// One request of a client, from its first header to its last byte: what keys, metrics, logs and the page know of it. It observes the calls that the router makes for
/// it, of which there are several where vectors are asked for in batches, so that attempts, tokens and cost are those that the router counts. Thread-safe.
/// </summary>
internal sealed class GatewayCall : IRouterObserver
{
    /// <summary>What the endpoint of a request is called whose path is none of the gateway's.</summary>
    public const string UnknownEndpoint = "(unknown)";

    /// <summary>The most characters of a name or a tag that a client gives.</summary>
    public const int LongestLabel = 128;

    private readonly Lock _gate = new();
    private readonly IGatewayObserver[] _observers;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly List<ObservedAttempt> _attempts = new(1);
    private TimeSpan? _timeToFirstByte;
    private decimal _cost;
    private long _inputTokens;
    private long _outputTokens;
    private bool _isOver;

    private GatewayCall(string id, string endpoint, IGatewayObserver[] observers, TimeProvider time)
    {
        Id = id;
        Endpoint = endpoint;
        StartedAt = time.GetUtcNow();
        _observers = observers;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>Gets the request's id, as its client is told.</summary>
    public string Id { get; }

    /// <summary>Gets the endpoint, without the version: <c>/chat/completions</c>.</summary>
    public string Endpoint { get; }

    /// <summary>Gets the time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Gets when the request's headers had arrived.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets or sets the model that the request names, which is a client's text; empty where it is not known.</summary>
    public string AskedModel { get; set; } = "";

    /// <summary>Gets or sets the group that is asked; null where there is none.</summary>
    public ModelGroup? Group { get; set; }

    /// <summary>Gets or sets whose request it is; null where no key is asked for, or none was found.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Gets the client's own customer, as a header or the body names it; null for none.</summary>
    public string? EndUser { get; private set; }

    /// <summary>Gets or sets the tags that a header names.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Gets or sets how many tokens the request has, about: what is known before it is read is its length.</summary>
    public int EstimatedInputTokens { get; set; }

    /// <summary>Gets or sets how many tokens the answer may have; 0 where the request does not say.</summary>
    public int OutputTokenLimit { get; set; }

    /// <summary>Gets or sets whether the answer is a stream.</summary>
    public bool IsStreaming { get; set; }

    /// <summary>Gets or sets how many bytes of its body are counted among those that all requests hold.</summary>
    public long HeldBytes { get; set; }

    /// <summary>Gets or sets what the client was told of why it has no answer; null where it has one.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>Gets how long the request took; zero before its end.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Gets how long the client waited for the first byte of its answer, pings apart; null where it got none.</summary>
    public TimeSpan? TimeToFirstByte => _timeToFirstByte;

    /// <summary>Gets the status of the response; 499 where the client left before it had all of it.</summary>
    public int Status { get; private set; }

    /// <summary>Gets whether the client left before it had all of the response.</summary>
    public bool WasLeft => Status is LeftStatus;

    /// <summary>Gets the attempts at deployments, in the order in which they began.</summary>
    public IReadOnlyList<ObservedAttempt> Attempts
    {
        get
        {
            lock (_gate) return [.. _attempts];
        }
    }

    /// <summary>Gets the last attempt; null before the first.</summary>
    public ObservedAttempt? LastAttempt
    {
        get
        {
            lock (_gate) return _attempts.Count == 0 ? null : _attempts[^1];
        }
    }

    /// <summary>Gets what all attempts cost together in USD, as far as it is known.</summary>
    public decimal Cost
    {
        get
        {
            lock (_gate) return _cost;
        }
    }

    /// <summary>Gets the tokens that were sent, over all attempts that were billed for some.</summary>
    public long InputTokens
    {
        get
        {
            lock (_gate) return _inputTokens;
        }
    }

    /// <summary>Gets the tokens that were answered, over all attempts that were billed for some.</summary>
    public long OutputTokens
    {
        get
        {
            lock (_gate) return _outputTokens;
        }
    }

    /// <summary>Gets the time that attempts took, one after the other or at once.</summary>
    public TimeSpan ProviderTime
    {
        get
        {
            lock (_gate)
            {
                TimeSpan sum = TimeSpan.Zero;
                foreach (ObservedAttempt attempt in _attempts) sum += attempt.Duration;
                return sum;
            }
        }
    }

    private const int CharactersPerToken = 4;

    // As nginx logs it.
    private const int LeftStatus = 499;

    /// <summary>Begins a request.</summary>
    public static GatewayCall Begin(HttpContext context, string endpoint, IGatewayObserver[] observers, TimeProvider time)
    {
        var call = new GatewayCall(context.TraceIdentifier, endpoint, observers, time) { EstimatedInputTokens = TokensOf(context.Request) };
        context.Features.Set(call);
        foreach (IGatewayObserver observer in observers) observer.CallStarted(call);
        return call;
    }

    /// <summary>Returns the request that a context is of.</summary>
    /// <exception cref="InvalidOperationException">The endpoint was not mapped as one of the gateway's.</exception>
    public static GatewayCall Of(HttpContext context) => context.Features.Get<GatewayCall>() ?? throw new InvalidOperationException("The endpoint is none of the gateway's.");

    /// <summary>Returns how the router's calls for this request are routed.</summary>
    /// <param name="session">The session that the request belongs to; null for none.</param>
    public CallOptions Routing(string? session = null) => new CallOptions { SessionKey = session }.WithObserver(this);

    /// <summary>Notes the client's own customer, unless one is known. A name that is too long, or has control characters, is none: it is stored.</summary>
    public void NameEndUser(string? name)
    {
        if (EndUser is null && name is { Length: > 0 and <= LongestLabel } && !name.Any(char.IsControl)) EndUser = name;
    }

    /// <summary>Notes the client's own customer that the body names, unless a header did, and finds out what it may spend.</summary>
    public ValueTask FindCustomerAsync(string? name)
    {
        NameEndUser(name);
        return EndUser is { } user && Caller is { } caller ? caller.NameAsync(user, Now) : default;
    }

    /// <summary>Notes that the client gets its first byte now.</summary>
    public void NoteFirstByte() => _timeToFirstByte ??= _time.GetElapsedTime(_started);

    /// <summary>Ends the request.</summary>
    public void End(HttpContext context)
    {
        Duration = _time.GetElapsedTime(_started);
        Status = context.RequestAborted.IsCancellationRequested ? LeftStatus : context.Response.StatusCode;
        lock (_gate) _isOver = true;
        foreach (IGatewayObserver observer in _observers) observer.CallEnded(this);
    }

    /// <inheritdoc/>
    public void AttemptStarted(ObservedAttempt attempt)
    {
        lock (_gate) _attempts.Add(attempt);
    }

    /// <inheritdoc/>
    public void AttemptEnded(ObservedAttempt attempt)
    {
        lock (_gate)
        {
            // What ends after the call is told apart, and counts there.
            if (!_isOver)
            {
                _cost += attempt.Cost ?? 0;
                _inputTokens += attempt.Usage?.InputTokenCount ?? 0;
                _outputTokens += attempt.Usage?.OutputTokenCount ?? 0;
                return;
            }
        }

        foreach (IGatewayObserver observer in _observers) observer.AttemptEndedLate(this, attempt);
    }

    // Of a form that holds a file, its length tells nothing.
    private static int TokensOf(HttpRequest request) => request.HasFormContentType ? 0 : (int)Math.Min((request.ContentLength ?? 0) / CharactersPerToken, int.MaxValue);
}
