using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Requests beside a call's own, on real sockets: hedges, races of groups, and copies to shadows.</summary>
public sealed class SecondRequestTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_call_whose_provider_hangs_is_answered_by_the_second_and_the_first_is_dropped(Way way)
    {
        for (int i = 0; i < 20; i++) await _world.Fleet.Hedged.AskAsync(way);
        _world.Script(Dialect.OpenAIChat).Always(Fault.BlackHole);

        Got answer = await _world.Fleet.Hedged.AskAsync(way);

        Assert.Equal(World.NameOf(Dialect.AnthropicMessages), answer.Deployment);
        Assert.Equal([FailureKind.Superseded, FailureKind.None], answer.Attempts.Select(static attempt => attempt.Outcome));
        await _world.Script(Dialect.OpenAIChat).WaitUntilAsync(static script => script is { InFlight: 0, Aborted: >= 1 });
    }

    [Fact]
    public async Task Of_two_groups_the_one_that_answers_is_taken_and_the_other_is_dropped()
    {
        _world.Script(Dialect.OpenAIChat).Always(Fault.BlackHole);
        RoutedResponse reply = await FastestResponse.CompleteAsync([_world.Fleet.OpenaiOnly, _world.Fleet.AnthropicOnly], "Hi");
        Assert.Equal(World.NameOf(Dialect.AnthropicMessages), reply.Deployment);
        await _world.Script(Dialect.OpenAIChat).WaitUntilAsync(static script => script is { InFlight: 0, Aborted: >= 1 });
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_its_failure_is_nobodys()
    {
        _world.Script(Dialect.AnthropicMessages).Always(Fault.BlackHole);
        RoutedResponse reply = await _world.Fleet.Mirrored.CompleteAsync("Hi");
        Assert.Single(reply.Attempts);
        await _world.Script(Dialect.AnthropicMessages).WaitUntilAsync(static script => script.Calls == 1);
    }
}
