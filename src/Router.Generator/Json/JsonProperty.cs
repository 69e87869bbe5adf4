using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Json;

/// <summary>A property of an object.</summary>
/// <param name="name">Its name, unescaped.</param>
/// <param name="nameSpan">Where its name is, with its quotes.</param>
/// <param name="value">Its value; an invalid one where none was written yet.</param>
internal readonly struct JsonProperty(string name, TextSpan nameSpan, JsonNode value)
{
    public string Name { get; } = name;

    public TextSpan NameSpan { get; } = nameSpan;

    public JsonNode Value { get; } = value;
}
