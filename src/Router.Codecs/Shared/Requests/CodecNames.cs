using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Names of tools and ids of calls as the APIs take them. Callers name tools in any alphabet, as MCP servers do, while
/// both dialects take letters, digits, <c>_</c> and <c>-</c>, 64 at most. What is valid stays as it is; of anything else
/// what is valid stays readable, and a hash of the whole keeps different names apart. Nothing is remembered: the same name
/// has the same form in each request, and an answer is read by the tools that the request had.
/// </summary>
[Embedded]
internal static class CodecNames
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 64;

    private const int HashLength = 12;

    /// <summary>Returns whether both dialects take it as the name of a tool, a participant or a schema.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) => name.Length is > 0 and <= LongestName && HasValidCharacters(name);

    /// <summary>Returns a tool's name as it is sent.</summary>
    public static string ToWire(string name) => IsValid(name) ? name : Shorten(name, LongestName);

    /// <summary>Returns a tool's name for an API that takes letters, digits and <c>_</c> alone, and no digit first.</summary>
    public static string ToIdentifier(string name)
    {
        if (IsValid(name) && !char.IsAsciiDigit(name[0]) && !name.Contains('-', StringComparison.Ordinal)) return name;
        string valid = Shorten(name, LongestName).Replace('-', '_');
        return char.IsAsciiDigit(valid[0]) ? "_" + valid[1..] : valid;
    }

    /// <summary>Returns the caller's own name of a tool that a model calls; what the model made up is returned as it is.</summary>
    /// <param name="name">The name that the model calls.</param>
    /// <param name="options">The options of the request, which have the tools.</param>
    /// <param name="identifiers">Whether the tools were sent by <see cref="ToIdentifier"/>, not by <see cref="ToWire"/>.</param>
    public static string FromWire(string name, ChatOptions? options, bool identifiers = false)
    {
        if (options?.Tools is not { Count: > 0 } tools) return name;
        string? own = null;
        for (int i = 0; i < tools.Count; i++)
        {
            string tool = tools[i].Name;
            if (tool == name) return name;
            if (own is null && (identifiers ? ToIdentifier(tool) : ToWire(tool)) == name) own = tool;
        }

        return own ?? name;
    }

    /// <summary>Returns the id of a call, as the call and its result have it alike: with valid characters, of a length at most.</summary>
    public static string CallId(string id, int longest) => id.Length > 0 && id.Length <= longest && HasValidCharacters(id) ? id : Shorten(id, longest);

    /// <summary>Returns an id for a call that came without one, which no other call of any conversation has.</summary>
#pragma warning disable RS0030 // Codecs know no random source.
    public static string NewCallId() => "call_" + Guid.NewGuid().ToString("N");
#pragma warning restore RS0030

    /// <summary>Returns the id of a call in exactly nine letters or digits, which Mistral demands.</summary>
    public static string ShortCallId(string id)
    {
        const int Length = 9;
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        bool valid = id.Length == Length;
        foreach (char c in id) valid &= char.IsAsciiLetterOrDigit(c);
        return valid ? id : string.Create(Length, CodecHash.Of(id), static (digits, hash) =>
        {
            for (int i = 0; i < digits.Length; i++, hash /= (ulong)Digits.Length) digits[i] = Digits[(int)(hash % (ulong)Digits.Length)];
        });
    }

    private static bool HasValidCharacters(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsValid(c)) return false;
        }

        return true;
    }

    /// <summary>Returns whether a name may hold the character.</summary>
    public static bool IsValid(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static string Shorten(string text, int longest) => string.Create(
        Math.Min(text.Length, longest - HashLength - 1) + 1 + HashLength,
        text,
        static (valid, text) =>
        {
            int kept = valid.Length - HashLength - 1;
            for (int i = 0; i < kept; i++) valid[i] = IsValid(text[i]) ? text[i] : '_';
            valid[kept] = '_';
            ulong hash = CodecHash.Of(text) & 0xFFFF_FFFF_FFFF;
            hash.TryFormat(valid[(kept + 1)..], out _, "x12", CultureInfo.InvariantCulture);
        });
}
