using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Applies what the application's configuration says of a group, and looks its keys up: at the start, and after each reload. Only what has
/// changed since it was last read is applied, so that what code has set meanwhile stays.
/// </summary>
internal sealed class ConfigurationWatch
{
    private static readonly string[] Parts = ["Groups"];

    private readonly RouterContext _router;
    private readonly string _group;
    private readonly OverrideReport _report;
    private readonly OverrideSection _root;
    private readonly OverrideSection _groups;
    private readonly OverrideSection _section;
    private readonly GroupOverrides _groupOverrides;
    private readonly Deployment[] _deployments;
    private readonly DeploymentOverrides[] _deploymentOverrides;
    private readonly string[] _names;
    private bool _hasRead;
    private int _asked; // how often a read was asked for since the last read began

    private ConfigurationWatch(IConfiguration configuration, RouterContext router, string group, LiveGroupSettings settings, Deployment[] deployments)
    {
        _router = router;
        _group = group;
        _report = new OverrideReport(router.Logger, router.WarnedPaths);
        _root = new OverrideSection(configuration.GetSection("RouterGen"), _report);
        _groups = _root.Below(Parts[0]);
        _section = _groups.Below(group);
        _groupOverrides = new GroupOverrides(settings);
        _deployments = deployments;
        _deploymentOverrides = Array.ConvertAll(deployments, deployment => new DeploymentOverrides(deployment, router.Clock));
        _names = Array.ConvertAll(deployments, static deployment => deployment.Name);
    }

    /// <summary>Gets what is wrong in the configuration, as of the last time that it was read.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _report.Problems;

    /// <summary>Reads the configuration, and goes on reading it for as long as the result is referenced.</summary>
    /// <returns>Null where the router has no configuration.</returns>
    public static ConfigurationWatch? Start(RouterContext router, string group, LiveGroupSettings settings, Deployment[] deployments)
    {
        if (router.Configuration is not { } configuration) return null;
        var watch = new ConfigurationWatch(configuration, router, group, settings, deployments);
        var subscription = new Subscription(watch);
        subscription.Registration = ChangeToken.OnChange(configuration.GetReloadToken, static subscription => subscription.OnReload(), subscription);
        watch.Read();
        return watch;
    }

    /// <summary>Reads and applies. Without a lock: a thread that comes while another one reads makes that one read once more.</summary>
    private void Read()
    {
        if (Interlocked.Increment(ref _asked) > 1) return;
        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            ReadOnce();
        }
        while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
    }

    private void ReadOnce()
    {
        _report.Begin();
        try
        {
            _root.WarnOfUnknown(Parts, "setting");
            _groups.WarnOfValue(); // Of its names one alone is known here.
            _groupOverrides.Apply(_section);
            OverrideSection deployments = _section.Below("Deployments");
            deployments.WarnOfUnknown(_names, "deployment");
            foreach (DeploymentOverrides overrides in _deploymentOverrides) overrides.Apply(deployments, isFirst: !_hasRead);
            foreach (Deployment deployment in _deployments) deployment.RenewCredentials();
        }
        catch (Exception exception)
        {
            // What a source of configuration throws must fail neither the code that reloads it nor a group's first call.
            RouterLog.ConfigurationFailed(_router.Logger, _group, exception.GetType().Name);
            RouterLog.ForeignException(_router.Logger, _router.MessageLevel(LogLevel.Error), _group, exception);
            _report.Note(_section.Path, $"the configuration could not be read, and what held before still does: {exception.GetType().Name}");
        }

        _report.End();
        _hasRead = true;
    }

    /// <summary>Configuration outlives groups: it must not keep one alive that is no longer used.</summary>
    private sealed class Subscription(ConfigurationWatch watch)
    {
        private readonly WeakReference<ConfigurationWatch> _watch = new(watch);

        public IDisposable? Registration { get; set; }

        public void OnReload()
        {
            if (_watch.TryGetTarget(out ConfigurationWatch? watch)) watch.Read();
            else Registration?.Dispose();
        }
    }
}
