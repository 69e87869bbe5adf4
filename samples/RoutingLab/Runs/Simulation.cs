using Microsoft.Extensions.AI;
using RouterGen;

namespace RoutingLab;

/// <summary>One scenario under one way to choose: calls arrive, whether or not others have been answered, until so many were made.</summary>
internal sealed class Simulation : IScheduled
{
    private readonly SimulatedTime _time = new();
    private readonly Scenario _scenario;
    private readonly SimulatedProvider[] _providers;
    private readonly LabGroup[] _routers;
    private readonly Dictionary<string, short> _byName;
    private readonly Draws _arrivals;
    private readonly CallRecord[] _calls;
    private int _arrived;
    private int _ended;
    private Exception? _broken;

    private Simulation(Scenario scenario, Contender contender, ulong seed, int calls)
    {
        _scenario = scenario;
        _calls = new CallRecord[calls];
        _arrivals = new Draws(seed);
        _providers = [.. scenario.Providers.Select((spec, index) => new SimulatedProvider(spec, _time, scenario.Seconds, new Draws(seed, stream: 1 + index)))];
        _routers = Fleet.Create(scenario, contender, _time, _providers, seed);
        _byName = scenario.Providers.Select(static (spec, index) => (spec.Name, Index: (short)index)).ToDictionary(static pair => pair.Name, static pair => pair.Index);
    }

    /// <summary>Runs a scenario, on this thread.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="contender">How deployments are chosen.</param>
    /// <param name="seed">The seed of all draws: the same seed gives the same run, to the last call.</param>
    /// <param name="calls">How many calls are made.</param>
    public static RunResult Run(Scenario scenario, Contender contender, ulong seed, int calls)
    {
        var simulation = new Simulation(scenario, contender, seed, calls);
        simulation.Start();
        while (simulation._ended < calls && simulation._broken is null)
        {
            if (!simulation._time.Step()) throw new InvalidOperationException($"{scenario.Name}, {contender.Name}: {calls - simulation._ended} calls wait for something that never comes.");
        }

        if (simulation._broken is { } exception) throw new InvalidOperationException($"{scenario.Name}, {contender.Name}: {exception.Message}", exception);
        return new RunResult(scenario, contender, simulation._calls, simulation._providers.Sum(static provider => provider.RateLimited));
    }

    /// <summary>A call arrives.</summary>
    public void Fire(int ticket)
    {
        int number = _arrived++;
        LabGroup router = _routers[_arrivals.Next(_routers.Length)];
        IReadOnlyList<ChatMessage> messages = Prompts.Conversation(_arrivals.NextLogNormal(_scenario.InputTokens, 0.9));
        ChatOptions options = Prompts.Limit(_arrivals.NextLogNormal(_scenario.OutputTokens, 0.7));
        _ = _scenario.WholeCalls ? AskAsync(number, router, messages, options) : StreamAsync(number, router, messages, options);
        if (_scenario.Callers == 0 && _arrived < _calls.Length) ScheduleNext();
    }

    private void Start()
    {
        if (_scenario.Callers == 0) ScheduleNext();
        for (int i = 0; i < Math.Min(_scenario.Callers, _calls.Length); i++) _time.Schedule(0, this);
    }

    private void ScheduleNext()
    {
        double rate = _scenario.RateAt(_time.Now / (double)TimeSpan.TicksPerSecond);
        _time.Schedule((long)(_arrivals.NextExponential(1 / rate) * TimeSpan.TicksPerSecond), this);
    }

    private async Task StreamAsync(int number, LabGroup router, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        long arrived = _time.Now;
        long latency = -1;
        try
        {
            RoutedResponseUpdate? last = null;
            await foreach (ChatResponseUpdate update in router.StreamAsync(messages, options).ConfigureAwait(false))
            {
                if (latency < 0) latency = _time.Now - arrived;
                last = update as RoutedResponseUpdate;
            }

            End(number, new CallRecord(arrived, latency, _byName[last!.Deployment], (short)last.Attempts.Count) { Cost = (double)(last.Cost ?? 0) });
        }
        catch (RoutingException exception)
        {
            End(number, new CallRecord(arrived, _time.Now - arrived, -1, (short)exception.Attempts.Count));
        }
        catch (Exception exception)
        {
            _broken = exception;
        }
    }

    private async Task AskAsync(int number, LabGroup router, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        long arrived = _time.Now;
        try
        {
            RoutedResponse reply = await router.CompleteAsync(messages, options).ConfigureAwait(false);
            End(number, new CallRecord(arrived, _time.Now - arrived, _byName[reply.Deployment], (short)reply.Attempts.Count) { Cost = (double)(reply.Cost ?? 0) });
        }
        catch (RoutingException exception)
        {
            End(number, new CallRecord(arrived, _time.Now - arrived, -1, (short)exception.Attempts.Count));
        }
        catch (Exception exception)
        {
            _broken = exception;
        }
    }

    private void End(int number, in CallRecord record)
    {
        _calls[number] = record;
        _ended++;
        if (_scenario.Callers > 0 && _arrived < _calls.Length) _time.Schedule(0, this);
    }
}
