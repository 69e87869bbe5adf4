using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Makes names of participants and schemas fit what <see cref="CodecNames"/> takes for valid.</summary>
[Embedded]
internal static class OpenAILabels
{
    /// <summary>Returns a name that fits: the same one where it does; null where there is no name.</summary>
    /// <remarks>A name of which nothing would be left gets a number instead, always the same, so that two such names stay apart.</remarks>
    public static string? Fit(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (CodecNames.IsValid(name)) return name;
        string fit = string.Create(Math.Min(name.Length, CodecNames.LongestName), name, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = CodecNames.IsValid(from[i]) ? from[i] : '_';
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
