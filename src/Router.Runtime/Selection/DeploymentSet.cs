namespace RouterGen;

/// <summary>A set of deployments of one group, by index. No allocation for groups of up to 64.</summary>
internal struct DeploymentSet
{
    private ulong _first;
    private ulong[]? _rest;

    /// <summary>A set of which each bit is given: bit i of word j is the deployment 64 j + i.</summary>
    public static DeploymentSet From(ReadOnlySpan<ulong> words)
    {
        DeploymentSet set = default;
        if (words.Length > 0) set._first = words[0];
        if (words.Length > 1 && words[1..].ContainsAnyExcept(0UL)) set._rest = words[1..].ToArray();
        return set;
    }

    public readonly bool Contains(int index)
    {
        if (index < 64) return (_first >> index & 1) != 0;
        int word = index / 64 - 1;
        return _rest is { } rest && word < rest.Length && (rest[word] >> (index % 64) & 1) != 0;
    }

    public void Add(int index)
    {
        if (index < 64)
        {
            _first |= 1UL << index;
            return;
        }

        // A copy of the set shares the array: it is replaced, never written to.
        int word = index / 64 - 1;
        var rest = new ulong[Math.Max(word + 1, _rest?.Length ?? 0)];
        _rest?.CopyTo(rest, 0);
        rest[word] |= 1UL << (index % 64);
        _rest = rest;
    }
}
