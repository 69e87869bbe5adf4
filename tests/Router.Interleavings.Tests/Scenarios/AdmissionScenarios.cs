using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>How calls enter and leave deployments.</summary>
internal static class AdmissionScenarios
{
    /// <summary>No more calls are in flight than may be, and each place is free again.</summary>
    public static void Concurrency(Interleaving run)
    {
        Deployment deployment = new Scene(run).Group(Scene.Definition("a", concurrency: 2)).State.Deployments[0];
        Occupy(run, [deployment, deployment, deployment], most: 2);
        run.Finally(() => Assert.Equal(2, Enter(deployment, 3)));
    }

    /// <summary>The same of a limit that two deployments share.</summary>
    public static void Shared_concurrency(Interleaving run)
    {
        Deployment[] deployments = new Scene(run).Group(Scene.Definition("a", concurrency: 1, limitGroup: "both"), Scene.Definition("b", concurrency: 1, limitGroup: "both")).State.Deployments;
        Occupy(run, [deployments[0], deployments[1], deployments[0]], most: 1);
        run.Finally(() => Assert.Equal(1, Enter(deployments[1], 2)));
    }

    /// <summary>A limit of requests, and one of tokens that is the lower one: what a refused call has taken of the first is given back.</summary>
    public static void Rates(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a", rpm: 4, tpm: 10)).State.Deployments[0];
        int admitted = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                CallProfile call = Scene.Call(tokens: 6);
                if (!deployment.TryEnter(scene.Time.Now, call, out Lease lease)) return;
                admitted++;
                deployment.Leave(lease, new AttemptReport { Abandoned = true });
            });
        }

        run.Finally(() =>
        {
            Assert.Equal(1, admitted);
            Assert.Equal(0.75, deployment.Settings.Requests!.HeadroomAt(scene.Time.Now), 6);
            Assert.Equal(0.4, deployment.Settings.Tokens!.HeadroomAt(scene.Time.Now), 6);
            Scene.AssertQuiet(deployment);
        });
    }

    /// <summary>A deployment cools down and returns: one call finds out whether it works.</summary>
    public static void Probes(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a", rpm: 100)).State.Deployments[0];
        Assert.True(deployment.TryEnter(scene.Time.Now, Scene.Call(), out Lease failing));
        deployment.Leave(failing, Scene.Failed(FailureKind.RateLimited, TimeSpan.FromSeconds(1)));
        scene.Time.Advance(TimeSpan.FromSeconds(2));
        int probing = 0;
        int entered = 1;
        foreach ((string name, AttemptReport report) in new[] { ("answered", Scene.Answered), ("failed", Scene.Failed(FailureKind.ServerError)), ("not asked", new AttemptReport { NotAsked = true }) })
        {
            run.Add(name, () =>
            {
                if (!deployment.TryEnter(scene.Time.Now, Scene.Call(), out Lease lease)) return;
                if (lease.IsProbe) Assert.Equal(1, ++probing);
                Interleaving.Pause("asked");
                if (lease.IsProbe) probing--;
                if (!report.NotAsked) entered++;
                deployment.Leave(lease, report);
            });
        }

        run.Finally(() =>
        {
            Scene.AssertQuiet(deployment);
            Assert.Equal(entered, deployment.Status.Calls);
            Assert.True(!deployment.Breakers.IsClosed || deployment.Breakers.CoolUntil <= scene.Time.Now, "It takes calls although it cools down.");
        });
    }

    /// <summary>What calls have spent is spent, and a budget that is used up admits none.</summary>
    public static void Budgets(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a", budget: 0.000_002m)).State.Deployments[0];
        int answered = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (deployment.ReturnsAt(scene.Time.Now, Scene.Call()) > scene.Time.Now || !deployment.TryEnter(scene.Time.Now, Scene.Call(), out Lease lease)) return;
                deployment.Leave(lease, Scene.Answered); // a millionth of a USD
                answered++;
            });
        }

        run.Finally(() =>
        {
            Assert.Equal(answered * 0.000_001m, deployment.Status.Spend.Spent);
            Assert.Equal(answered >= 2, deployment.Status.Health is DeploymentHealth.OutOfBudget);
            Scene.AssertQuiet(deployment);
        });
    }

    /// <summary>Two ends of one attempt, its answer and its cancellation: its place is given back once.</summary>
    public static void An_attempt_ends_once(Interleaving run)
    {
        Deployment deployment = new Scene(run).Group(Scene.Definition("a")).State.Deployments[0];
        AttemptScope attempt = AttemptScope.TryEnter(deployment, Scene.Call())!;
        run.Add("answered", () => attempt.End(Scene.Answered));
        run.Add("abandoned", () => attempt.End(new AttemptReport { Abandoned = true }));
        run.Finally(() => Scene.AssertQuiet(deployment));
    }

    /// <summary>Calls hold a place each, as many as there are.</summary>
    private static void Occupy(Interleaving run, Deployment[] deployments, int most)
    {
        int inside = 0;
        foreach ((int i, Deployment deployment) in deployments.Index())
        {
            run.Add($"{i}", () =>
            {
                if (!deployment.TryEnter(now: 0, Scene.Call(), out Lease lease)) return;
                Assert.True(++inside <= most, $"{inside} calls are in flight where {most} may be.");
                Interleaving.Pause("inside");
                inside--;
                deployment.Leave(lease, Scene.Answered);
            });
        }

        run.Finally(() => Assert.All(deployments, Scene.AssertQuiet));
    }

    private static int Enter(Deployment deployment, int calls) => Enumerable.Range(0, calls).Count(_ => deployment.TryEnter(now: 0, Scene.Call(), out Lease _));
}
