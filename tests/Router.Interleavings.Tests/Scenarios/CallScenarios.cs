using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>Whole calls: they wait in queues, fail over, are cancelled, and run out of time.</summary>
internal static class CallScenarios
{
    /// <summary>Three calls and one place: each has its turn.</summary>
    public static void Calls_wait_for_a_place(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1));
        scene.Provider.Limit(1, "a");
        for (int i = 0; i < 3; i++) run.Add($"{i}", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    /// <summary>The same with a place that two groups share: a place that is free at one of them wakes the other's calls.</summary>
    public static void Calls_of_two_groups_wait_for_a_place(Interleaving run)
    {
        var scene = new Scene(run);
        Group one = scene.Group(Scene.Definition("a", concurrency: 1, limitGroup: "both"));
        Group other = scene.Group(Scene.Definition("b", concurrency: 1, limitGroup: "both"));
        scene.Provider.Limit(1, "a", "b");
        run.Add("at a", () => Assert.Equal("fine", one.Complete("Hello").Text));
        run.Add("at b", () => Assert.Equal("fine", other.Complete("Hello").Text));
        run.Finally(() => Assert.All([one, other], Scene.AssertQuiet));
    }

    /// <summary>A limit of calls in flight is raised while a call waits for it.</summary>
    public static void A_limit_is_raised(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1));
        Assert.True(group.State.Deployments[0].TryEnter(0, Scene.Call(), out _)); // for ever
        run.Add("call", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Add("limits", () => group["a"].SetLimits(rpm: null, tpm: null, maxConcurrency: 2));
        run.Finally(() => Assert.Equal((0, 1), (group.State.Queue.Length, group["a"].Status.InFlight)));
    }

    /// <summary>A deployment is put back into service while a call waits for another one.</summary>
    public static void A_deployment_returns(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1), Scene.Definition("b"));
        Assert.True(group.State.Deployments[0].TryEnter(0, Scene.Call(), out _)); // for ever
        group["b"].Disable();
        run.Add("call", () => Assert.Equal("b", group.Complete("Hello").Deployment));
        run.Add("enable", group["b"].Enable);
        run.Finally(() => Assert.Equal((0, 0), (group.State.Queue.Length, group["b"].Status.InFlight)));
    }

    /// <summary>A place is free just when the call that waits for it is cancelled: another one gets it.</summary>
    public static void A_waiting_call_is_cancelled(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a", concurrency: 1));
        scene.Provider.Limit(1, "a");
        CallThreeTimes(run, group);
    }

    /// <summary>The same with deadlines.</summary>
    public static void Waiting_calls_run_out_of_time(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(new GroupDefinition { Name = "group", Deployments = [Scene.Definition("a", concurrency: 1)], Timeout = TimeSpan.FromSeconds(1) });
        scene.Provider.Limit(1, "a");
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => Try(group));
        run.Add("time", () => scene.Time.Advance(TimeSpan.FromSeconds(1)));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    /// <summary>The only deployment fails: the calls wait until it has cooled down, one finds out, and all are answered.</summary>
    public static void A_deployment_fails_and_recovers(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(Scene.Definition("a"));
        scene.Provider.On("a", (HttpStatusCode.InternalServerError, "down"), (HttpStatusCode.ServiceUnavailable, "down"));
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Finally(() =>
        {
            Scene.AssertQuiet(group);
            Assert.Equal(scene.Provider.Asked, group["a"].Status.Calls);
        });
    }

    /// <summary>Calls for which there is no room in the queue, or no deployment at all, fail; those that wait do not.</summary>
    public static void The_queue_is_full(Interleaving run)
    {
        var scene = new Scene(run);
        Group group = scene.Group(new GroupDefinition { Name = "group", Deployments = [Scene.Definition("a", concurrency: 1)], MaxQueueLength = 1 });
        scene.Provider.Limit(1, "a");
        int answered = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (Try(group)) answered++;
            });
        }

        run.Finally(() =>
        {
            Scene.AssertQuiet(group);
            Assert.InRange(answered, 2, 3);
        });
    }

    /// <summary>Three calls of which the second is cancelled at some time: the others are answered.</summary>
    internal static void CallThreeTimes(Interleaving run, Group group)
    {
        var cancel = new CancellationTokenSource();
        run.Add("first", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Add("cancelled", () =>
        {
            try
            {
                group.Complete("Hello", cancellationToken: cancel.Token);
            }
            catch (OperationCanceledException)
            {
                // As it should be, or the call was quicker.
            }
        });
        run.Add("last", () => Assert.Equal("fine", group.Complete("Hello").Text));
        run.Add("cancel", () => Interleaving.Uninterrupted(cancel.Cancel));
        run.Finally(() => Scene.AssertQuiet(group));
    }

    /// <summary>Whether a call is answered; else its time was over, or there was no room for it.</summary>
    internal static bool Try(Group group)
    {
        try
        {
            return group.Complete("Hello").Text == "fine";
        }
        catch (RoutingException)
        {
            return false;
        }
    }
}
