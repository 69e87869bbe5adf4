namespace RouterGen.Runtime.Tests;

public sealed class MemoryRouterStoreTests : RouterStoreContract
{
    private readonly VirtualTime _time = new();

    public MemoryRouterStoreTests() => Store = new MemoryRouterStore(_time);

    protected override IRouterStore Store { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
