using RouterGen.EndToEnd.Tests.Audio;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Answers that are larger than any memory should be: what the process allocates is measured.</summary>
[Collection(MemoryTests.Name)]
public sealed class GiganticAnswerTests : IAsyncLifetime
{
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Enum.GetValues<Dialect>(), Enum.GetValues<Way>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_gigantic_answer_is_read_up_to_a_limit(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.Gigantic(megabytes: 600));
        long before = GC.GetTotalAllocatedBytes();

        Got got = await _world.Pair(dialect).AskAsync(way);

        Assert.Equal(FailureKind.InvalidResponse, got.Attempts[0].Outcome);
        Assert.Contains("larger than", got.Attempts[0].Message);
        long allocated = GC.GetTotalAllocatedBytes() - before;
        Assert.True(allocated < 450L * 1024 * 1024, $"{allocated:N0} bytes were allocated for an answer of 600 MB.");
    }
}
