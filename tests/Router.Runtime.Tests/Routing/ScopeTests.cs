using System.Reflection;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>An attempt ends exactly once, and in one place.</summary>
public class ScopeTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public void Only_a_scope_leaves_a_deployment_and_only_scopes_end_calls()
    {
        Assert.Equal(["AttemptScope"], CallersOf(typeof(Deployment), "Leave"));
        Assert.Equal(["CallScope", "HedgedAttempt", "Mirroring", "OneTokenRequest", "TokenCounting", "WholeBackground"], CallersOf(typeof(RouterContext), "EndCall"));
        Assert.Equal(["AttemptScope", "DeploymentPicker"], CallersOf(typeof(Deployment), "TryEnter"));
    }

    [Fact]
    public void However_often_it_is_ended_the_deployment_is_left_once()
    {
        Deployment deployment = _router.Group(1).Deployments[0];
        AttemptScope attempt = AttemptScope.TryEnter(deployment, OneTokenRequest.Profile)!;
        AttemptScope other = AttemptScope.TryEnter(deployment, OneTokenRequest.Profile)!;

        Parallel.For(0, 16, _ => attempt.End(new AttemptReport { Failure = new AttemptFailure(FailureKind.Overloaded, "busy") }));

        Assert.True(attempt.HasEnded);
        Assert.Equal((1, 1L, 1L), (deployment.Status.InFlight, deployment.Status.Calls, deployment.Status.Failures));
        other.EndUnasked();
        Assert.Equal((0, 1L), (deployment.Status.InFlight, deployment.Status.Calls));
    }

    [Fact]
    public async Task A_slot_is_free_when_the_last_update_is_handed_out()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Events("Hello", "[end]"));
        int inFlight = -1;

        await foreach (Microsoft.Extensions.AI.ChatResponseUpdate update in group.StreamAsync("Hi"))
        {
            if (update is RoutedResponseUpdate) inFlight = group.Status[0].InFlight;
        }

        Assert.Equal(0, inFlight);
    }

    private static string[] CallersOf(Type type, string method)
    {
        MethodInfo[] called = [.. type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(candidate => candidate.Name == method)];
        Assert.NotEmpty(called);
        return
        [
            .. type.Assembly.GetTypes().Where(caller => TypeReferences.CallsOf(caller).Any(call => Array.Exists(called, candidate => candidate.Module == call.Module && candidate.MetadataToken == call.MetadataToken)))
                .Select(static caller => TypeReferences.Outermost(caller).Name.Split('`')[0]).Where(caller => caller != type.Name).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
