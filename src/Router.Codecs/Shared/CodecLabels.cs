using System;
using System.Buffers;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Makes names of participants and schemas fit: letters and digits of ASCII, <c>_</c> and <c>-</c>, 64 at most.</summary>
[Embedded]
internal static class CodecLabels
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    /// <summary>Returns a name that fits: the same one where it does; null where there is no name.</summary>
    /// <remarks>A name of which nothing would be left gets a number instead, always the same, so that two such names stay apart.</remarks>
    public static string? Fit(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (name.Length <= MaxLength && !name.AsSpan().ContainsAnyExcept(Letters)) return name;
        string fit = string.Create(Math.Min(name.Length, MaxLength), name, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = Letters.Contains(from[i]) ? from[i] : '_';
        });
        return fit.AsSpan().ContainsAnyExcept('_', '-') ? fit : "name-" + Hash(name).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>FNV-1a: string.GetHashCode differs from run to run, and a name is part of what providers cache.</summary>
    private static uint Hash(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name) hash = unchecked((hash ^ c) * 16777619);
        return hash;
    }
}
