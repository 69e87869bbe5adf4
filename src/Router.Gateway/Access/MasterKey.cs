using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Access;

/// <summary>The key that opens all. Hashes are compared, whole and in constant time, so that the time taken tells nothing of the key.</summary>
internal sealed class MasterKey
{
    private readonly KeyHash? _hash;

    /// <summary>Keeps the hash of a key.</summary>
    /// <param name="key">The key; null where none is asked for.</param>
    /// <exception cref="ArgumentException">The key is longer than 512 characters.</exception>
    public MasterKey(string? key)
    {
        if (key is not null) _hash = KeyHash.Of(key) ?? throw new ArgumentException($"The master key is longer than {KeyHash.LongestKey} characters.", nameof(key));
    }

    /// <summary>Gets whether keys are asked for.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>Returns whether a key is this one.</summary>
    public bool Is(in KeyHash hash) => _hash is { } own && KeyHash.FixedTimeEquals(own, hash);
}
