using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What holds in each dialect for tools that the provider runs itself.</summary>
[Embedded]
internal static class CodecHostedTools
{
    /// <summary>
    /// Returns whether a tool is a search among tools. It is left out: all tools are sent anyway. By its name, because the type
    /// is experimental, and the compiler would refuse it in the user's project.
    /// </summary>
    public static bool IsToolSearch(AITool tool) => tool is not AIFunctionDeclaration && tool.GetType().Name is "HostedToolSearchTool";

    /// <summary>Writes the additional properties of a tool as its members.</summary>
    public static AttemptFailure? WriteMembers(Utf8JsonWriter json, AITool tool)
    {
        foreach (KeyValuePair<string, object?> member in tool.AdditionalProperties)
        {
            json.WritePropertyName(member.Key);
            if (!CodecJson.TryWriteValue(json, member.Value)) return CodecJson.Unsupported($"The property '{member.Key}' of the tool '{tool.Name}' cannot be written as JSON.");
        }

        return null;
    }
}
