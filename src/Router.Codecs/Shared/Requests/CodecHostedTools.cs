using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

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
}
