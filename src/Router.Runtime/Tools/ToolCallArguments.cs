using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>The arguments of a call that the router's own loop makes, which wants to know what a tool throws.</summary>
internal sealed class ToolCallArguments : AIFunctionArguments
{
    public ToolCallArguments(IDictionary<string, object?>? arguments) : base(arguments)
    {
    }
}

/// <summary>What a model reads of a call that failed.</summary>
internal static class ToolErrors
{
    public static string Of(string message) => $"Error: {message}";
}
