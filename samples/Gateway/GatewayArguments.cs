using System.Globalization;
using System.Net;

namespace GatewayProgram;

/// <summary>What the program was started with.</summary>
/// <param name="Config">The file with the groups; null for those of the sample.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="AdminPort">The port of what manages keys; null for the next one, 0 for a free one.</param>
/// <param name="Database">The SQLite file with keys and spend, or the address of a database of PostgreSQL; null for memory.</param>
internal sealed record GatewayArguments(string? Config, int Port, int? AdminPort, string? Database)
{
    private const int UsualPort = 4000;

    /// <summary>How the program is used.</summary>
    public const string Usage = """
        Usage: gateway [--config FILE] [--address IP] [--port N] [--tls-certificate FILE --tls-key FILE]
                       [--admin-address IP] [--admin-port N] [--database FILE|ADDRESS] [--spool FOLDER]
                       [--drain-seconds N] [--drain-delay-seconds N] [--max-connections N] [--log text|json]
                       [--oidc-authority URL --oidc-client-id ID (--oidc-admin VALUES | --oidc-viewer VALUES) [--oidc-role-claim NAME]
                        [--oidc-page-address URL] [--oidc-secret-file FILE] [--oidc-scopes NAMES] [--oidc-name TEXT]
                        [--oidc-session-minutes N] [--oidc-key-folder FOLDER]]
        """;

    /// <summary>Gets the address that is listened on: the loopback, unless it is said otherwise.</summary>
    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    /// <summary>Gets the address of what manages keys: the loopback, unless it is said otherwise.</summary>
    public IPAddress AdminAddress { get; private init; } = IPAddress.Loopback;

    /// <summary>Gets whether the file with the groups is one of LiteLLM's proxy.</summary>
    public bool IsYaml => Path.GetExtension(Config) is ".yaml" or ".yml";

    /// <summary>Gets how long calls that are under way may go on when the program is asked to end.</summary>
    public TimeSpan Drain { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long the program still takes calls when it is asked to end, and says that it is not ready: until what sends it calls has noticed.</summary>
    public TimeSpan DrainDelay { get; private init; }

    /// <summary>Gets the certificate and those that issued it, in PEM; null for no TLS.</summary>
    public string? Certificate { get; private init; }

    /// <summary>Gets the certificate's key, in PEM.</summary>
    public string? CertificateKey { get; private init; }

    /// <summary>Gets the folder where costs are kept while the database cannot be reached; null for memory.</summary>
    public string? Spool { get; private init; }

    /// <summary>Gets the most connections at once.</summary>
    public int MaxConnections { get; private init; } = 20_000;

    /// <summary>Gets whether the log is JSON, an object a line.</summary>
    public bool LogsJson { get; private init; }

    /// <summary>Gets how people sign in to the page.</summary>
    public SignInArguments SignIn { get; private init; } = new();

    /// <summary>Reads arguments; null where they are wrong.</summary>
    public static GatewayArguments? Read(string[] args)
    {
        // An address has a password, which arguments would show to all users of the machine.
        var read = new GatewayArguments(null, UsualPort, null, Environment.GetEnvironmentVariable("ROUTERGEN_DATABASE") is { Length: > 0 } database ? database : null);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 >= args.Length || read.With(args[i], args[i + 1]) is not { } next) return null;
            read = next;
        }

        return read.Certificate is null == read.CertificateKey is null && read.SignIn.IsComplete ? read : null;
    }

    private GatewayArguments? With(string name, string value) => name switch
    {
        "--config" => this with { Config = value },
        "--address" when IPAddress.TryParse(value, out IPAddress? address) => this with { Address = address },
        "--port" when Number(value, ushort.MaxValue) is { } port => this with { Port = port },
        "--admin-address" when IPAddress.TryParse(value, out IPAddress? address) => this with { AdminAddress = address },
        "--admin-port" when Number(value, ushort.MaxValue) is { } port => this with { AdminPort = port },
        "--database" => this with { Database = value },
        "--spool" => this with { Spool = value },
        "--drain-seconds" when Number(value) is { } seconds => this with { Drain = TimeSpan.FromSeconds(seconds) },
        "--drain-delay-seconds" when Number(value) is { } seconds => this with { DrainDelay = TimeSpan.FromSeconds(seconds) },
        "--tls-certificate" => this with { Certificate = value },
        "--tls-key" => this with { CertificateKey = value },
        "--max-connections" when Number(value) is > 0 and { } most => this with { MaxConnections = most },
        "--log" when value is "text" or "json" => this with { LogsJson = value is "json" },
        _ => SignIn.With(name, value) is { } signIn ? this with { SignIn = signIn } : null,
    };

    private static int? Number(string value, int most = 1_000_000) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number : null;
}
