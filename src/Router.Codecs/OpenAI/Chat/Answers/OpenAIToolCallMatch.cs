using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// Which call a part of a stream belongs to. The API numbers calls by <c>index</c> and sends id and name once, but servers leave
/// out the index, send 0 for each call, count each part, give each part an id of its own, or repeat the name. The rules, in order:
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>The calls that a part may belong to are those with its index; without an index, all of them. An index that no call has may still be a
/// part of the call with its id.</item>
/// <item>Of these it is the one with its id, else the last one.</item>
/// <item>A part without a name never begins a call where there is one that it may belong to.</item>
/// <item>A part with a name begins another call where its id is new, where the name is another and the arguments have begun or both names are
/// tools of the request, where the arguments are complete and it brings others, and where the same list has named that call already.</item>
/// </list>
/// </remarks>
[Embedded]
internal static class OpenAIToolCallMatch
{
    /// <returns>Null where the part begins a call.</returns>
    public static OpenAIToolCall? Find(List<OpenAIToolCall> calls, in OpenAIToolCallPart part, ReadOnlySpan<byte> arguments, in OpenAIToolNames tools)
    {
        OpenAIToolCall? call = Candidate(calls, part);
        if (call is null || part.Name is null) return call;
        if (call.Name is not null && BeginsAnother(call, part, arguments, tools)) return null;
        call.List = part.List;
        return call;
    }

    private static OpenAIToolCall? Candidate(List<OpenAIToolCall> calls, in OpenAIToolCallPart part)
    {
        OpenAIToolCall? last = null;
        for (int i = calls.Count - 1; i >= 0; i--)
        {
            if (part.Index is { } index && (calls[i].Index ?? i) != index) continue;
            if (part.Id is not null && calls[i].Id == part.Id) return calls[i];
            last ??= calls[i];
        }

        if (last is not null || part.Id is null) return last;
        for (int i = calls.Count - 1; i >= 0; i--)
        {
            if (calls[i].Id == part.Id) return part.Name is null || (part.Name == calls[i].Name && !calls[i].HasWholeArguments) ? calls[i] : null;
        }

        return null;
    }

    private static bool BeginsAnother(OpenAIToolCall call, in OpenAIToolCallPart part, ReadOnlySpan<byte> arguments, in OpenAIToolNames tools)
    {
        bool sameName = part.Name == call.Name;
        if (part.Id is not null && part.Id != call.Id && (call.Id is not null || !sameName)) return true;
        if (part.List == call.List) return true;
        if (sameName) return call.HasWholeArguments && !call.Repeats(arguments);
        return call.HasArguments || (tools.Has(call.Name) && tools.Has(part.Name) && !tools.Begin(call.Name + part.Name));
    }
}

/// <summary>One part of a call, without its arguments; null is what it lacks.</summary>
/// <param name="Index">The number of its call.</param>
/// <param name="Id">The id of its call.</param>
/// <param name="Name">The function, or a piece of its name.</param>
/// <param name="List">The list that it came in.</param>
[Embedded]
internal readonly record struct OpenAIToolCallPart(long? Index, string? Id, string? Name, int List);
