using RouterGen.Infrastructure;

namespace RouterGen.Testing;

/// <summary>
/// Deployments that are fakes, a clock that stands, and what was asked: give its <see cref="Options"/> to a class of groups. All that routes calls is real
/// (failover, cooldowns, limits, waits, costs); no request is sent, and no variable of the environment is read. Thread-safe; one for each test.
/// </summary>
public sealed partial class TestRouter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Registration> _fakes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Deployment), FakeScript> _scripts = [];
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<string> _problems = [];
    private Registration? _otherwise;

    /// <summary>Makes a router without fakes.</summary>
    public TestRouter() => Options = new RouterOptions
    {
        ScriptFor = ScriptFor,
        TimeProvider = Time,
        Seed = 1,
        Variables = static _ => null,
    };

    /// <summary>Gets or sets the fake of the deployments of that name. One that is set anew begins at its first step.</summary>
    /// <param name="deployment">The deployment's name as it was declared, for example <c>openai/gpt-6-luna</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no fake of that name to get.</exception>
    public FakeDeployment this[string deployment]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(deployment);
            lock (_gate) return _fakes[deployment].Fake;
        }

        set
        {
            ArgumentException.ThrowIfNullOrEmpty(deployment);
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate) _fakes[deployment] = new Registration(value);
        }
    }

    /// <summary>Gets or sets the fake of all deployments that have none of their own; null where a call that comes to such a one is to fail.</summary>
    public FakeDeployment? Otherwise
    {
        get
        {
            lock (_gate) return _otherwise?.Fake;
        }

        set
        {
            lock (_gate) _otherwise = value is null ? null : new Registration(value);
        }
    }

    /// <summary>Gets the clock of the router.</summary>
    public TestClock Time { get; } = new();

    /// <summary>
    /// Gets the options for a class of groups: <c>new Models(router.Options)</c>, or <c>Models.Override(router.Options)</c>. More may be set in them before the class is made.
    /// <see cref="RouterOptions.Seed"/> is 1, so that runs repeat.
    /// </summary>
    public RouterOptions Options { get; }

    /// <summary>Gets what deployments were asked so far, in order: each attempt, and what the router asks by itself (probes, measurements, copies for shadows).</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>Forgets what was asked. Scripts go on where they are.</summary>
    public void ClearRequests()
    {
        lock (_gate) _requests.Clear();
    }

    /// <summary>Notes a request, and finds the fake that answers it.</summary>
    /// <exception cref="RouterAssertionException">The deployment has none.</exception>
    internal RecordedRequest Record(ChatClientContext deployment, ScriptedRequest request, out FakeDeployment fake, out int call)
    {
        lock (_gate)
        {
            var recorded = new RecordedRequest(deployment, request.Request, request.Body, _requests.Count, Time.GetUtcNow());
            _requests.Add(recorded);
            Registration registration = (_fakes.TryGetValue(deployment.Deployment, out Registration? own) ? own : _otherwise) ?? throw Noted(Missing(deployment, recorded));
            fake = registration.Fake;
            call = registration.Calls++;
            return recorded;
        }
    }

    /// <summary>Keeps what is wrong with the fakes: code under test may have caught it, and assertions say it again.</summary>
    internal RouterAssertionException Noted(RouterAssertionException problem)
    {
        lock (_gate)
        {
            if (!_problems.Contains(problem.Message)) _problems.Add(problem.Message);
        }

        return problem;
    }

    private FakeScript ScriptFor(ChatClientContext deployment)
    {
        lock (_gate)
        {
            if (_scripts.TryGetValue((deployment.Group, deployment.Deployment), out FakeScript? known)) return known;
            var script = new FakeScript(this, deployment);
            _scripts.Add((deployment.Group, deployment.Deployment), script);
            return script;
        }
    }

    private RouterAssertionException Missing(ChatClientContext deployment, RecordedRequest recorded)
    {
        string others = _fakes.Count == 0 ? "It has none." : $"It has fakes for {string.Join(", ", _fakes.Keys.Order(StringComparer.Ordinal).Select(static name => $"'{name}'"))}.";
        return new($"The TestRouter has no fake for deployment '{deployment.Deployment}' of model group '{deployment.Group}'. Add one: router[\"{deployment.Deployment}\"] = FakeDeployment.{FakeKind.Of(recorded).Example}. {others}");
    }

    /// <summary>A fake, and how many calls it has had.</summary>
    private sealed class Registration(FakeDeployment fake)
    {
        public FakeDeployment Fake => fake;

        public int Calls { get; set; }
    }
}
