using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>
/// Streams that are cut, end, stall or are poisoned at every stage, by providers in another process. Before the first
/// content another deployment answers; from then on the caller is told, and keeps what had arrived.
/// </summary>
public sealed class StreamStageTests : IClassFixture<StreamStageTests.OtherProcess>, IAsyncLifetime
{
    private const string Text = "one two three four";

    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private static readonly FaultKind[] Faults = [FaultKind.Cut, FaultKind.EndEarly, FaultKind.Stall, FaultKind.StreamError, FaultKind.GarbageEvent];

    private readonly FakeProviderProcess _providers;
    private readonly Fleet _fleet;

    public StreamStageTests(OtherProcess process)
    {
        _providers = process.Providers;
        _fleet = new Fleet(new RouterOptions { Seed = 1, Variables = World.Environment(_providers.BaseAddress).GetValueOrDefault });
    }

    public static MatrixTheoryData<Dialect, FaultKind, FaultStage> Early => new(Dialects, Faults, [FaultStage.Headers, FaultStage.Delta, FaultStage.MidEvent]);

    public static MatrixTheoryData<Dialect, FaultKind, FaultStage> Late => new(Dialects, Faults, [FaultStage.Delta, FaultStage.MidEvent]);

    public static MatrixTheoryData<Dialect, FaultKind> AtTheEnd => new(Dialects, [.. Faults.Except([FaultKind.StreamError])]);

    public async ValueTask InitializeAsync()
    {
        foreach (Dialect dialect in Dialects) await _providers.LoadAsync(World.NameOf(dialect), new ScriptDocument(new Reply { Text = Text }));
        await _providers.LoadAsync("openai/gpt-4.1-nano", new ScriptDocument(new Reply { Text = Text }));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Early))]
    public async Task Before_the_first_content_another_deployment_answers(Dialect dialect, FaultKind kind, FaultStage stage)
    {
        await BreakAsync(dialect, new Fault(kind, Stage: stage));
        ChatGroup group = kind is FaultKind.Stall ? Place.Of(dialect).Impatient(_fleet) : Place.Of(dialect).First(_fleet);

        Got got = await group.AskAsync(Way.Streamed);

        Assert.Equal(Text, got.Text);
        Assert.Equal(FailureKind.None, got.Attempts[^1].Outcome);
        Assert.NotEqual(World.NameOf(dialect), got.Deployment);
        Assert.All(got.Attempts.SkipLast(1), attempt => Assert.Equal(Expected(dialect, kind, stage), attempt.Outcome));
        Assert.NotEmpty(got.Attempts.SkipLast(1));
        await AssertNobodyIsLeftAsync(dialect, group);
    }

    [Theory]
    [MemberData(nameof(Late))]
    public async Task After_it_the_caller_is_told_and_keeps_what_had_arrived(Dialect dialect, FaultKind kind, FaultStage stage)
    {
        await BreakAsync(dialect, new Fault(kind, After: 2, Stage: stage));
        ChatGroup group = Place.Of(dialect).Restless(_fleet);
        var text = new StringBuilder();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) text.Append(update.Text);
        });

        Assert.Equal("one two ", text.ToString());
        Assert.Equal("one two ", failure.PartialResponse!.Text);
        Assert.Equal(Expected(dialect, kind, stage), failure.Kind);
        Assert.Equal(Expected(dialect, kind, stage), Assert.Single(failure.Attempts).Outcome);
        await AssertNobodyIsLeftAsync(dialect, group);
    }

    [Theory]
    [MemberData(nameof(AtTheEnd))]
    public async Task After_the_reason_to_stop_nothing_is_missing(Dialect dialect, FaultKind kind)
    {
        await BreakAsync(dialect, new Fault(kind, After: 2, Stage: FaultStage.Terminator));
        ChatGroup group = Place.Of(dialect).Restless(_fleet);

        Got got = await group.AskAsync(Way.Streamed);

        Assert.Equal(Text, got.Text);
        Assert.Equal(FailureKind.None, Assert.Single(got.Attempts).Outcome);
        Assert.Equal((DeploymentHealth.Healthy, 0), (group.Status[0].Health, group.Status[0].Failures));
        await AssertNobodyIsLeftAsync(dialect, group);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    [InlineData(Dialect.BedrockConverse)]
    public async Task But_an_error_after_it_is_one(Dialect dialect)
    {
        await BreakAsync(dialect, new Fault(FaultKind.StreamError, After: 2, Stage: FaultStage.Terminator));
        ChatGroup group = Place.Of(dialect).Restless(_fleet);

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.AskAsync(Way.Streamed));

        Assert.Equal(Text, failure.PartialResponse!.Text);
        Assert.Equal(Expected(dialect, FaultKind.StreamError, FaultStage.Terminator), failure.Kind);
    }

    private static FailureKind Expected(Dialect dialect, FaultKind kind, FaultStage stage) => kind switch
    {
        FaultKind.Cut => FailureKind.ConnectionFailed,
        FaultKind.Stall => FailureKind.Timeout,
        FaultKind.StreamError when stage is not FaultStage.MidEvent => World.StreamErrorOf(dialect), // There it is the rest of a broken event.
        _ => FailureKind.InvalidResponse,
    };

    private Task BreakAsync(Dialect dialect, Fault fault) =>
        _providers.LoadAsync(World.NameOf(dialect), new ScriptDocument(new Reply { Text = Text }, [new ScriptStep(fault)]));

    /// <summary>Nobody is in flight, here or there: a connection that is no good any more was dropped.</summary>
    private async Task AssertNobodyIsLeftAsync(Dialect dialect, ChatGroup group)
    {
        Assert.All(group.Status, static status => Assert.Equal(0, status.InFlight));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await _providers.CountersAsync(World.NameOf(dialect))).InFlight > 0) late.Token.ThrowIfCancellationRequested();
    }

    /// <summary>The providers, for all tests of this class.</summary>
    public sealed class OtherProcess : IAsyncLifetime
    {
        internal FakeProviderProcess Providers { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Providers = await FakeProviderProcess.StartAsync();

        public ValueTask DisposeAsync()
        {
            Providers.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
