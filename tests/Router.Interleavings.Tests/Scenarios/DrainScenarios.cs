namespace RouterGen.Interleavings.Tests;

/// <summary>Deployments that are taken out of service, and put back.</summary>
internal static class DrainScenarios
{
    /// <summary>A drain ends when its last call has left, is told once, and takes no call from then on.</summary>
    public static void A_drain_ends_with_its_last_call(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a")).State.Deployments[0];
        int inside = 0;
        List<string> wrong = [];
        int drained = 0;
        scene.Changed = change =>
        {
            if (change.Kind is not DeploymentChangeKind.Drained) return;
            drained++;
            if (inside > 0) wrong.Add($"It is drained while {inside} calls are in flight.");
        };
        Task? drain = null;
        run.Add("drain", () => drain = deployment.DrainAsync());
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => Use(deployment, ref inside));
        run.Finally(() =>
        {
            Assert.Empty(wrong);
            Assert.Equal(1, drained);
            Assert.True(Ends(drain!) && drain!.IsCompletedSuccessfully, "The drain did not end.");
            Assert.Equal(0, deployment.InFlight);
        });
    }

    /// <summary>A drain that is revoked ends too, whatever calls do meanwhile.</summary>
    public static void A_drain_that_is_revoked_ends(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a")).State.Deployments[0];
        int drained = 0;
        scene.Changed = change => drained += change.Kind is DeploymentChangeKind.Drained ? 1 : 0;
        Task? drain = null;
        int inside = 0;
        run.Add("drain", () => drain = deployment.DrainAsync());
        run.Add("enable", deployment.Enable);
        run.Add("call", () => Use(deployment, ref inside));
        run.Finally(() =>
        {
            Assert.True(Ends(drain!), "The drain did not end.");
            Assert.True(drain!.IsCompletedSuccessfully || deployment.Settings.State is ServiceState.Enabled, "The drain says that it was revoked, and was not.");
            Assert.InRange(drained, deployment.Settings.State is ServiceState.Draining ? 1 : 0, 1);
            Assert.Equal(0, deployment.InFlight);
        });
    }

    /// <summary>Two wait for the end of a drain, and both hear of it.</summary>
    public static void Two_wait_for_a_drain(Interleaving run)
    {
        Deployment deployment = new Scene(run).Group(Scene.Definition("a")).State.Deployments[0];
        Assert.True(deployment.TryEnter(now: 0, Scene.Call(), out Lease lease));
        List<Task> drains = [];
        for (int i = 0; i < 2; i++) run.Add($"drain {i}", () => drains.Add(deployment.DrainAsync()));
        run.Add("call", () => deployment.Leave(lease, Scene.Answered));
        run.Finally(() => Assert.All(drains, static drain => Assert.True(Ends(drain), "The drain did not end.")));
    }

    private static void Use(Deployment deployment, ref int inside)
    {
        if (!deployment.TryEnter(now: 0, Scene.Call(), out Lease lease)) return;
        inside++;
        Interleaving.Pause("inside");
        inside--;
        deployment.Leave(lease, Scene.Answered);
    }

    private static bool Ends(Task task) => Task.WaitAny([task], TimeSpan.FromSeconds(5)) == 0;
}
