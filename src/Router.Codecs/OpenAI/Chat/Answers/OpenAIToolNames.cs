using System;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>The names of a request's tools as they are sent. They tell a whole name from a piece of one.</summary>
/// <param name="request">What was asked for.</param>
[Embedded]
internal readonly struct OpenAIToolNames(ChatRequest request)
{
    private readonly ChatOptions? _options = request.Options;

    /// <summary>Returns whether a tool has the name.</summary>
    public bool Has(string? name) => Any(name, static (tool, name) => tool == name);

    /// <summary>Returns whether the name of a tool is, or begins with, this one.</summary>
    public bool Begin(string? name) => Any(name, static (tool, name) => tool.StartsWith(name, StringComparison.Ordinal));

    private bool Any(string? name, Func<string, string, bool> matches)
    {
        if (name is null || _options?.Tools is not { } tools) return false;
        for (int i = 0; i < tools.Count; i++)
        {
            if (matches(CodecNames.ToWire(tools[i].Name), name)) return true;
        }

        return false;
    }
}
