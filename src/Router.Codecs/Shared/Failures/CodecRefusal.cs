using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// One row of the tables of refusals: it matches a refusal whose status, code and words are all what the row names (what it
/// does not name does not matter), and says what the refusal means. Rows are asked in order; the first that matches decides.
/// </summary>
[Embedded]
internal sealed class CodecRefusal(FailureKind kind)
{
    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    private readonly int[] _statuses = [];
    private readonly string[] _codes = [];

    public FailureKind Kind { get; } = kind;

    /// <summary>Gets what the refusal is about, where that is not what its kind is usually about.</summary>
    public FailureScope Scope { get; init; }

    /// <summary>Gets statuses such as <c>400 4xx</c>; empty for any.</summary>
    public string Statuses
    {
        get => string.Join(' ', Array.ConvertAll(_statuses, static status => status < 10 ? status.ToString(CultureInfo.InvariantCulture) + "xx" : status.ToString(CultureInfo.InvariantCulture)));
        init => _statuses = Array.ConvertAll(value.Split(' '), static status => int.Parse(status.Replace("xx", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
    }

    /// <summary>Gets codes, types or reasons, without regard to case; an asterisk at an end stands for anything. Empty for any.</summary>
    public string Codes
    {
        get => string.Join(' ', _codes);
        init => _codes = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>
    /// Gets phrases, of which one is in the message outside of quotation marks, without regard to case; <c>^</c> in front of
    /// one stands for the message's start, <c>$</c> behind one for its end, <c>*</c> for a name. Empty for any. A message may hold what the caller
    /// wrote: so a phrase may blame the model or the key only where a provider's own sentence starts or ends with it, or
    /// where the status is none for requests.
    /// </summary>
    public string[] Phrases { get; init; } = [];

    /// <summary>Gets whether the error must name an option of the request as its parameter: not the messages, the tools or the model.</summary>
    public bool NamesOption { get; init; }

    /// <summary>Gets whether the body must be a page for people: no API says so, but a firewall or a proxy in front of it.</summary>
    public bool IsPage { get; init; }

    /// <summary>Gets whether the row is a default: it says what is assumed of a refusal of which nothing is known but its status.</summary>
    public bool IsDefault { get; init; }

    public bool Matches(in CodecRefusalFacts facts)
    {
        if (!HasStatus(facts.Status) || (IsPage && !facts.IsPage)) return false;
        if (NamesOption && !facts.NamesOption) return false;
        return HasCode(facts) && HasPhrase(facts.Words);
    }

    /// <summary>An error inside a success, of which not even a type is known, may still say in words what a 400 would.</summary>
    private bool HasStatus(int? status)
    {
        if (_statuses.Length == 0) return true;
        if (status is null && Phrases.Length == 0) return false;
        int asked = status ?? 400;
        foreach (int known in _statuses)
        {
            if (known == asked || known == asked / 100) return true;
        }

        return false;
    }

    private bool HasCode(in CodecRefusalFacts facts)
    {
        if (_codes.Length == 0) return true;
        foreach (string known in _codes)
        {
            if (Fits(known, facts.Code) || Fits(known, facts.Type) || Fits(known, facts.InnerCode)) return true;
        }

        return false;
    }

    private static bool Fits(string known, string? code)
    {
        if (code is null) return false;
        bool open = known[0] == '*', goesOn = known[^1] == '*';
        if (!open && !goesOn) return known.Equals(code, Ignoring);
        ReadOnlySpan<char> part = known.AsSpan().Trim('*');
        return open && goesOn ? code.AsSpan().Contains(part, Ignoring) : open ? code.AsSpan().EndsWith(part, Ignoring) : code.AsSpan().StartsWith(part, Ignoring);
    }

    private bool HasPhrase(ReadOnlySpan<char> words)
    {
        if (Phrases.Length == 0) return true;
        foreach (string phrase in Phrases)
        {
            if (Says(words, phrase)) return true;
        }

        return false;
    }

    private static bool Says(ReadOnlySpan<char> words, ReadOnlySpan<char> phrase)
    {
        if (phrase[^1] == '$') return words.TrimEnd(".!").EndsWith(phrase[..^1], Ignoring);
        if (phrase[0] != '^') return words.Contains(phrase, Ignoring);
        int name = phrase.IndexOf('*');
        return name < 0
            ? words.StartsWith(phrase[1..], Ignoring)
            : words.StartsWith(phrase[1..name], Ignoring) && words.Contains(phrase[(name + 1)..], Ignoring);
    }
}

/// <summary>What is known of a refusal. Properties, since the compiler warns of a field that no dialect in use sets.</summary>
[Embedded]
internal struct CodecRefusalFacts
{
    /// <summary>Gets the status, or what stands for one inside a success; null where nothing does.</summary>
    public int? Status { readonly get; set; }

    public string? Code { readonly get; set; }
    public string? Type { readonly get; set; }

    /// <summary>Gets a code further inside: of an inner error, of a detail, of the provider behind a gateway.</summary>
    public string? InnerCode { readonly get; set; }

    /// <summary>Gets the parameter that the error is about.</summary>
    public string? Param { readonly get; set; }

    /// <summary>Gets the message without what it quotes.</summary>
    public string? Words { readonly get; set; }

    public bool IsPage { readonly get; set; }

    /// <summary>Gets whether <see cref="Param"/> names an option: not the conversation, which is the caller's, nor the model.</summary>
    public readonly bool NamesOption =>
        !string.IsNullOrEmpty(Param) && !Starts("messages") && !Starts("message") && !Starts("tools") && !Starts("input") && !Starts("model") && !Starts("stream") && !Starts("body");

    private readonly bool Starts(string name) =>
        Param!.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (Param.Length == name.Length || Param[name.Length] is '.' or '[' or '_');
}
