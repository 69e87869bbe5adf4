namespace RoutingLab;

/// <summary>A provider: its load, its limits, and what it does with each request. All routers of a scenario share it.</summary>
internal sealed class SimulatedProvider
{
    // The network, and a front end that refuses before any model is asked.
    private const double RefusalSeconds = 0.03;

    // Reading the prompt takes time in proportion to it.
    private const double SecondsPerInputToken = 0.00005;

    // Of what an answer may be long: a fifth to all of it is used.
    private const double LeastUse = 0.2;
    private const double MeanUse = (LeastUse + 1) / 2;

    // What a request is taken to wait that nothing answers.
    private const double SilenceSeconds = 60;

    private readonly SimulatedTime _time;
    private readonly Draws _draws;
    private readonly long _cycle;
    private readonly TokenBucket? _requests;
    private readonly TokenBucket? _tokens;

    public SimulatedProvider(ProviderSpec spec, SimulatedTime time, double cycleSeconds, Draws draws)
    {
        Spec = spec;
        _time = time;
        _draws = draws;
        _cycle = (long)(cycleSeconds * TimeSpan.TicksPerSecond);
        _requests = spec.Rpm > 0 ? new TokenBucket(spec.Rpm) : null;
        _tokens = spec.Tpm > 0 ? new TokenBucket(spec.Tpm) : null;
    }

    public ProviderSpec Spec { get; }

    /// <summary>Requests that it works at.</summary>
    public int InFlight { get; private set; }

    /// <summary>Requests that it received.</summary>
    public int Requests { get; private set; }

    /// <summary>Requests that it answered with 429.</summary>
    public int RateLimited { get; private set; }

    /// <summary>Decides what becomes of a request. Whatever is not a refusal is at work until <see cref="Leave"/>.</summary>
    /// <param name="inputTokens">How long the prompt is.</param>
    /// <param name="outputLimit">How long the answer may be.</param>
    /// <param name="setUp">What the connection takes before the request is there, in seconds.</param>
    public Verdict Accept(int inputTokens, int outputLimit, double setUp)
    {
        // All is drawn for each request, whatever becomes of it: so the same requests have the same luck.
        double firstToken = _draws.NextLogNormal(Spec.FirstToken, Spec.Sigma);
        if (_draws.Next() < Spec.Stragglers) firstToken *= Spec.StragglerFactor;
        int output = 1 + (int)(outputLimit * (LeastUse + (1 - LeastUse) * _draws.Next()));
        double luck = _draws.Next();

        Requests++;
        double factor = 1;
        double frozen = 0;
        double second = _time.Now % _cycle / (double)TimeSpan.TicksPerSecond;
        foreach (Condition condition in Spec.Conditions)
        {
            if (!condition.IsInForce(second)) continue;
            switch (condition)
            {
                case Refusing: return new Verdict(VerdictKind.Refused, Ticks(setUp + RefusalSeconds));
                case Failing failing when failing.IsDown(second) && luck < failing.Share: return Refuse(failing.Status, 0, setUp);
                case RateLimitStorm storm: return Refuse(429, storm.RetryAfterSeconds, setUp);
                case BlackHole:
                    InFlight++;
                    return new Verdict(VerdictKind.Silence, 0);
                case Brownout brownout:
                    factor *= brownout.Factor;
                    break;
                case Frozen frost:
                    frozen = frost.Seconds;
                    break;
            }
        }

        long wait = Math.Max(_requests?.Wait(_time.Now, 1) ?? 0, _tokens?.Wait(_time.Now, inputTokens + output) ?? 0);
        if (wait > 0) return Refuse(429, Math.Ceiling(wait / (double)TimeSpan.TicksPerSecond), setUp);
        _requests?.Take(1);
        _tokens?.Take(inputTokens + output);

        factor *= Math.Max(1, (double)++InFlight / Spec.Capacity);
        double first = setUp + (frozen > 0 ? frozen : (firstToken + inputTokens * SecondsPerInputToken) * factor);
        return new Verdict(VerdictKind.Answer, Ticks(first), Ticks(first + output / Spec.TokensPerSecond * factor), OutputTokens: output);
    }

    /// <summary>What <see cref="Accept"/> would come to, on average over its draws.</summary>
    /// <param name="inputTokens">How long the prompt is.</param>
    /// <param name="outputLimit">How long the answer may be.</param>
    /// <param name="setUp">What the connection takes before the request is there, in seconds.</param>
    /// <param name="whole">Whether the whole answer is waited for.</param>
    public Prospect Foresee(int inputTokens, int outputLimit, double setUp, bool whole)
    {
        double failing = 0;
        double factor = 1;
        double frozen = 0;
        double second = _time.Now % _cycle / (double)TimeSpan.TicksPerSecond;
        foreach (Condition condition in Spec.Conditions)
        {
            if (!condition.IsInForce(second)) continue;
            switch (condition)
            {
                case Refusing or RateLimitStorm: return new Prospect(1, setUp + RefusalSeconds, 0);
                case BlackHole: return new Prospect(1, SilenceSeconds, 0);
                case Failing fault when fault.IsDown(second):
                    failing = fault.Share;
                    break;
                case Brownout brownout:
                    factor *= brownout.Factor;
                    break;
                case Frozen frost:
                    frozen = frost.Seconds;
                    break;
            }
        }

        double output = 1 + outputLimit * MeanUse;
        if (Math.Max(_requests?.Wait(_time.Now, 1) ?? 0, _tokens?.Wait(_time.Now, inputTokens + output) ?? 0) > 0) return new Prospect(1, setUp + RefusalSeconds, 0);
        factor *= Math.Max(1, (InFlight + 1.0) / Spec.Capacity);
        double firstToken = Spec.FirstToken * Math.Exp(Spec.Sigma * Spec.Sigma / 2) * (1 + Spec.Stragglers * (Spec.StragglerFactor - 1));
        double seconds = setUp + (frozen > 0 ? frozen : (firstToken + inputTokens * SecondsPerInputToken) * factor);
        return new Prospect(failing, setUp + RefusalSeconds, whole ? seconds + output / Spec.TokensPerSecond * factor : seconds);
    }

    /// <summary>A request is over: answered, or dropped by its caller.</summary>
    public void Leave() => InFlight--;

    private Verdict Refuse(int status, double retryAfter, double setUp)
    {
        if (status == 429) RateLimited++;
        return new Verdict(VerdictKind.Refusal, Ticks(setUp + RefusalSeconds), Status: status, RetryAfter: retryAfter);
    }

    private static long Ticks(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);
}
