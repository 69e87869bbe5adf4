namespace RouterGen.Declarations.Model;

/// <summary>What capabilities are called in texts for people.</summary>
internal static class CapabilityNames
{
    /// <summary>Each capability, in the order in which they are listed.</summary>
    public static readonly (ModelCapabilities Capability, string Name)[] All =
    [
        (ModelCapabilities.Tools, "tools"),
        (ModelCapabilities.JsonSchema, "JSON schemas"),
        (ModelCapabilities.Vision, "images"),
        (ModelCapabilities.Audio, "audio"),
        (ModelCapabilities.Documents, "documents"),
        (ModelCapabilities.WebSearch, "web search"),
        (ModelCapabilities.CodeInterpreter, "a code interpreter"),
        (ModelCapabilities.McpServers, "MCP servers"),
    ];

    /// <summary>Returns the names of those that are among the capabilities.</summary>
    public static IEnumerable<string> Of(ModelCapabilities capabilities) =>
        from known in All
        where (capabilities & known.Capability) != 0
        select known.Name;
}
