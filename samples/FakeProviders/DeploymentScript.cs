namespace RouterGen.FakeProviders;

/// <summary>
/// What one deployment does with its calls, and what became of them. Counted steps (<see cref="Next"/>) come first, in order; then
/// the standing one (<see cref="Always"/>), at first <see cref="Fault.None"/>. Safe for use from many threads.
/// </summary>
public sealed class DeploymentScript
{
    private const int MaxRequests = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(Fault Fault, int Times)> _steps = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly bool _recordByDefault;
    private Fault _standing = Fault.None;
    private readonly Queue<ReplySource> _replies = new([new ReplySource(new Reply())]);
    private TaskCompletionSource? _changed;
    private int _usesOfStep;
    private long _calls, _aborted;
    private int _inFlight;

    internal DeploymentScript(string name, bool recordRequests)
    {
        Name = name;
        RecordRequests = _recordByDefault = recordRequests;
    }

    /// <summary>Provider and model, for example "openai/gpt-6-luna".</summary>
    public string Name { get; }

    /// <summary>Whether <see cref="Requests"/> are kept.</summary>
    public bool RecordRequests { get; set; }

    /// <summary>Calls that arrived, refused ones included.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls whose client went away before its answer was complete.</summary>
    public long Aborted => Volatile.Read(ref _aborted);

    /// <summary>Calls that are being answered now. A client may have the last byte a moment before its call is counted out.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The latest requests, oldest first, at most 256.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>The next calls meet <paramref name="fault"/>, after those that are already queued.</summary>
    public DeploymentScript Next(Fault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate) _steps.Enqueue((fault, times));
        return this;
    }

    /// <summary>All calls meet <paramref name="fault"/>, once the queued steps are used up.</summary>
    public DeploymentScript Always(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate) _standing = fault;
        return this;
    }

    /// <summary>Drops all faults, queued and standing.</summary>
    public DeploymentScript Recover()
    {
        lock (_gate)
        {
            _steps.Clear();
            _usesOfStep = 0;
            _standing = Fault.None;
        }

        return this;
    }

    /// <summary>Sets the answers to calls: one for each of the next calls, the last one from then on.</summary>
    public DeploymentScript ReplyWith(Reply reply, params Reply[] later)
    {
        ArgumentNullException.ThrowIfNull(reply);
        lock (_gate)
        {
            _replies.Clear();
            foreach (Reply each in (Reply[])[reply, .. later]) _replies.Enqueue(new ReplySource(each));
        }

        return this;
    }

    /// <summary>
    /// Waits until the condition holds: it is asked now and whenever a counter changes. So a test can wait for a call to arrive, or
    /// for the server to have noticed that its client is gone, without polling.
    /// </summary>
    public async Task WaitUntilAsync(Func<DeploymentScript, bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate) changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (condition(this)) return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    internal ReplySource TakeReply()
    {
        lock (_gate) return _replies.Count > 1 ? _replies.Dequeue() : _replies.Peek();
    }

    internal ScriptCounters Counters
    {
        get
        {
            lock (_gate) return new ScriptCounters(_calls, _aborted, _inFlight);
        }
    }

    internal void Arrive(RecordedRequest? request)
    {
        lock (_gate)
        {
            _calls++;
            _inFlight++;
            if (request is not null)
            {
                if (_requests.Count == MaxRequests) _requests.Dequeue();
                _requests.Enqueue(request);
            }

            SignalChange();
        }
    }

    internal void Leave(bool aborted)
    {
        lock (_gate)
        {
            _inFlight--;
            if (aborted) _aborted++;
            SignalChange();
        }
    }

    internal Fault TakeFault()
    {
        lock (_gate)
        {
            if (!_steps.TryPeek(out (Fault Fault, int Times) step)) return _standing;
            if (++_usesOfStep == step.Times)
            {
                _steps.Dequeue();
                _usesOfStep = 0;
            }

            return step.Fault;
        }
    }

    internal void Load(ScriptDocument document)
    {
        lock (_gate)
        {
            Recover();
            ReplyWith(document.Reply ?? new Reply());
            foreach (ScriptStep step in document.Steps ?? [])
            {
                if (step.Times is { } times) Next(step.Fault, times);
                else Always(step.Fault);
            }
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            Load(new ScriptDocument());
            RecordRequests = _recordByDefault;
            _requests.Clear();
            _calls = _aborted = 0; // not in-flight: those calls are still here
            SignalChange();
        }
    }

    private void SignalChange()
    {
        _changed?.SetResult();
        _changed = null;
    }
}

/// <summary>A request as it arrived.</summary>
/// <param name="Path">The path, without the query.</param>
/// <param name="Headers">The headers by name, in any case; several values are joined with a comma.</param>
/// <param name="Body">The JSON, as it was written.</param>
public sealed record RecordedRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
