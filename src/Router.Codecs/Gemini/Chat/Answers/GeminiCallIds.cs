using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Makes ids for calls that came without one, which older models send: the number of the call in the conversation, so that the same answer has the same ids.</summary>
[Embedded]
internal sealed class GeminiCallIds
{
    private readonly HashSet<string> _known = [];
    private int _count;

    /// <summary>Takes the calls of a conversation.</summary>
    public GeminiCallIds(ChatRequest request)
    {
        for (int i = 0; i < request.Messages.Count; i++)
        {
            IList<AIContent> contents = request.Messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is FunctionCallContent call) Note(call.CallId);
            }
        }
    }

    /// <summary>Takes the id of a call.</summary>
    public void Note(string id)
    {
        _known.Add(id);
        _count++;
    }

    /// <summary>Returns the id for the next call.</summary>
    public string Make()
    {
        string id;
        do id = string.Create(CultureInfo.InvariantCulture, $"call_{++_count}");
        while (!_known.Add(id));
        return id;
    }
}
