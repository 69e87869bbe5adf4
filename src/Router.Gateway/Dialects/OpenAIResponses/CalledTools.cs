using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>
/// A tool of a Responses request that is more than a function there: one that takes a text (<c>custom</c>), or one within a namespace. Models of other
/// dialects know it as a function with another name or with one argument; its calls reach the client in its own form.
/// </summary>
internal sealed class ResponsesTool(string? space, string name, string description, JsonElement schema, bool? strict, bool isCustom)
    : DeclaredTool(CalledTools.NameOf(space, name), description, schema, strict)
{
    /// <summary>Gets the namespace that the client declares it in; null for none.</summary>
    public string? Space => space;

    /// <summary>Gets the name that the client gives it there.</summary>
    public string OwnName => name;

    /// <summary>Gets whether it takes a text.</summary>
    public bool IsCustom => isCustom;
}

/// <summary>Finds by the name of a call the tool that the client declares.</summary>
internal static class CalledTools
{
    /// <summary>The argument of a tool that takes a text.</summary>
    public const string InputName = "input";

    private const string Separator = "__";

    // Where Codex puts its own tools: a group that its calls do not name.
    private const string NoSpace = "functions";

    /// <summary>Returns the name of a function that stands for a tool of a namespace.</summary>
    public static string NameOf(string? space, string name) =>
        space is null or "" or NoSpace ? name : space.EndsWith(Separator, StringComparison.Ordinal) ? space + name : space + Separator + name;

    /// <summary>Returns whether calls of a namespace name it.</summary>
    public static bool IsNamed(string? space) => space is not (null or "" or NoSpace);

    /// <summary>Returns the tools that a client declares and that are more than functions, by the names that models know them by.</summary>
    public static Dictionary<string, ResponsesTool> Of(RelayedRequest request)
    {
        Dictionary<string, ResponsesTool> tools = new(StringComparer.Ordinal);
        foreach (ResponsesTool tool in request.Options?.Tools?.OfType<ResponsesTool>() ?? []) tools[tool.Name] = tool;
        return tools;
    }
}
