using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>The tools that a conversation has called, for APIs that refuse calls of tools which the request does not declare.</summary>
[Embedded]
internal static class CodecPastTools
{
    /// <summary>Returns whether the conversation holds a call or a result.</summary>
    public static bool Any(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is FunctionCallContent or FunctionResultContent) return true;
            }
        }

        return false;
    }

    /// <summary>Returns the names of the tools that the conversation has called, each once; one that stands for them where it holds results alone.</summary>
    public static List<string> Names(IReadOnlyList<ChatMessage> messages)
    {
        var seen = new HashSet<string>();
        List<string> names = [];
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is FunctionCallContent call && seen.Add(call.Name)) names.Add(call.Name);
            }
        }

        if (names.Count == 0) names.Add("tool"); // Results alone, whose calls were cut off the conversation.
        return names;
    }
}
