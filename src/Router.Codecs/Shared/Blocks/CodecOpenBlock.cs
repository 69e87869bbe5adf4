using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>A block of a stream that is to be handed on at its end: a tool call, or thoughts, for their signature.</summary>
[Embedded]
internal sealed class CodecOpenBlock(long? index)
{
    /// <summary>The hash of the thoughts so far.</summary>
    public CodecHash Thoughts;

    private ArrayBufferWriter<byte>? _pieces;

    public long? Index { get; } = index;
    public bool IsThinking { get; init; }
    public bool HasThoughts { get; private set; }
    public string? CallId { get; init; }
    public string? Name { get; init; }
    public byte[]? WholeInput { get; init; }
    public string? Signature { get; set; }

    /// <summary>A block that no content stands for, as it started.</summary>
    public byte[]? Other { get; init; }

    /// <summary>What was streamed of its input.</summary>
    public ReadOnlySpan<byte> Pieces => _pieces is null ? default : _pieces.WrittenSpan;

    /// <summary>Returns the latest block with an index, since some servers give each block the same number; null where none is open.</summary>
    public static CodecOpenBlock? Find(List<CodecOpenBlock> open, long? index)
    {
        for (int i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Index == index) return open[i];
        }

        return null;
    }

    public void AddThoughts(string text)
    {
        Thoughts.Add(text);
        HasThoughts = true;
    }

    public void AppendInput(string piece)
    {
        _pieces ??= new ArrayBufferWriter<byte>();
        Encoding.UTF8.GetBytes(piece, _pieces);
    }

    public FunctionCallContent ToCall()
    {
        ReadOnlySpan<byte> input = _pieces is { WrittenCount: > 0 } ? _pieces.WrittenSpan : WholeInput;
        if (CodecJson.TryReadArguments(input, out Dictionary<string, object?>? arguments)) return new FunctionCallContent(CallId!, Name!, arguments);
        return new FunctionCallContent(CallId!, Name!) { Exception = new JsonException("The model's arguments for the call are not a whole JSON object.") };
    }
}
