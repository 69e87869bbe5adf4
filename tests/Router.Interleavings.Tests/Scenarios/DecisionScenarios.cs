using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>Calls that wait where a policy of the user's chooses: the queue wakes each to decide, outside its lock.</summary>
internal static class DecisionScenarios
{
    /// <summary>Three calls and one place: each has its turn to decide, and is answered.</summary>
    public static void Calls_decide_for_a_place(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1));
        group.Policy = Choose(static (in SelectionContext _) => 0);
        scene.Provider.Limit(1, "a");
        for (int i = 0; i < 3; i++) run.Add($"{i}", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    /// <summary>A call refuses what is free and goes on waiting, while what it wants becomes free: it is not missed.</summary>
    public static void A_call_decides_to_go_on_waiting(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1), Scene.Definition("b", concurrency: 1));
        group.Policy = Choose(static (in SelectionContext context) => IndexOf(in context, "b"));
        Assert.True(group.State.Deployments[0].TryEnter(0, Scene.Call(), out Lease a));
        Assert.True(group.State.Deployments[1].TryEnter(0, Scene.Call(), out Lease b));
        run.Add("call", () => Assert.Equal("b", group.Complete("Hello").Deployment));
        run.Add("a leaves", () => group.State.Deployments[0].Leave(a, Scene.Answered));
        run.Add("b leaves", () => group.State.Deployments[1].Leave(b, Scene.Answered));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    /// <summary>A call is cancelled, perhaps while it decides: the place that it may have entered is another's.</summary>
    public static void A_deciding_call_is_cancelled(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1));
        group.Policy = Choose(static (in SelectionContext _) => 0);
        scene.Provider.Limit(1, "a");
        CallScenarios.CallThreeTimes(run, group);
    }

    /// <summary>Calls run out of time while they wait or decide: those behind them are not held up, and nothing stays taken.</summary>
    public static void Deciding_calls_run_out_of_time(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(new GroupDefinition { Name = "group", Deployments = [Scene.Definition("a", concurrency: 1)], Timeout = TimeSpan.FromSeconds(1) });
        group.Policy = Choose(static (in SelectionContext _) => 0);
        scene.Provider.Limit(1, "a");
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => CallScenarios.Try(group));
        run.Add("time", () => scene.Time.Advance(TimeSpan.FromSeconds(1)));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    // A policy takes its time, in which all else may happen.
    private static SelectionPolicy Choose(DeploymentChooser choose) => SelectionPolicy.Create((in SelectionContext context) =>
    {
        Interleaving.Pause("before the policy chooses");
        int chosen = choose(in context);
        Interleaving.Pause("behind the policy's choice");
        return chosen;
    });

    private static int IndexOf(in SelectionContext context, string name)
    {
        for (int i = 0; i < context.Count; i++)
        {
            if (context[i].Name == name) return i;
        }

        return SelectionPolicy.Refuse;
    }
}
