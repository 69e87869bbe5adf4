using System.ComponentModel;
using System.Security.Cryptography.X509Certificates;
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
    /// on. <see cref="CreateHandler"/> returns a handler that is all of this. It is not disposed. Unset: connections pooled in the process, each used for
    /// <see cref="ConnectionLifetime"/>.
    /// </summary>
    public HttpMessageInvoker? Transport { get; set; }

    /// <summary>
    /// Gets or sets the version of HTTP that each request asks for, whatever the transport: 1.0, 1.1, 2.0 or 3.0. Default: 1.1, where each call under way
    /// has a connection to itself. With 2.0 calls share connections, as far as the server and <see cref="HttpVersionPolicy"/> allow it.
    /// A synchronous call asks for 1.1 in place of 2.0 or 3.0 where the policy allows a lower version, since <see cref="SocketsHttpHandler"/> sends nothing newer synchronously.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is another version.</exception>
    public Version HttpVersion
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value != System.Net.HttpVersion.Version10 && value != System.Net.HttpVersion.Version11 && value != System.Net.HttpVersion.Version20 && value != System.Net.HttpVersion.Version30)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The version must be 1.0, 1.1, 2.0 or 3.0.");
            }

            field = value;
        }
    }

    = System.Net.HttpVersion.Version11;

    /// <summary>
    /// Gets or sets whether another version than <see cref="HttpVersion"/> will do. Default: a lower one will. Where the server does not speak a version
    /// that will do, its attempts fail with <see cref="FailureKind.ConnectionFailed"/>; a synchronous call throws a <see cref="NotSupportedException"/> where the version
    /// cannot be sent synchronously.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a defined policy.</exception>
    public HttpVersionPolicy HttpVersionPolicy
    {
        get;
        set
        {
            if (value is < HttpVersionPolicy.RequestVersionOrLower or > HttpVersionPolicy.RequestVersionExact) throw new ArgumentOutOfRangeException(nameof(value), value, "The value is not a defined policy.");
            field = value;
        }
    }

    /// <summary>
    /// Gets or sets how long a connection is used before a new one takes its place, which looks the host's name up again: so a router follows a change of DNS.
    /// A call under way keeps its connection. Default: two minutes; <see cref="Timeout.InfiniteTimeSpan"/> is as long as the server keeps it. It has no effect where <see cref="Transport"/>
    /// is set: its handler has a <see cref="SocketsHttpHandler.PooledConnectionLifetime"/> of its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative (but not infinite) or zero.</exception>
    public TimeSpan ConnectionLifetime
    {
        get;
        set
        {
            if (value <= TimeSpan.Zero && value != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(nameof(value), value, "The lifetime must be greater than zero, or infinite.");
            field = value;
        }
    }

    = HttpTransport.UsualLifetime;

    /// <summary>
    /// Gets or sets the certificate, with its private key, that is shown to each server that demands one of its clients (mutual TLS), such as a gateway in front of
    /// providers; other servers do not see it. Connections that show it are used by this router alone. It has no effect where <see cref="Transport"/> is set: its handler
    /// has <see cref="SocketsHttpHandler.SslOptions"/> of its own. It is not disposed. Unset: none is shown, and attempts at such a server fail with <see cref="FailureKind.ConnectionFailed"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public X509Certificate2? ClientCertificate
    {
        get;
        set
        {
            if (value is { HasPrivateKey: false }) throw new ArgumentException("The certificate must have its private key.", nameof(value));
            field = value;
        }
    }

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
    /// Gets the identities with which requests are authorised where no key is set, by the name of a deployment or of a provider; a deployment's own
    /// comes first. A cloud's package has them, for example <c>AzureCredentials.ManagedIdentity("…")</c> of RouterGen.Azure. What is not
    /// listed here has the identity that the package finds by itself. Empty unless something is added.
    /// </summary>
    public IDictionary<string, CredentialSource> Credentials { get; } = new Dictionary<string, CredentialSource>(StringComparer.Ordinal);

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

    /// <summary>Gets what learns of calls, attempts and their costs, in the order in which it is told. Empty unless something is added; read when the router is made.</summary>
    public IList<IRouterObserver> Observers { get; } = [];

    /// <summary>
    /// Gets or sets a cache of answers, in front of all groups of chat. Synchronous calls, <c>StreamAsync&lt;T&gt;</c>, calls with a key of the caller's own and calls that say so
    /// (<see cref="CallOptions.SkipCache"/>) do not use it. It is not disposed. Unset: none.
    /// </summary>
    public IChatCache? Cache { get; set; }

    /// <summary>
    /// Gets or sets what makes this process an instance of a fleet, whose limits, budgets, cooldowns and controls hold for all instances together. It is not disposed: dispose it when the program ends,
    /// so that others have at once what it held. Unset: the process keeps everything for itself.
    /// </summary>
    public RouterFleet? Fleet { get; set; }

    /// <summary>
    /// Gets or sets whether spans hold what was asked and answered: messages, instructions, tools. It may be private, and large. Null: where the variable
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is <c>true</c>.
    /// </summary>
    public bool? CaptureMessageContent { get; set; }

    /// <summary>
    /// Gets or sets what gives deployments a client to be asked through, in place of requests that the router sends: a client of an SDK, of the
    /// application's services, of a test. Called once for each deployment, when its group is first used; null leaves it as declared. It goes before
    /// <see cref="DeploymentAttribute.Client"/>. The clients stay the caller's own: the router does not dispose them.
    /// </summary>
    public Func<ChatClientContext, IChatClient?>? ClientFor { get; set; }

    /// <summary>Gets or sets whether calls may be drills that find deployments failing (<see cref="CallOptions.MockFailure"/>). Default: they may not.</summary>
    public bool AllowMockFailures { get; set; }

    /// <summary>Gets or sets what answers in place of deployments of any kind: called when a group is first used, for each of its deployments; null leaves one as it is. It goes before <see cref="ClientFor"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Func<ChatClientContext, DeploymentScript?>? ScriptFor { get; set; }

    /// <summary>
    /// Gets or sets what says what an exception of a client means, which a deployment is asked through. Called before what is known of SDKs; null leaves
    /// it to that. Unset: what is known of SDKs, of <see cref="HttpRequestException"/> and of timeouts holds, and any other exception is a
    /// <see cref="FailureKind.ServerError"/>.
    /// </summary>
    public Func<Exception, AttemptFailure?>? ClassifyException { get; set; }

    /// <summary>
    /// Returns options with the <see cref="ILoggerFactory"/>, <see cref="System.TimeProvider"/> and <see cref="IConfiguration"/> of an
    /// application, where it has them, and with what each registered <see cref="IRouterOptionsSetup"/> adds, in the order of their registration.
    /// </summary>
    /// <param name="services">The application's services.</param>
    public static RouterOptions FromServices(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new RouterOptions
        {
            LoggerFactory = services.GetService<ILoggerFactory>(),
            TimeProvider = services.GetService<TimeProvider>() ?? RouterClock.System,
            Configuration = services.GetService<IConfiguration>(),
        };
        foreach (IRouterOptionsSetup setup in services.GetService<IEnumerable<IRouterOptionsSetup>>() ?? []) setup.Configure(options);
        return options;
    }

    /// <summary>
    /// Returns a handler as the router makes for itself, for a <see cref="Transport"/> of one's own: it follows no redirects (a key goes to its own
    /// origin only), keeps no cookies, decompresses nothing, makes a connection within 10 seconds and renews it every two minutes, makes
    /// further HTTP/2 connections where one has as many streams as the server takes, and drops a stream that was left early. What it does besides (a proxy, certificates, handlers around it) is for the caller to set.
    /// </summary>
    /// <returns>A new handler, which the caller owns.</returns>
    public static SocketsHttpHandler CreateHandler() => HttpTransport.CreateHandler(TimeSpan.FromSeconds(GroupProperties.DefaultConnectTimeoutSeconds));

    private string? FindVariable(string name) => Configuration?[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value : Environment.GetEnvironmentVariable(name);
}
