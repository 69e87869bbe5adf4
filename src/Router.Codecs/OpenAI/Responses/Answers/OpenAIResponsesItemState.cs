using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What a part of an item says.</summary>
[Embedded]
internal enum OpenAIPartType
{
    Text,
    Refusal,

    /// <summary>The summary of thoughts.</summary>
    Summary,

    /// <summary>Thoughts themselves.</summary>
    Thoughts,
}

/// <summary>One item of the output while its parts arrive.</summary>
/// <param name="index">Its place in the output; null where it is not known.</param>
/// <param name="type">What it is.</param>
[Embedded]
internal sealed class OpenAIResponsesItemState(long? index, OpenAIItemType type)
{
    private readonly List<PartState> _parts = [];
    private StringBuilder? _arguments;

    public long? Index { get; } = index;

    public OpenAIItemType Type { get; } = type;

    public string? Id { get; set; }

    public string? CallId { get; set; }

    public string? Name { get; set; }

    /// <summary>Gets or sets what the message is to the answer; null where that is not known, or has been handed on.</summary>
    public string? Phase { get; set; }

    /// <summary>Gets or sets whether nothing more of it will come.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Gets the arguments of a call so far.</summary>
    public string? Arguments => _arguments?.ToString();

    /// <summary>Gets the words of a refusal so far; it is handed on whole.</summary>
    public StringBuilder Refusal { get; } = new();

    /// <summary>Adds a piece of the arguments.</summary>
    public void AddArguments(string piece) => (_arguments ??= new StringBuilder()).Append(piece);

    /// <summary>Takes over the whole of the arguments, unless that is nothing.</summary>
    public void SetArguments(string? whole)
    {
        if (string.IsNullOrEmpty(whole)) return;
        _arguments?.Clear();
        AddArguments(whole);
    }

    /// <summary>Counts a piece of a part.</summary>
    /// <returns>Whether it is the first piece of a part that is not the item's first.</returns>
    public bool Add(OpenAIPartType type, long index, string piece)
    {
        PartState part = Find(type, index);
        bool begins = part.Length == 0 && _parts.Exists(other => other != part && other.Length > 0);
        part.Length += piece.Length;
        return begins;
    }

    /// <summary>Returns what a whole part says beyond the pieces that came of it; empty where nothing.</summary>
    public string Rest(OpenAIPartType type, long index, string? whole)
    {
        int known = Find(type, index).Length;
        return whole is not null && whole.Length > known ? whole[known..] : "";
    }

    private PartState Find(OpenAIPartType type, long index)
    {
        for (int i = _parts.Count - 1; i >= 0; i--)
        {
            if (_parts[i].Type == type && _parts[i].Index == index) return _parts[i];
        }

        var part = new PartState(type, index);
        _parts.Add(part);
        return part;
    }

    private sealed class PartState(OpenAIPartType type, long index)
    {
        public OpenAIPartType Type { get; } = type;

        public long Index { get; } = index;

        /// <summary>How many characters of it have come.</summary>
        public int Length { get; set; }
    }
}
