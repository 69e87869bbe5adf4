using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>A property of an object.</summary>
/// <param name="name">Its name, unescaped.</param>
/// <param name="nameSpan">Where its name is, with its quotes.</param>
/// <param name="value">Its value; an invalid one where none was written yet.</param>
internal readonly struct JsonProperty(string name, SourceSpan nameSpan, JsonNode value)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public JsonNode Value { get; } = value;
}
