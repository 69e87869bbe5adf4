using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Overrides;

/// <summary>Settings that the application's configuration overrides, at the start and while calls run.</summary>
public sealed class ConfigurationOverridesTests
{
    private const string A = "RouterGen:Groups:test:Deployments:a:";

    private readonly RecordedLogs _logs = new();

    [Fact]
    public async Task What_configuration_says_holds_from_the_first_call()
    {
        (TestRouter router, _) = Configured(
            (A + "Weight", "3.5"), (A + "Rpm", "100"), (A + "Tpm", "2000"), (A + "MaxConcurrency", "7"), (A + "Order", "5"),
            ("RouterGen:Groups:test:TimeoutSeconds", "2.5"), ("RouterGen:Groups:test:MaxAttempts", "1"));
        var changes = new ConcurrentQueue<DeploymentChange>();
        router.Changed = changes.Enqueue;
        TestGroup group = router.Group(2);
        Assert.Empty(changes); // It begins like that.
        router.Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("!Overloaded"));

        DeploymentStatus status = group.Status[0];
        Assert.Equal((3.5, 100, 2000, 7), (status.Weight, status.Rpm, status.Tpm, status.MaxConcurrency));

        // One attempt, and b is of the lower order now.
        Assert.Equal("b", Assert.Single((await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Attempts).Deployment);

        group["b"].Disable();
        router.Transport.On("a", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;
        router.Time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(FailureKind.Timeout, (await Assert.ThrowsAsync<RoutingException>(() => call)).Kind);
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("Configuration"));
    }

    [Fact]
    public void A_reload_takes_effect_and_a_removed_override_returns_to_what_was_declared()
    {
        (TestRouter router, ReloadableSource source) = Configured((A + "Weight", "3"), (A + "Rpm", "unlimited"), (A + "State", "disabled"));
        var changes = new ConcurrentQueue<DeploymentChangeKind>();
        router.Changed = change => changes.Enqueue(change.Kind);
        TestGroup group = router.Group(TestRouter.Deployment("a", weight: 2, rpm: 60));
        Assert.Equal((3, null, DeploymentHealth.Disabled), (group["a"].Weight, group.Status[0].Rpm, group.Status[0].Health));

        source.Reload((A + "Weight", "4"), (A + "State", "Draining"), (A + "Rpm", "unlimited"));
        Assert.Equal((4, null, DeploymentHealth.Drained), (group["a"].Weight, group.Status[0].Rpm, group.Status[0].Health));

        source.Reload();
        Assert.Equal((2, 60, DeploymentHealth.Healthy), (group["a"].Weight, group.Status[0].Rpm, group.Status[0].Health));
        int told = changes.Count;
        source.Reload();
        source.Reload();
        Assert.Equal(told, changes.Count);
    }

    [Fact]
    public void What_code_sets_stays_until_configuration_changes_that_very_key()
    {
        (TestRouter router, ReloadableSource source) = Configured((A + "Weight", "3"), (A + "MaxConcurrency", "5"));
        Deployment a = router.Group(1)["a"];

        a.SetWeight(10);
        source.Reload((A + "Weight", "3"), (A + "MaxConcurrency", "6"));
        Assert.Equal((10, 6), (a.Weight, a.Status.MaxConcurrency));

        source.Reload((A + "Weight", "4"), (A + "MaxConcurrency", "6"));
        Assert.Equal(4, a.Weight);

        a.Disable();
        source.Reload((A + "Weight", "5"));
        Assert.Equal(DeploymentHealth.Disabled, a.Status.Health);
    }

    [Theory]
    [InlineData("Weight", "NaN")]
    [InlineData("Weight", "0")]
    [InlineData("Weight", "-1")]
    [InlineData("Weight", "Infinity")]
    [InlineData("Weight", "1e7")]
    [InlineData("Weight", "1e-7")]
    [InlineData("Weight", "1,5")]
    [InlineData("Weight", "heavy")]
    [InlineData("Rpm", "0")]
    [InlineData("Rpm", "-5")]
    [InlineData("Rpm", "1.5")]
    [InlineData("Rpm", "99999999999")]
    [InlineData("Tpm", "much")]
    [InlineData("MaxConcurrency", "0x10")]
    [InlineData("Order", "first")]
    [InlineData("State", "2")]
    [InlineData("State", "Off")]
    public void A_bad_value_is_told_with_its_path_and_ignored(string key, string value)
    {
        (TestRouter router, ReloadableSource source) = Configured((A + key, value));
        DeploymentStatus status = router.Group(TestRouter.Deployment("a", rpm: 5, tpm: 6, concurrency: 7)).Status[0];
        Assert.Equal((1, 5, 6, 7, DeploymentHealth.Healthy), (status.Weight, status.Rpm, status.Tpm, status.MaxConcurrency, status.Health));
        source.Reload((A + key, value));

        string warning = Assert.Single(_logs.Lines);
        Assert.Contains(A + key, warning);
        Assert.DoesNotContain(value + " ", warning);
    }

