namespace RouterGen.Declarations.Json;

/// <summary>Gives one string for a name that occurs again and again, as most do in a list of models.</summary>
internal sealed class JsonNameCache
{
    private const int LongestName = 64;

    private readonly string?[] _names = new string?[256];

    public string Get(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName) return name.ToString();
        uint hash = 2166136261;
        foreach (char c in name) hash = unchecked((hash ^ c) * 16777619);
        ref string? slot = ref _names[(hash ^ (hash >> 16)) % (uint)_names.Length];
        if (slot is null || !name.SequenceEqual(slot.AsSpan())) slot = name.ToString();
        return slot;
    }
}
