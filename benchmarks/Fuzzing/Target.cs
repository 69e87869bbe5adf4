namespace RouterGen.Fuzzing;

/// <summary>What is fuzzed: it is given bytes, and throws where something is wrong that must hold whatever they are.</summary>
internal abstract class Target
{
    /// <summary>Gets the name, which is that of its corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Gets inputs to begin with, for a corpus that is not there yet.</summary>
    public abstract IEnumerable<string> Seeds { get; }

    /// <summary>Gets the same as bytes; of its own where inputs are no text.</summary>
    public virtual IEnumerable<byte[]> SeedBytes => Seeds.Select(System.Text.Encoding.UTF8.GetBytes);

    public abstract void Run(byte[] input);

    /// <summary>Fails the input where something does not hold.</summary>
    protected static void Demand(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException(what);
    }
}
