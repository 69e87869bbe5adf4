using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>One tool call while its parts arrive.</summary>
/// <param name="index">The index of its first part; null where that had none.</param>
/// <param name="list">The list of parts that its last part was in.</param>
[Embedded]
internal sealed class OpenAIToolCall(long? index, int list)
{
    private readonly ArrayBufferWriter<byte> _arguments = new();

    public long? Index { get; } = index;

    /// <summary>Gets or sets the list of parts that the last part was in. One list never holds two parts of one call that both have its name.</summary>
    public int List { get; set; } = list;

    public string? Id { get; set; }

    public string? Name { get; private set; }

    /// <summary>Gets or sets the model's state that belongs to the call, as JSON; null where there is none.</summary>
    public string? Extra { get; set; }

    public ReadOnlySpan<byte> Arguments => _arguments.WrittenSpan;

    public bool HasArguments => _arguments.WrittenCount > 0;

    /// <summary>Gets whether the call has been handed to the caller.</summary>
    public bool IsDelivered { get; private set; }

    /// <summary>Gets whether the arguments are one whole JSON object.</summary>
    public bool HasWholeArguments => HasArguments && TryRead(out _);

    /// <summary>Gets whether nothing is missing of the call. Arguments may still come where there are none yet.</summary>
    public bool IsWhole => Name is not null && HasWholeArguments;

    /// <summary>Adds a part.</summary>
    /// <param name="name">The name, or the next piece of it; some servers repeat it with each part.</param>
    /// <param name="arguments">The next piece of the arguments; some servers repeat the whole at the end.</param>
    /// <param name="tools">The request's tools.</param>
    public void Add(string? name, ReadOnlySpan<byte> arguments, in OpenAIToolNames tools)
    {
        if (IsDelivered) return;
        if (name is not null && name != Name)
        {
            // A name that grows: get_ and then get_weather. A name in pieces: get_ and then weather.
            bool grows = Name is null || (name.StartsWith(Name, StringComparison.Ordinal) && tools.Has(name) && !tools.Begin(Name + name));
            if (grows) Name = name;
            else if (!tools.Has(Name) || tools.Begin(Name + name)) Name += name;
        }

        Append(arguments);
    }

    /// <summary>Adds the next piece of the arguments.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (IsDelivered) return;

        // Nothing can follow a whole object, so what begins another is the same again, or the real one behind an empty placeholder.
        if (piece.StartsWith("{"u8) && HasWholeArguments)
        {
            if (Repeats(piece)) return;
            if (IsPlaceholder) _arguments.Clear();
        }

        _arguments.Write(piece);
    }

    /// <summary>The call for the caller.</summary>
    /// <param name="needsNewId">Whether an earlier call has the id: results refer to calls by it.</param>
    /// <param name="options">The options of the request, which have the tool's own name.</param>
    /// <param name="model">The model that made the call.</param>
    /// <exception cref="JsonException">It names no function.</exception>
    public FunctionCallContent ToContent(bool needsNewId, ChatOptions? options, ModelProfile model)
    {
        if (Name is null) throw new JsonException("A tool call names no function.");
        IsDelivered = true;
        string id = Id is null || needsNewId ? CodecNames.NewCallId() : Id;
        string name = CodecNames.FromWire(Name, options);
        FunctionCallContent content = CodecJson.ToCall(id, name, Arguments);
        if (Extra is not null && model.Has(OpenAIState.ExtraContent.Wanted)) CodecState.Put(content, CodecState.Stamp(model, OpenAIState.ExtraContent.Name, Extra));
        return content;
    }

    /// <summary>Returns whether a piece says nothing that the arguments do not say.</summary>
    public bool Repeats(ReadOnlySpan<byte> piece)
    {
        piece = Trim(piece);
        return piece.IsEmpty || piece.SequenceEqual(Trim(Arguments));
    }

    private bool IsPlaceholder => TryRead(out Dictionary<string, object?>? arguments) && arguments is { Count: 0 };

    private bool TryRead(out Dictionary<string, object?>? arguments) => CodecJson.TryReadArguments(Arguments, out arguments);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> json) => json.Trim(" \t\r\n"u8);
}
