using RouterGen.Spending.Tests;

namespace RouterGen.Runtime.Tests.Spending;

/// <summary>The store in memory.</summary>
public sealed class SpendMemoryTests : SpendStoreContract
{
    protected override ISpendStore Store { get; } = new SpendMemory();
}
