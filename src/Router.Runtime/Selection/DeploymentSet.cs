namespace RouterGen;

/// <summary>A set of deployments of one group, by index. No allocation for groups of up to 64.</summary>
internal struct DeploymentSet
{
    private ulong _first;
    private ulong[]? _rest;

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

        int word = index / 64 - 1;
        if (_rest is null || word >= _rest.Length) Array.Resize(ref _rest, word + 1);
        _rest[word] |= 1UL << (index % 64);
    }
}
