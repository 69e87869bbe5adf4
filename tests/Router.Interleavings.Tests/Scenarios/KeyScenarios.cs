using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>Deployments that share a key.</summary>
internal static class KeyScenarios
{
    /// <summary>One finds that the key works while another finds that it does not: all follow the verdict that holds.</summary>
    public static void Verdicts_on_a_key(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment[] deployments = scene.Group(Scene.Definition("a", host: "host"), Scene.Definition("b", host: "host"), Scene.Definition("c", host: "host")).State.Deployments;
        Assert.True(deployments[0].TryEnter(0, Scene.Call(), out Lease lease));
        deployments[0].Leave(lease, Scene.Failed(FailureKind.AuthenticationFailed));
        scene.Time.Advance(TimeSpan.FromMinutes(10));
        long now = scene.Time.Now;
        Assert.True(deployments[0].TryEnter(now, Scene.Call(), out Lease answered) && deployments[1].TryEnter(now, Scene.Call(), out lease));
        Lease refused = lease;
        run.Add("works", () => deployments[0].Leave(answered, Scene.Answered));
        run.Add("does not", () => deployments[1].Leave(refused, Scene.Failed(FailureKind.AuthenticationFailed)));
        run.Finally(() =>
        {
            bool fails = Cools(scene.Group(Scene.Definition("late", host: "host")).State.Deployments[0]);
            Assert.Equal([fails, fails], [Cools(deployments[0]), Cools(deployments[2])]);
        });

        bool Cools(Deployment deployment) => deployment.Breakers.CoolUntil > now;
    }

    /// <summary>A deployment that begins to use a key just when the key fails cools down with the others.</summary>
    public static void A_user_joins(Interleaving run)
    {
        var scene = new Scene(run);
        Deployment deployment = scene.Group(Scene.Definition("a", host: "host")).State.Deployments[0];
        Assert.True(deployment.TryEnter(0, Scene.Call(), out Lease lease));
        Deployment? joined = null;
        run.Add("does not work", () => deployment.Leave(lease, Scene.Failed(FailureKind.AuthenticationFailed)));
        run.Add("joins", () => joined = scene.Group(Scene.Definition("b", host: "host")).State.Deployments[0]);
        run.Finally(() => Assert.Equal(deployment.Breakers.CoolUntil, joined!.Breakers.CoolUntil));
    }

    /// <summary>Two groups with the same endpoint that are made at once share its state.</summary>
    public static void Groups_share_an_endpoint(Interleaving run)
    {
        var scene = new Scene(run);
        List<EndpointState> states = [];
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => states.Add(scene.Group(Scene.Definition("a", limitGroup: "one")).State.Deployments[0].Endpoint));
        run.Finally(() =>
        {
            Assert.Same(states[0], states[1]);
            Assert.Equal(2, states[0].Sharers.All.Length);
            Assert.Equal(2, scene.Context.SharedStates.Limits("one").Sharers.All.Length);
        });
    }
}
