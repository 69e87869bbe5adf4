namespace RouterGen;

/// <summary>A set of deployments of one group, by index. No allocation for groups of up to 64.</summary>
internal struct DeploymentSet : IEquatable<DeploymentSet>
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

    public readonly bool IsEmpty => _first == 0 && _rest?.AsSpan().ContainsAnyExcept(0UL) is not true;

    /// <summary>64 of them at once: bit i is the deployment 64 <paramref name="number"/> + i.</summary>
    public readonly ulong Word(int number) =>
        number == 0 ? _first
        : _rest is { } rest && number <= rest.Length ? rest[number - 1]
        : 0;

    public readonly bool Contains(int index)
    {
        if (index < 64) return (_first >> index & 1) != 0;
        int word = index / 64 - 1;
        return _rest is { } rest && word < rest.Length && (rest[word] >> (index % 64) & 1) != 0;
    }

    /// <summary>Whether all of the others are in it.</summary>
    public readonly bool Contains(in DeploymentSet others)
    {
        if ((others._first & ~_first) != 0) return false;
        for (int word = 0; word < others._rest?.Length; word++)
        {
            ulong own = word < _rest?.Length ? _rest[word] : 0;
            if ((others._rest[word] & ~own) != 0) return false;
        }

        return true;
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
        ulong[] rest = CopyRest(word + 1);
        rest[word] |= 1UL << (index % 64);
        _rest = rest;
    }

    public void Remove(int index)
    {
        if (!Contains(index)) return;
        if (index < 64)
        {
            _first &= ~(1UL << index);
            return;
        }

        int word = index / 64 - 1;
        ulong[] rest = CopyRest(word + 1);
        rest[word] &= ~(1UL << (index % 64));
        _rest = rest;
    }

    public void Add(in DeploymentSet others)
    {
        _first |= others._first;
        if (others._rest is null) return;
        ulong[] rest = CopyRest(others._rest.Length);
        for (int word = 0; word < others._rest.Length; word++) rest[word] |= others._rest[word];
        _rest = rest;
    }

    public readonly bool Equals(DeploymentSet other) => Contains(other) && other.Contains(this);

    public override readonly bool Equals(object? obj) => obj is DeploymentSet other && Equals(other);

    public override readonly int GetHashCode()
    {
        ulong hash = _first;
        for (int word = 0; word < _rest?.Length; word++) hash ^= _rest[word] * (ulong)(2 * word + 3); // empty words count nothing
        return hash.GetHashCode();
    }

    private readonly ulong[] CopyRest(int words)
    {
        ulong[] rest = new ulong[Math.Max(words, _rest?.Length ?? 0)];
        _rest?.CopyTo(rest, 0);
        return rest;
    }
}
