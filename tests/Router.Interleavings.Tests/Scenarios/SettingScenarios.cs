using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>Settings that change, and what picks remember of them.</summary>
internal static class SettingScenarios
{
    /// <summary>Changes of different settings at the same time all take effect, and the table says what holds.</summary>
    public static void No_change_is_lost(Interleaving run)
    {
        Deployment[] deployments = new Scene(run).Group(Scene.Definition("a"), Scene.Definition("b")).State.Deployments;
        run.Add("weight", () => deployments[0].SetWeight(3));
        run.Add("limits", () => deployments[0].SetLimits(rpm: 5, tpm: null, maxConcurrency: 7));
        run.Add("other weight", () => deployments[1].SetWeight(4));
        run.Finally(() =>
        {
            DeploymentSettings settings = deployments[0].Settings;
            Assert.Equal((3, 7, 5), (settings.Weight, settings.MaxConcurrency, settings.Requests?.PerMinute));
            Assert.Equal((3, 4, 7), (deployments[0].Table.Weight(0), deployments[0].Table.Weight(1), deployments[0].Table.TotalWeight));
        });
    }

    /// <summary>Limits that deployments share are the same at all of them, whichever change was the last.</summary>
    public static void Shared_limits_stay_the_same(Interleaving run)
    {
        Deployment[] deployments = new Scene(run).Group(Scene.Definition("a", rpm: 1, limitGroup: "both"), Scene.Definition("b", rpm: 1, limitGroup: "both")).State.Deployments;
        run.Add("at a", () => deployments[0].SetLimits(rpm: 5, tpm: 50, maxConcurrency: 2));
        run.Add("at b", () => deployments[1].SetLimits(rpm: 7, tpm: 70, maxConcurrency: 3));
        run.Add("weight", () => deployments[0].SetWeight(3));
        run.Finally(() =>
        {
            (DeploymentSettings a, DeploymentSettings b) = (deployments[0].Settings, deployments[1].Settings);
            Assert.Same(a.Requests, b.Requests);
            Assert.Same(a.Tokens, b.Tokens);
            Assert.Equal(a.MaxConcurrency, b.MaxConcurrency);
            Assert.Equal(3, a.Weight);
        });
    }

    /// <summary>What calls have taken of a limit stays taken while the limit changes. (A call may be counted twice then: it is to look again.)</summary>
    public static void Taken_stays_taken(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a", rpm: 2)).State.Deployments[0];
        int admitted = 0;
        for (int i = 0; i < 2; i++)
        {
            run.Add($"{i}", () =>
            {
                if (deployment.TryEnter(scene.Time.Now, Scene.Call(), out _)) admitted++;
            });
        }

        run.Add("limits", () => deployment.SetLimits(rpm: 3, tpm: null, maxConcurrency: null));
        run.Finally(() =>
        {
            while (deployment.TryEnter(scene.Time.Now, Scene.Call(), out _)) admitted++;
            Assert.InRange(admitted, 1, 3);
        });
    }

    /// <summary>What is remembered of who takes calls is what holds, once nothing happens any more.</summary>
    public static void Admissions_are_remembered(Interleaving run)
    {
        var scene = new Scene(run);
        GroupState group = scene.Group(Scene.Definition("a", concurrency: 1), Scene.Definition("b"), Scene.Definition("c")).State;
        Assert.True(group.Deployments[0].TryEnter(0, Scene.Call(), out Lease full));
        Assert.True(group.Deployments[2].TryEnter(0, Scene.Call(), out Lease failing));
        run.Add("a leaves", () => group.Deployments[0].Leave(full, Scene.Answered));
        run.Add("b drains, c fails", () =>
        {
            group.Deployments[1].Drain();
            group.Deployments[2].Leave(failing, Scene.Failed(FailureKind.RateLimited));
        });
        run.Add("look", () =>
        {
            for (int look = 0; look < 2; look++)
            {
                for (int i = 0; i < 3; i++) IsKnownToTakeCalls(group, i);
            }
        });
        run.Finally(() =>
        {
            for (int i = 0; i < 3; i++) Assert.Equal(group.Deployments[i].ReturnsAt(0, Scene.Call()) <= 0, IsKnownToTakeCalls(group, i));
        });
    }

    /// <summary>The same of a figure.</summary>
    public static void Figures_are_remembered(Interleaving run)
    {
        Deployment[] deployments = new Scene(run).Group(Scene.Definition("a"), Scene.Definition("b")).State.Deployments;
        var memo = new FigureCache<WeightFigure>(deployments[0].Table, default);
        run.Add("weight", () => deployments[0].SetWeight(3));
        run.Add("other weight", () => deployments[1].SetWeight(4));
        run.Add("look", () =>
        {
            Look();
            Look();
        });
        run.Finally(() => Assert.Equal((3f, 4f), Look()));

        (float, float) Look()
        {
            CallProfile call = Scene.Call();
            Figures figures = memo.Of(new SelectionContext(deployments, [0, 1], call, now: 0));
            return (figures[0], figures[1]);
        }
    }

    /// <summary>There is a place for each call, at whichever deployment, and each call finds one.</summary>
    public static void Picks_find_what_is_free(Interleaving run)
    {
        GroupState group = new Scene(run).Group(Scene.Definition("a", concurrency: 1), Scene.Definition("b", concurrency: 1)).State;
        int picked = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (group.Picker.TryPick(group.Policy.For(null), Scene.Call(), default, now: 0, out _, out _, out _)) picked++;
            });
        }

        run.Finally(() => Assert.Equal((2, 1, 1), (picked, group.Deployments[0].InFlight, group.Deployments[1].InFlight)));
    }

    private static bool IsKnownToTakeCalls(GroupState group, int index)
    {
        DeploymentSet others = default;
        for (int i = 0; i < group.Deployments.Length; i++)
        {
            if (i != index) others.Add(i);
        }

        return group.Picker.HasEligible(Scene.Call(), new PickFilter(others, LongerThan: 0), now: 0);
    }

    private readonly struct WeightFigure : IFigure
    {
        public float Of(Deployment deployment, long now) => (float)deployment.Settings.Weight;
    }
}
