using RouterGen.FakeProviders;

namespace RouterGen.Benchmarks.Soak;

/// <summary>
/// What goes wrong, at random: about every fifth call meets something, and every four hundredth a silence. No huge
/// answers: the shared buffers that they leave in the pool, for a while, would hide a leak.
/// </summary>
internal sealed class FaultMix(int seed)
{
    private static readonly Fault[] Quick =
    [
        Fault.Status(500), Fault.Status(503), Fault.Status(503), Fault.Status(529), Fault.Status(504), Fault.Status(400),
        Fault.RateLimited(), Fault.RateLimited(TimeSpan.FromMilliseconds(5), RetryAfterForm.Milliseconds),
        Fault.Reset, Fault.ResetAfterHeaders, Fault.ContentFiltered, Fault.PromptFiltered, Fault.ContextWindow,
        .. AtEveryStage(FaultKind.Cut), .. AtEveryStage(FaultKind.EndEarly), .. AtEveryStage(FaultKind.StreamError), .. AtEveryStage(FaultKind.GarbageEvent),
        Fault.Of(FaultKind.MissingTerminator), Fault.Of(FaultKind.TruncatedJson), Fault.Of(FaultKind.Html), Fault.Of(FaultKind.ErrorObject),
        Fault.Of(FaultKind.Empty), Fault.Of(FaultKind.InvalidUtf8), Fault.Of(FaultKind.CrLf), Fault.Of(FaultKind.Comments),
        Fault.Of(FaultKind.SingleBytes), Fault.Of(FaultKind.WrongContentType), Fault.Redirect("http://elsewhere.invalid/"),
        Fault.Slow(TimeSpan.FromMilliseconds(10)), Fault.SlowFirstToken(TimeSpan.FromMilliseconds(10)),
    ];

    private static readonly Fault[] Silent = [Fault.BlackHole, .. AtEveryStage(FaultKind.Stall)];

    private readonly Random _random = new(seed);

    /// <summary>A script of so many calls; those after them meet no fault.</summary>
    public ScriptDocument Script(int calls)
    {
        var steps = new List<ScriptStep>();
        int well = 0;
        for (int i = 0; i < calls; i++)
        {
            Fault? fault = _random.Next(400) == 0 ? Any(Silent) : _random.Next(5) == 0 ? Any(Quick) : null;
            if (fault is null)
            {
                well++;
                continue;
            }

            if (well > 0) steps.Add(new ScriptStep(Fault.None, well));
            steps.Add(new ScriptStep(fault, 1));
            well = 0;
        }

        steps.Add(new ScriptStep(Fault.None));
        return new ScriptDocument(Steps: steps);
    }

    private Fault Any(Fault[] faults) => faults[_random.Next(faults.Length)];

    private static IEnumerable<Fault> AtEveryStage(FaultKind kind) =>
    [
        new(kind, Stage: FaultStage.Headers), new(kind), new(kind, Stage: FaultStage.MidEvent),
        new(kind, After: 2), new(kind, After: 2, Stage: FaultStage.MidEvent), new(kind, Stage: FaultStage.Terminator),
    ];
}
