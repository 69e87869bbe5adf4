using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Keys;
using RouterGen.Gateway.Spend;

namespace RouterGen.Gateway.Access;

/// <summary>What checks keys and counts what they spend: one for all endpoints that are mapped with the same options, on whatever application.</summary>
internal sealed class KeyServices
{
    private static readonly ConditionalWeakTable<GatewayOptions, KeyServices> All = [];
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private KeyServices(GatewayOptions options, ILogger logger)
    {
        var ledger = new AccountLedger(options.Fleet);
        Master = new MasterKey(options.MasterKey);
        Registry = new KeyRegistry(options.Keys, ledger, options.TimeProvider, logger);
        WrongKeys = new WrongKeys(options.Keys.MaxWrongKeys, options.TimeProvider);
        Filter = new KeyFilter(Master, Registry, WrongKeys, options.TimeProvider);
        if (!Master.IsSet) return;
        byte[] instance = new byte[4];
        options.Keys.Chance(instance);
        Writer = new SpendWriter(options.Keys, ledger, options.TimeProvider, logger);
        Observer = new SpendObserver(Writer, Convert.ToHexStringLower(instance));
    }

    /// <summary>Gets the key that opens all.</summary>
    public MasterKey Master { get; }

    /// <summary>Gets what keys are good for.</summary>
    public KeyRegistry Registry { get; }

    /// <summary>Gets what slows those who guess.</summary>
    public WrongKeys WrongKeys { get; }

    /// <summary>Gets what lets requests on to endpoints.</summary>
    public KeyFilter Filter { get; }

    /// <summary>Gets what writes costs; null where no key is asked for, so that nothing is counted.</summary>
    public SpendWriter? Writer { get; }

    /// <summary>Gets what charges requests; null where no key is asked for.</summary>
    public SpendObserver? Observer { get; }

    /// <summary>Returns those of options, which are made when they are first asked for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="application">The services of an application: when it has stopped, what waits is written.</param>
    public static KeyServices Of(GatewayOptions options, IServiceProvider application)
    {
        lock (All)
        {
            if (All.TryGetValue(options, out KeyServices? services)) return services;
            services = new KeyServices(options, application.GetService<ILoggerFactory>()?.CreateLogger("RouterGen.Keys") ?? NullLogger.Instance);
            All.Add(options, services);

            // Requests that end while the application stops are charged too, so that the end is after the server's.
            if (services.Writer is { } writer) application.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(() => writer.StopAsync().Wait(LongestStop));
            return services;
        }
    }
}
