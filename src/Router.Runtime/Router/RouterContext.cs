using System.Collections.Concurrent;
using System.ComponentModel;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RouterGen.Infrastructure;

/// <summary>What the groups of one class share at run time. Made by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RouterContext : IDisposable
{
    // A writer that had to hold an image is not kept for the next "Hello".
    private const int LargestPooledBody = 1024 * 1024;

    // Of OpenTelemetry's libraries for generative AI, and of Microsoft.Extensions.AI.
    private const string CaptureVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private readonly Pool<RequestWriter> _writers;
    private readonly Pool<CallClock> _clocks;
    private readonly Action<DeploymentChange>? _deploymentChanged;
    private readonly bool _logsMessages;
    private readonly Lazy<bool> _capturesContent;
    private readonly HttpTransport? _ownTransport;
    private readonly TimeSpan _connectionLifetime;
    private readonly X509Certificate2? _clientCertificate;

    // Connections that show a certificate are this router's alone, by how long a new one may take.
    private readonly ConcurrentDictionary<TimeSpan, HttpTransport> _withCertificate = new();

    /// <summary>Reads the options; later changes of them have no effect.</summary>
    public RouterContext(RouterOptions? options)
    {
        options ??= new RouterOptions();
        _ownTransport = options.Transport is { } own ? new HttpTransport(own) : null;
        _connectionLifetime = options.ConnectionLifetime;
        _clientCertificate = options.ClientCertificate;
        Protocol = new HttpProtocol(options.HttpVersion, options.HttpVersionPolicy);
        Logger = options.LoggerFactory?.CreateLogger("RouterGen") is { } logger ? new QuietLogger(logger) : NullLogger.Instance;
        Fleet = options.Fleet;
        Random = new RandomSource(options.Seed ?? RandomSource.NewSeed());
        Clock = Fleet?.Start(options.TimeProvider, Logger, Random) ?? new RouterClock(options.TimeProvider);
        Platforms = new PlatformContext(options.TimeProvider, options.Variables, options.Credentials);
        Configuration = options.Configuration;
        Cache = options.Cache;
        Clients = new ClientRegistry(options.ClientFor, options.ClassifyException, options.ScriptFor);
        AllowsMockFailures = options.AllowMockFailures;
        _logsMessages = options.LogProviderMessages;
        _deploymentChanged = options.DeploymentChanged;
        Observers = new ObserverList([.. options.Observers], this);
        _capturesContent = new Lazy<bool>(() => options.CaptureMessageContent ?? options.Variables(CaptureVariable) is { } capture && (capture == "1" || capture.Equals("true", StringComparison.OrdinalIgnoreCase)));
        if (options.Transport is HttpClient { Timeout: var timeout } && timeout != Timeout.InfiniteTimeSpan) RouterLog.ClientHasTimeout(Logger, timeout.TotalSeconds);
        _writers = new Pool<RequestWriter>(() => new RequestWriter(Random));
        _clocks = new Pool<CallClock>(() => new CallClock(Clock));
    }

    internal RouterClock Clock { get; }

    internal RandomSource Random { get; }

    /// <summary>Gets the fleet of which this process is an instance; null where it shares nothing with others.</summary>
    internal RouterFleet? Fleet { get; }

    /// <summary>Gets the version of HTTP that requests ask for.</summary>
    internal HttpProtocol Protocol { get; }

    internal ILogger Logger { get; }

    /// <summary>Gets the cache of answers of chat; null where there is none.</summary>
    internal IChatCache? Cache { get; }

    /// <summary>Gets what learns of calls.</summary>
    internal ObserverList Observers { get; }

    /// <summary>Gets whether spans hold what was asked and answered.</summary>
    internal bool CapturesContent => _capturesContent.Value;

    /// <summary>Gets what the platforms of the deployments share.</summary>
    internal PlatformContext Platforms { get; }

    /// <summary>Gets the clients of deployments that are asked through one.</summary>
    internal ClientRegistry Clients { get; }

    /// <summary>Gets whether calls may be drills.</summary>
    internal bool AllowsMockFailures { get; }

    internal QueueGate QueueGate { get; } = new();

    /// <summary>Gets what deployments of several groups share.</summary>
    internal SharedStates SharedStates { get; } = new();

    /// <summary>Gets the keys of the deployments, and which deployments share one.</summary>
    internal KeyRegistry Keys { get; } = new();

    internal IConfiguration? Configuration { get; }

    /// <summary>Paths of the configuration of which was said that they mean nothing: by whatever group came there first.</summary>
    internal ConcurrentDictionary<string, bool> WarnedPaths { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The level at which is logged what others wrote: a provider's message, an exception of user code.</summary>
    /// <param name="asked">The level where <see cref="RouterOptions.LogProviderMessages"/> asks for it.</param>
    internal LogLevel MessageLevel(LogLevel asked) => _logsMessages ? asked : LogLevel.Debug;

    /// <summary>Tells the observer of a change that has happened. Not to be called under a lock; an observer's exception ends here.</summary>
    internal void Announce(in DeploymentChange change)
    {
        if (change.Kind is DeploymentChangeKind.CoolingDown) RouterTelemetry.Cooldowns.Add(1, new(GenAI.Group, change.Group), new(GenAI.Deployment, change.Deployment), new(GenAI.Outcome, GenAI.ErrorTypeOf(change.Cause)));
        Observers.DeploymentChanged(change);
        try
        {
            _deploymentChanged?.Invoke(change);
        }
        catch (Exception exception)
        {
            RouterLog.ObserverFailed(Logger, change.Group, change.Deployment, change.Kind, exception.GetType().Name);
            RouterLog.ForeignException(Logger, MessageLevel(LogLevel.Error), change.Group, exception);
        }
    }

    internal CallClock StartCall(TimeSpan timeout, CancellationToken caller)
    {
        CallClock clock = _clocks.Rent();
        clock.Start(timeout, caller);
        return clock;
    }

    internal void EndCall(CallClock clock)
    {
        clock.Stop();
        if (!_clocks.Return(clock)) clock.Discard();
    }

    /// <summary>Returns what requests are sent with: the user's transport, else one whose connections are made within that time.</summary>
    internal HttpTransport TransportWithin(TimeSpan connectTimeout) =>
        _ownTransport
        ?? (_clientCertificate is null
            ? HttpTransport.SharedWithin(connectTimeout, _connectionLifetime)
            : _withCertificate.GetOrAdd(connectTimeout, static (timeout, router) => HttpTransport.Create(timeout, router._connectionLifetime, router._clientCertificate), this));

    /// <summary>Disposes what the router owns: the clients that declared factories made. Groups that have none go on.</summary>
    public void Dispose() => Clients.Dispose();

    internal RequestWriter RentWriter() => _writers.Rent();

    internal void ReturnWriter(RequestWriter writer)
    {
        if (writer.Capacity > LargestPooledBody) return;
        writer.Clear();
        _writers.Return(writer);
    }
}
