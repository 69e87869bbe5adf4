namespace RouterGen;

/// <summary>What instances tell each other of endpoints and deployments: cooldowns, and what people changed. Thread-safe.</summary>
internal sealed class FleetNotices
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<IFleetEndpoint>> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<IFleetDeployment>> _deployments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SharedCooldown Cooldown, long Until)> _cooldowns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SharedControl> _controls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SharedCooldown Cooldown, long Until)> _ownCooldowns = new(StringComparer.Ordinal);
    private Dictionary<string, SharedControl> _ownControls = new(StringComparer.Ordinal);

    /// <summary>Adds an endpoint, which begins with what the fleet knows of it.</summary>
    public void Join(string scope, IFleetEndpoint endpoint, long now)
    {
        (SharedCooldown Cooldown, long Until) known;
        lock (_gate)
        {
            Add(_endpoints, scope, endpoint);
            if (!_cooldowns.TryGetValue(scope, out known) || known.Until <= now) return;
        }

        endpoint.Follow(known.Cooldown, scope, known.Until);
    }

    /// <summary>Adds a deployment, which begins as people left it.</summary>
    public void Join(string scope, IFleetDeployment deployment)
    {
        SharedControl? known;
        lock (_gate)
        {
            Add(_deployments, scope, deployment);
            if (!_controls.TryGetValue(scope, out known)) return;
        }

        deployment.Follow(known);
    }

    /// <summary>Notes a cooldown that has begun here.</summary>
    public void Note(SharedCooldown cooldown, long until)
    {
        lock (_gate)
        {
            if (!_ownCooldowns.TryGetValue(cooldown.Scope, out (SharedCooldown, long Until) known) || known.Until < until) _ownCooldowns[cooldown.Scope] = (cooldown, until);
        }
    }

    /// <summary>Notes what people changed here.</summary>
    public void Note(SharedControl control)
    {
        lock (_gate)
        {
            SharedControl before = _ownControls.GetValueOrDefault(control.Scope, control);
            SharedControl all = new(control.Scope, control.State ?? before.State, control.Weight ?? before.Weight);
            _ownControls[control.Scope] = all;
        }
    }

    /// <summary>Returns the cooldowns that the store is to know of, with what is left of them now.</summary>
    public SharedCooldown[] Cooldowns(long now)
    {
        lock (_gate)
        {
            foreach ((string scope, (_, long until)) in _ownCooldowns)
            {
                if (until <= now) _ownCooldowns.Remove(scope);
            }

            return [.. _ownCooldowns.Values.OrderBy(static one => one.Cooldown.Scope, StringComparer.Ordinal).Select(one => one.Cooldown with { Remaining = new TimeSpan(one.Until - now) })];
        }
    }

    /// <summary>Returns what people changed, once.</summary>
    public SharedControl[] TakeControls()
    {
        lock (_gate)
        {
            SharedControl[] controls = [.. _ownControls.Values.OrderBy(static one => one.Scope, StringComparer.Ordinal)];
            if (controls.Length > 0) _ownControls = new(StringComparer.Ordinal);
            return controls;
        }
    }

    /// <summary>Takes what the store knows, and has endpoints and deployments follow it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="told">The cooldowns that the store was told with the question: it knows them now.</param>
    /// <param name="now">The time.</param>
    public void Follow(StoreAnswer answer, IReadOnlyList<SharedCooldown> told, long now)
    {
        var actions = new List<Action>();
        lock (_gate)
        {
            foreach (SharedCooldown one in told)
            {
                if (_ownCooldowns.TryGetValue(one.Scope, out (SharedCooldown, long Until) own) && own.Until <= now + one.Remaining.Ticks) _ownCooldowns.Remove(one.Scope);
            }

            foreach (SharedCooldown cooldown in answer.Cooldowns)
            {
                // Told again and again, and each time with what is left: only what ends later is news.
                long until = now + cooldown.Remaining.Ticks;
                if (_cooldowns.TryGetValue(cooldown.Scope, out (SharedCooldown, long Until) known) && until <= known.Until + TimeSpan.TicksPerSecond) continue;
                _cooldowns[cooldown.Scope] = (cooldown, until);
                foreach (IFleetEndpoint endpoint in _endpoints.GetValueOrDefault(cooldown.Scope) ?? []) actions.Add(() => endpoint.Follow(cooldown, cooldown.Scope, until));
            }

            foreach ((string scope, (_, long until)) in _cooldowns)
            {
                if (until <= now) _cooldowns.Remove(scope);
            }

            foreach (SharedControl control in answer.Controls)
            {
                _controls[control.Scope] = control;
                if (_ownControls.ContainsKey(control.Scope)) continue; // Changed again since: that is the last word.
                foreach (IFleetDeployment deployment in _deployments.GetValueOrDefault(control.Scope) ?? []) actions.Add(() => deployment.Follow(control));
            }
        }

        foreach (Action action in actions) action(); // With nothing locked: observers are told.
    }

    private static void Add<T>(Dictionary<string, List<T>> all, string scope, T one)
    {
        if (!all.TryGetValue(scope, out List<T>? list)) all.Add(scope, list = []);
        list.Add(one);
    }
}
