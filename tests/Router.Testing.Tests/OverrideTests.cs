namespace RouterGen.Testing.Tests;

/// <summary>Groups of a static class that are replaced in a part of a program.</summary>
public class OverrideTests
{
    [Fact]
    public async Task Groups_within_an_override_are_its_own_and_those_after_it_the_old_ones()
    {
        StaticModels.FastGroup before = StaticModels.Fast;
        var router = new TestRouter { [Fake.Luna] = FakeDeployment.Returns("Fake") };
        using (StaticModels.Override(router.Options))
        {
            Assert.NotSame(before, StaticModels.Fast);
            Assert.Same(StaticModels.Fast, StaticModels.Fast);
            Assert.Equal("Fake", (await StaticModels.Fast.CompleteAsync("Hi")).Text);
            await Task.Yield();
            Assert.Equal("Fake", (await AskAsync()).Text);
        }

        Assert.Same(before, StaticModels.Fast);
        router.AssertAsked(Fake.Luna, Fake.Luna);
    }

    [Fact]
    public async Task Fallback_groups_are_those_of_the_override_wherever_the_call_is_made()
    {
        StaticModels.FastGroup outside = StaticModels.Fast;
        StaticModels.FastGroup inside;
        var router = new TestRouter { [Fake.Luna] = FakeDeployment.Fails(FailureKind.ServerError), [Fake.Gemini] = FakeDeployment.Returns("Spare") };
        using (StaticModels.Override(router.Options))
        {
            inside = StaticModels.Fast;
            Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => outside.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(5) }))).Kind);
        }

        Assert.Equal("Spare", (await inside.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task Overrides_nest()
    {
        var outer = new TestRouter { [Fake.Luna] = FakeDeployment.Returns("Outer") };
        var inner = new TestRouter { [Fake.Luna] = FakeDeployment.Returns("Inner") };
        using (StaticModels.Override(outer.Options))
        {
            using (StaticModels.Override(inner.Options)) Assert.Equal("Inner", (await AskAsync()).Text);
            Assert.Equal("Outer", (await AskAsync()).Text);
        }

        inner.AssertSingleRequest();
        outer.AssertSingleRequest();
    }

    [Fact]
    public async Task The_outer_one_may_end_first()
    {
        StaticModels.FastGroup before = StaticModels.Fast;
        var router = new TestRouter { [Fake.Luna] = FakeDeployment.Returns("Inner") };
        IDisposable outer = StaticModels.Override(new TestRouter().Options);
        IDisposable inner = StaticModels.Override(router.Options);
        outer.Dispose();
        outer.Dispose();
        Assert.Equal("Inner", (await AskAsync()).Text);
        inner.Dispose();
        Assert.Same(before, StaticModels.Fast);
    }

    [Fact]
    public async Task Overrides_at_once_do_not_meet()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (number, cancellationToken) =>
        {
            var router = new TestRouter { [Fake.Luna] = FakeDeployment.Returns($"{number}"), [Fake.Embedding] = FakeDeployment.Embeds([number, 1f]) };
            using IDisposable scope = StaticModels.Override(router.Options);
            Assert.Equal($"{number}", (await AskAsync()).Text);
            await Task.Yield();
            Assert.Equal(number, (await StaticModels.Vectors.EmbedAsync(["a"], cancellationToken: cancellationToken))[0].Vector.Span[0]);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => Assert.Equal($"{number}", (await AskAsync()).Text))));
            router.AssertAskedTimes(Fake.Luna, 5);
        });
    }

    [Fact]
    public async Task What_the_override_starts_is_within_it()
    {
        var router = new TestRouter { [Fake.Luna] = FakeDeployment.Returns("Fake") };
        using IDisposable scope = StaticModels.Override(router.Options);
        int answers = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (_, _) =>
        {
            await AskAsync();
            Interlocked.Increment(ref answers);
        });
        Assert.Equal(20, answers);
        router.AssertAskedTimes(Fake.Luna, 20);
    }

    [Fact]
    public void An_exception_ends_it()
    {
        StaticModels.FastGroup before = StaticModels.Fast;
        Assert.Throws<TimeZoneNotFoundException>(Fail);
        Assert.Same(before, StaticModels.Fast);

        void Fail()
        {
            using IDisposable scope = StaticModels.Override(new TestRouter().Options);
            Assert.NotSame(before, StaticModels.Fast);
            throw new TimeZoneNotFoundException();
        }
    }

    [Fact]
    public async Task An_override_in_a_method_is_not_its_callers()
    {
        StaticModels.FastGroup before = StaticModels.Fast;
        await OverrideAndLeaveAsync();
        Assert.Same(before, StaticModels.Fast);

        static async Task OverrideAndLeaveAsync()
        {
            StaticModels.Override(new TestRouter().Options);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Code_that_outlives_it_is_told_so_and_does_not_come_to_real_deployments()
    {
        var ended = new TaskCompletionSource();
        Task<ObjectDisposedException> late;
        using (StaticModels.Override(new TestRouter().Options)) late = LateAsync();
        ended.SetResult();
        Assert.Contains("within an override of its class, which has been disposed since", (await late).Message);

        async Task<ObjectDisposedException> LateAsync()
        {
            await ended.Task.ConfigureAwait(false);
            return Assert.Throws<ObjectDisposedException>(() => { _ = StaticModels.Fast; });
        }
    }

    [Fact]
    public void It_needs_options() => Assert.Throws<ArgumentNullException>(() => StaticModels.Override(null!));

    [Fact]
    public async Task Names_that_collide_are_kept_apart()
    {
        var router = new TestRouter { ["in"] = FakeDeployment.Returns("Fake") };
        using IDisposable scope = AwkwardModels.Override(router.Options);
        Assert.Equal("Fake", (await AwkwardModels.OverrideGroup.CompleteAsync("Hi")).Text);
        Assert.Equal("in", AwkwardModels.OverrideGroup.Deployments[0].Name);
    }

    private static Task<RoutedResponse> AskAsync() => StaticModels.Fast.CompleteAsync("Hi");
}