    [Theory]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("TimeoutSeconds", "NaN")]
    [InlineData("TimeoutSeconds", "1e300")]
    [InlineData("TimeoutSeconds", "1e-300")]
    [InlineData("MaxAttempts", "0")]
    [InlineData("MaxRetries", "-1")]
    [InlineData("RetryBackoffSeconds", "-0.1")]
    [InlineData("MaxRetryBackoffSeconds", "0")]
    [InlineData("MaxRetryAfterSeconds", "0")]
    [InlineData("ConnectTimeoutSeconds", "0")]
    [InlineData("AttemptTimeoutSeconds", "0")]
    [InlineData("FirstTokenTimeoutSeconds", "soon")]
    [InlineData("StreamIdleTimeoutSeconds", "-1")]
    [InlineData("MaxAnswerBytes", "1073741825")]
    [InlineData("MaxAnswerBytes", "0")]
    [InlineData("CooldownSeconds", "0")]
    [InlineData("AllowedFails", "-1")]
    [InlineData("HedgeDelaySeconds", "0")]
    [InlineData("Strategy", "1")]
    [InlineData("Strategy", "Clever")]
    public async Task A_bad_value_of_a_group_is_told_too(string key, string value)
    {
        (TestRouter router, _) = Configured(("RouterGen:Groups:test:" + key, value));
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("hello"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        Assert.Contains("RouterGen:Groups:test:" + key, Assert.Single(_logs.Lines, static line => line.StartsWith("Configuration", StringComparison.Ordinal)));
        Assert.Equal("RouterGen:Groups:test:" + key, Assert.Single(group.ConfigurationProblems).Path);
    }

    [Fact]
    public void A_value_that_goes_bad_leaves_what_held_and_one_that_mends_takes_effect()
    {
        (TestRouter router, ReloadableSource source) = Configured((A + "Weight", "3"));
        Deployment a = router.Group(1)["a"];
        source.Reload((A + "Weight", "three"));
        Assert.Equal(3, a.Weight);
        source.Reload((A + "Weight", "4"));
        Assert.Equal(4, a.Weight);
        source.Reload((A + "Weight", "three"));
        source.Reload();
        Assert.Equal(1, a.Weight);
    }

    [Fact]
    public void Names_may_hold_slashes_and_colons()
    {
        (TestRouter router, _) = Configured(
            ("RouterGen:Groups:test:Deployments:openai/gpt-4o:Weight", "2"),
            ("RouterGen:Groups:test:Deployments:bedrock/claude-v1:0:Weight", "3"),
            ("routergen:GROUPS:Test:deployments:A:weight", "4"));
        TestGroup group = router.Group(TestRouter.Deployment("openai/gpt-4o", endpoint: "https://a"), TestRouter.Deployment("bedrock/claude-v1:0", endpoint: "https://a"), TestRouter.Deployment("a"));

        Assert.Equal([2, 3, 4], group.Deployments.Select(deployment => deployment.Weight));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("Configuration"));
    }

    [Fact]
    public void Names_that_mean_nothing_are_told_once()
    {
        (string, string)[] values = [(A + "Wieght", "2"), ("RouterGen:Groups:test:Deployments:z:Weight", "2"), ("RouterGen:Groups:test:Timeout", "5"), (A + "ApiKey", "sk-secret")];
        (TestRouter router, ReloadableSource source) = Configured(values);
        router.Group(1);
        source.Reload(values);

        Assert.Equal(4, _logs.Lines.Count);
        Assert.Contains(_logs.Lines, line => line.Contains(A + "Wieght") && line.Contains("Weight"));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("sk-secret"));
    }

    [Theory]
    [InlineData("RouterGen", "5", "it must be a section, not a value")]
    [InlineData("RouterGen:Group:test:TimeoutSeconds", "5", "RouterGen:Group has no effect: there is no such setting; there are Groups")]
    [InlineData("RouterGen:Groups", "test", "it must be a section, not a value")]
    [InlineData("RouterGen:Groups:test", "5", "it must be a section, not a value")]
    [InlineData("RouterGen:Groups:test:Deployments", "a", "it must be a section, not a value")]
    [InlineData("RouterGen:Groups:test:Deployments:a", "5", "it must be a section, not a value")]
    [InlineData(A + "Weight:Value", "5", A + "Weight has no effect: it must be a number between 0.000001 and 1000000, not a section")]
    [InlineData("RouterGen:Groups:test:MaxAttempts:0", "5", "it must be a whole number greater than 0, not a section")]
    public void What_stands_where_something_else_belongs_is_told_once(string key, string value, string told)
    {
        (TestRouter router, ReloadableSource source) = Configured((key, value));
        router.Group(1);
        router.Group(1);
        source.Reload((key, value));

        Assert.Contains(told, Assert.Single(_logs.Lines));
    }

    [Fact]
    public void Groups_that_are_not_this_one_are_no_mistake()
    {
        (TestRouter router, _) = Configured(("RouterGen:Groups:other:TimeoutSeconds", "5"), ("RouterGen:Groups:test:Deployments:a", ""), ("Logging:Level", "5"));
        router.Group(1);

        Assert.Empty(_logs.Lines);
    }

    [Fact]
    public void Reloads_from_many_threads_end_with_the_last_value()
    {
        (TestRouter router, ReloadableSource source) = Configured();
        Deployment a = router.Group(1)["a"];
        Threads.RunTogether(4, thread =>
        {
            for (int i = 1; i <= 200; i++)
            {
                if (thread == 0) source.Reload((A + "Weight", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                else if (thread == 1) source.Signal();
                else if (a.TryEnter(0, Subjects.Call(), out Lease lease)) a.Leave(lease, default);
            }
        });
        source.Signal();
        Assert.Equal(200, a.Weight);
    }

    [Fact]
    public void A_reload_from_within_an_observer_is_followed_as_well()
    {
        (TestRouter router, ReloadableSource source) = Configured();
        Deployment a = router.Group(1)["a"];
        router.Changed = _ =>
        {
            if (a.Weight == 2) source.Reload((A + "Weight", "3"));
        };

        source.Reload((A + "Weight", "2"));

        Assert.Equal(3, a.Weight);
    }

    [Fact]
    public void A_source_that_throws_takes_nothing_down()
    {
        (TestRouter router, ReloadableSource source) = Configured((A + "Weight", "2"));
        Deployment a = router.Group(1)["a"];
        source.Fails = true;
        source.Signal();
        Assert.Equal(2, a.Weight);
        Assert.Contains(_logs.Lines, line => line.Contains("the source's fault"));

        source.Fails = false;
        source.Reload((A + "Weight", "3"));
        Assert.Equal(3, a.Weight);
    }

    [Fact]
    public void A_group_that_nobody_uses_any_more_is_not_kept_alive()
    {
        (TestRouter router, ReloadableSource source) = Configured();
        WeakReference group = Make(router);
        for (int i = 0; i < 10 && group.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(group.IsAlive);
        source.Reload((A + "Weight", "2")); // Nobody is there to hear of it.

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Make(TestRouter router) => new(router.Group(1));
    }

    [Fact]
    public void An_applications_configuration_is_picked_up()
    {
        IConfiguration configuration = new ConfigurationBuilder().Build();
        Assert.Same(configuration, RouterOptions.FromServices(new Services(configuration)).Configuration);
        Assert.Null(RouterOptions.FromServices(new Services(null)).Configuration);
    }

    private (TestRouter Router, ReloadableSource Source) Configured(params (string Key, string Value)[] values)
    {
        var source = new ReloadableSource();
        source.Reload(values);
        return (new TestRouter(logs: _logs, configuration: source.ToConfiguration()), source);
    }

    private sealed class Services(IConfiguration? configuration) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IConfiguration) ? configuration : null;
    }
}
