using GeneratorTraits = RouterGen.Generator.Model.ModelTraits;
using RuntimeTraits = RouterGen.Infrastructure.ModelTraits;

namespace RouterGen.Generator.Tests;

/// <summary>The generator may not reference the runtime, so the traits stand in both; what it emits names the runtime's.</summary>
public class ModelTraitsTests
{
    [Fact]
    public void The_generator_and_the_runtime_mean_the_same_traits() => Assert.Equal(
        Enum.GetValues<RuntimeTraits>().Select(static trait => (trait.ToString(), (long)trait)),
        Enum.GetValues<GeneratorTraits>().Select(static trait => (trait.ToString(), (long)trait)));
}
