using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the groups of a class share: the transport, time, logs, and where keys come from. Everything is optional.</summary>
public sealed class RouterOptions
{
    /// <summary>
    /// Gets or sets what requests are sent with; an <see cref="HttpClient"/> is one too. It must not follow redirects (a key goes to its
    /// own origin only) nor retry (RouterGen does), and its <see cref="HttpClient.Timeout"/> should be infinite. The
    /// <see cref="SocketsHttpHandler.ResponseDrainTimeout"/> should be short: for so long a stream that was left early goes
    /// on. <see cref="CreateHandler"/> returns a handler that is all of this. It is not disposed. Unset: connections pooled in the process, renewed every two minutes.
    /// </summary>
    public HttpMessageInvoker? Transport { get; set; }

    /// <summary>Gets or sets the clock for deadlines, cooldowns, limits and durations.</summary>
    public TimeProvider TimeProvider { get; set; } = RouterClock.System;

    /// <summary>Gets or sets the seed of jitter and shares, for repeatable runs. Unset: random.</summary>
    public ulong? Seed { get; set; }

    /// <summary>Gets or sets where the router logs. Unset: nowhere. What a logger throws ends there, and fails no call.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Gets or sets whether logs hold what others wrote: the message of a provider that refused a request, which may quote the
    /// prompt, and the exceptions of user code (policies, observers). Default: false. Then they are logged at the level Debug
    /// alone, and entries of higher levels have the kind of the failure, the status, and the provider's code. Exceptions hold
    /// the message always: their reader is the caller.
    /// </summary>
    public bool LogProviderMessages { get; set; }

    /// <summary>
    /// Gets or sets how the value of an environment variable is found: keys, values of headers, and endpoints that override declared ones. Called when
    /// a group is used for the first time, and again when <see cref="Configuration"/> reloads: another key is used by the next call. Unset: the
    /// configuration's value of that name, which an application's environment variables and user secrets are part of, else the environment's.
    /// </summary>
    public Func<string, string?> Variables { get => field ?? FindVariable; set; }

    /// <summary>
    /// Gets or sets where settings of groups and deployments are overridden without a restart: its section <c>RouterGen</c>, read at the
    /// first use of a group and whenever the configuration reloads. It may hold weights, limits and the like, but no keys
    /// and no endpoints: for these <see cref="Variables"/> looks into the configuration itself. Unset: what was declared holds.
    /// </summary>
    public IConfiguration? Configuration { get; set; }

    /// <summary>
    /// Gets or sets what is called when a deployment cools down, recovers, is taken out of service and the like: once for each change, after it has
    /// happened, on the thread that brought it about and with nothing locked. Calls wait for it, so it should be quick. What
    /// it throws is logged and goes no further. Changes that follow closely upon each other on several threads may be told
    /// in another order.
    /// </summary>
    public Action<DeploymentChange>? DeploymentChanged { get; set; }

    /// <summary>
    /// Gets or sets what gives deployments a client to be asked through, in place of requests that the router sends: a client of an SDK, of the
    /// application's services, of a test. Called once for each deployment, when its group is first used; null leaves it as declared. It goes before
    /// <see cref="DeploymentAttribute.Client"/>. The clients stay the caller's own: the router does not dispose them.
    /// </summary>
    public Func<ChatClientContext, IChatClient?>? ClientFor { get; set; }

    /// <summary>
    /// Gets or sets what says what an exception of a client means, which a deployment is asked through. Called before what is known of SDKs; null leaves
    /// it to that. Unset: what is known of SDKs, of <see cref="HttpRequestException"/> and of timeouts holds, and any other exception is a
    /// <see cref="FailureKind.ServerError"/>.
    /// </summary>
    public Func<Exception, AttemptFailure?>? ClassifyException { get; set; }

    /// <summary>
    /// Options with the <see cref="ILoggerFactory"/>, <see cref="System.TimeProvider"/> and <see cref="IConfiguration"/> of an
    /// application, where it has them.
    /// </summary>
    public static RouterOptions FromServices(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new RouterOptions
        {
            LoggerFactory = services.GetService<ILoggerFactory>(),
            TimeProvider = services.GetService<TimeProvider>() ?? RouterClock.System,
            Configuration = services.GetService<IConfiguration>(),
        };
    }

    /// <summary>
    /// Returns a handler as the router makes for itself, for a <see cref="Transport"/> of one's own: it follows no redirects (a key goes to its own
    /// origin only), keeps no cookies, decompresses nothing, makes a connection within 10 seconds and renews it every two minutes, and
    /// drops a stream that was left early. What it does besides (a proxy, certificates, handlers around it) is for the caller to set.
    /// </summary>
    /// <returns>A new handler, which the caller owns.</returns>
    public static SocketsHttpHandler CreateHandler() => HttpTransport.CreateHandler(TimeSpan.FromSeconds(GroupProperties.DefaultConnectTimeoutSeconds));

    private string? FindVariable(string name) => Configuration?[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value : Environment.GetEnvironmentVariable(name);
}
