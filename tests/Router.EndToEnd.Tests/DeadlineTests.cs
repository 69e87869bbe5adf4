using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>The total deadline: it bounds whatever a call is doing, on a real socket or in a queue.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly Way[] Ways = Enum.GetValues<Way>();
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Enum.GetValues<Dialect>(), Ways);

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_call_that_nobody_answers_ends_with_it(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.BlackHole);

        RoutingException failure = await _world.Hasty(dialect).FailAsync(way);

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Contains("TimeoutSeconds", failure.Message);
        Assert.Null(failure.StatusCode);
        await AssertDroppedAsync(dialect);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task A_stream_that_never_ends_ends_with_it(Dialect dialect)
    {
        // Each delta comes long before a silence would count as one.
        _world.Script(dialect).ReplyWith(new Reply { Deltas = 10_000, DeltaDelay = TimeSpan.FromMilliseconds(20) });
        var text = new StringBuilder();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in _world.Hasty(dialect).StreamAsync("Hi")) text.Append(update.Text);
        });

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Equal(text.ToString(), failure.PartialResponse!.Text);
        Assert.NotEqual(0, text.Length);
        Assert.Equal(DeploymentHealth.Healthy, _world.Hasty(dialect).Status[0].Health); // It did what it was asked.
        await AssertDroppedAsync(dialect);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task A_call_that_no_place_is_freed_for_ends_with_it(Way way)
    {
        _world.Providers["openai/gpt-4.1-mini"].Always(Fault.BlackHole);
        Task<RoutingException> first = Task.Run(() => _world.Fleet.NarrowHasty.FailAsync(Way.Whole));
        await _world.Providers["openai/gpt-4.1-mini"].WaitUntilAsync(static script => script.Calls == 1);

        RoutingException second = await Task.Run(() => _world.Fleet.NarrowHasty.FailAsync(way));

        Assert.Equal(FailureKind.Timeout, second.Kind);
        Assert.Equal(FailureKind.Timeout, (await first).Kind);
        Assert.All(_world.Fleet.NarrowHasty.Status, static status => Assert.Equal(0, status.InFlight));
    }

    private async Task AssertDroppedAsync(Dialect dialect)
    {
        Assert.Equal(0, _world.Hasty(dialect).Status[0].InFlight);
        await _world.Script(dialect).WaitUntilAsync(static script => script is { InFlight: 0, Aborted: >= 1 });
    }
}
