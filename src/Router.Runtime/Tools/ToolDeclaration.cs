using System.ComponentModel;
using System.Text.Json;

namespace RouterGen.Infrastructure;

/// <summary>The name, description and schema of a tool, as models see them. Emitted code makes it once for all objects of the class.</summary>
/// <param name="name">The name that models call.</param>
/// <param name="description">What it does.</param>
/// <param name="schema">The JSON schema of its parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ToolDeclaration(string name, string description, string schema)
{
    private JsonDocument? _parsed;

    /// <summary>Gets the name that models call.</summary>
    public string Name { get; } = name;

    /// <summary>Gets what it does.</summary>
    public string Description { get; } = description;

    /// <summary>Gets the JSON schema of its parameters. It is parsed when it is first asked for.</summary>
    public JsonElement Schema => (_parsed ??= JsonDocument.Parse(schema)).RootElement;
}
