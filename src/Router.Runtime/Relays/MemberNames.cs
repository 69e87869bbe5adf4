using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The names of a body's members so far. What a name means must be the same here and at a provider, or a client could choose a model or a limit behind the router's
/// back: so each name is there once, and is written as it is.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="members">Its members so far, which the caller adds to.</param>
internal ref struct MemberNames(ReadOnlySpan<byte> body, List<PassedMember> members)
{
    // Up to here comparing is faster than hashing.
    private const int Few = 32;
    private const int LongestShown = 64;

    private readonly ReadOnlySpan<byte> _body = body;
    private HashSet<string>? _many;

    /// <summary>Looks at the next name.</summary>
    /// <param name="name">The name, as it is written.</param>
    /// <param name="isEscaped">Whether some of its characters are written as escapes.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Add(ReadOnlySpan<byte> name, bool isEscaped)
    {
        if (isEscaped) return "The names of the body's members must be written without escapes.";
        if (IsKnown(name)) return $"The body has the member '{Shown(name)}' twice.";
        return Ascii.EqualsIgnoreCase(name, "model"u8) && !name.SequenceEqual("model"u8) ? $"The member '{Shown(name)}' must be written 'model'." : null;
    }

    private static string Shown(ReadOnlySpan<byte> name) => name.Length <= LongestShown ? Encoding.UTF8.GetString(name) : Encoding.UTF8.GetString(name[..LongestShown]) + "…";

    private bool IsKnown(ReadOnlySpan<byte> name)
    {
        if (members.Count >= Few) return !Many().Add(Encoding.Latin1.GetString(name));
        foreach (PassedMember member in members)
        {
            ReadOnlySpan<byte> text = _body[(member.Start + 1)..];
            if (text.StartsWith(name) && text[name.Length] == '"') return true;
        }

        return false;
    }

    private HashSet<string> Many()
    {
        if (_many is not null) return _many;
        _many = new HashSet<string>(StringComparer.Ordinal);
        foreach (PassedMember member in members)
        {
            ReadOnlySpan<byte> text = _body[(member.Start + 1)..];
            _many.Add(Encoding.Latin1.GetString(text[..text.IndexOf((byte)'"')]));
        }

        return _many;
    }
}
