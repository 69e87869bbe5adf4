using Microsoft.Extensions.AI;
using RouterGen;
using RouterGen.Infrastructure;

namespace RoutingLab;

/// <summary>How instances of a router keep a limit that is one for all of them.</summary>
internal enum Keeping
{
    /// <summary>By a store: see <see cref="RouterFleet"/>.</summary>
    Shared,

    /// <summary>Each keeps its part, whether or not it needs it.</summary>
    Divided,

    /// <summary>Each keeps the whole limit, as if it were alone.</summary>
    Alone,
}

/// <summary>What is simulated.</summary>
/// <param name="Instances">How many instances there are.</param>
/// <param name="Load">How many calls there are, as a part of the limit.</param>
/// <param name="Skewed">Whether an eighth of the instances has seven eighths of the calls.</param>
/// <param name="Keeping">How the limit is kept.</param>
/// <param name="Store">What is between them and the store.</param>
internal sealed record FleetCase(int Instances, double Load, bool Skewed, Keeping Keeping, StoreConditions Store);

/// <summary>What came of it.</summary>
/// <param name="Utilisation">What was answered of what could be: the limit, or all calls where they are fewer.</param>
/// <param name="Overshoot">How many requests the provider refused, in parts of those that it took.</param>
/// <param name="Success">The calls that were answered.</param>
/// <param name="Fairness">Jain's index over the instances of the calls that were answered of those that were made: 1 where all had the same luck, 1/n where one had all (R. Jain et al., DEC-TR-301, 1984).</param>
/// <param name="Exchanges">How often an instance asked the store, a second.</param>
internal sealed record FleetFigures(double Utilisation, double Overshoot, double Success, double Fairness, double Exchanges);

/// <summary>Instances with one deployment, whose provider keeps the limit: each call has one attempt and ten seconds.</summary>
internal sealed class FleetRun : IScheduled
{
    private const int PerMinute = 6000;
    private const int Seconds = 180;
    private const int WarmUp = 60; // A bucket begins full: what counts is what comes afterwards.

    private readonly FleetCase _case;
    private readonly SimulatedTime _time = new();
    private readonly SimulatedProvider _provider;
    private readonly SimulatedStore _store;
    private readonly LabGroup[] _instances;
    private readonly Draws _draws;
    private readonly (int Made, int Answered)[] _calls;
    private int _underWay;
    private bool _isOver;
    private Exception? _broken;

    private FleetRun(FleetCase fleet, ulong seed)
    {
        _case = fleet;
        _draws = new Draws(seed);
        _calls = new (int, int)[fleet.Instances];
        _provider = new SimulatedProvider(new ProviderSpec("a") { FirstToken = 0.2, Rpm = PerMinute, Capacity = 1_000_000 }, _time, 3600, new Draws(seed, stream: 1));
        _store = new SimulatedStore(_time, fleet.Store, new Draws(seed, stream: 2));
        var scenario = new Scenario("fleet", "A fleet.", ScenarioUse.Judging) { Providers = [_provider.Spec], Rate = 1 };
        var definition = new GroupDefinition
        {
            Name = "fleet",
            Timeout = TimeSpan.FromSeconds(10),
            MaxAttempts = 1,
            MaxQueueLength = Math.Max(1, PerMinute / 60 / fleet.Instances), // A second's worth: who waits longer than calls last is answered too late.
            Deployments =
            [
                new DeploymentDefinition
                {
                    Name = "a", Provider = "lab", Model = "a", Endpoint = SimulatedTransport.AddressOf(0), Codec = new LabCodec(),
                    Rpm = fleet.Keeping is Keeping.Divided ? Math.Max(1, PerMinute / fleet.Instances) : PerMinute,
                },
            ],
        };
        _instances = [.. Enumerable.Range(0, fleet.Instances).Select(i => new LabGroup(new RouterContext(new RouterOptions
        {
            Transport = new HttpMessageInvoker(new SimulatedTransport(_time, [_provider], scenario)),
            TimeProvider = _time,
            Seed = new Draws(seed, stream: 1000 + i).NextUInt64(),
            Fleet = fleet.Keeping is Keeping.Shared ? new RouterFleet(_store) { Id = $"i{i:D4}", ExpectedInstances = fleet.Instances } : null,
        }), definition))];
    }

    /// <summary>Runs a case on this thread.</summary>
    public static FleetFigures Run(FleetCase fleet, ulong seed)
    {
        var run = new FleetRun(fleet, seed);
        run.ScheduleNext();
        while (!run._isOver || run._underWay > 0)
        {
            if (!run._time.Step()) break;
            if (run._broken is { } exception) throw new InvalidOperationException($"{fleet}: {exception.Message}", exception);
        }

        return run.Figures();
    }

    /// <summary>A call arrives.</summary>
    public void Fire(int ticket)
    {
        int instance = !_case.Skewed || _draws.Next() < 0.125 ? _draws.Next(_instances.Length) : _draws.Next(Math.Max(1, _instances.Length / 8));
        _ = AskAsync(instance, isCounted: _time.Now >= WarmUp * TimeSpan.TicksPerSecond);
        _isOver = _time.Now >= Seconds * TimeSpan.TicksPerSecond;
        if (!_isOver) ScheduleNext();
    }

    private void ScheduleNext() => _time.Schedule((long)(_draws.NextExponential(60.0 / (PerMinute * _case.Load)) * TimeSpan.TicksPerSecond), this);

    private async Task AskAsync(int instance, bool isCounted)
    {
        _underWay++;
        if (isCounted) _calls[instance].Made++;
        try
        {
            await _instances[instance].CompleteAsync(Prompts.Conversation(100), Prompts.Limit(50)).ConfigureAwait(false);
            if (isCounted) _calls[instance].Answered++;
        }
        catch (RoutingException)
        {
            // Refused by the limit, ours or the provider's.
        }
        catch (Exception exception)
        {
            _broken = exception;
        }

        _underWay--;
    }

    private FleetFigures Figures()
    {
        int made = _calls.Sum(static calls => calls.Made);
        int answered = _calls.Sum(static calls => calls.Answered);
        double possible = Math.Min(made, PerMinute * (Seconds - WarmUp) / 60.0);
        double[] luck = [.. _calls.Where(static calls => calls.Made > 0).Select(static calls => (double)calls.Answered / calls.Made)];
        double fairness = luck.Sum() * luck.Sum() / (luck.Length * luck.Sum(static one => one * one));
        return new FleetFigures(Math.Min(1, answered / possible), (double)_provider.RateLimited / (_provider.Requests - _provider.RateLimited), (double)answered / made, fairness, _store.Exchanges / (double)_instances.Length / Seconds);
    }
}
