using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>The name and the JSON schema of a structured answer. Immutable and thread-safe.</summary>
public sealed class AnswerFormat
{
    private const int MaxNameLength = 64;
    private const string Fallback = "answer";

    private readonly Lazy<JsonElement> _schema;
    private readonly Lazy<ChatResponseFormatJson> _responseFormat;
    private readonly Lazy<string> _instruction;

    /// <summary>Makes a format.</summary>
    /// <param name="name">The name; characters other than ASCII letters, digits, <c>_</c> and <c>-</c> are replaced by <c>_</c>, and all after the 64th are cut.</param>
    /// <param name="description">What the answer is; null where the name says enough.</param>
    /// <param name="schema">The schema, as JSON. It is the schema of an object.</param>
    public AnswerFormat(string name, string? description, string schema)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(schema);
        Name = Fit(name);
        Description = description;
        SchemaText = schema;
        _schema = new(() => Parse(SchemaText));
        _responseFormat = new(() => ChatResponseFormat.ForJsonSchema(Schema, Name, Description));
        _instruction = new(() =>
            $"Answer with one JSON object that follows this JSON schema, and with nothing else: no Markdown, no text before or after it.\n{SchemaText}");
    }

    /// <summary>Gets the name that providers see: 1 to 64 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public string Name { get; }

    /// <summary>Gets what the answer is; null where the name says enough.</summary>
    public string? Description { get; }

    /// <summary>Gets the schema.</summary>
    /// <exception cref="JsonException">The text of the schema is not JSON.</exception>
    public JsonElement Schema => _schema.Value;

    /// <summary>Gets the schema as JSON text.</summary>
    public string SchemaText { get; }

    /// <summary>Gets the format for a dialect that knows schemas.</summary>
    internal ChatResponseFormatJson ResponseFormat => _responseFormat.Value;

    /// <summary>Gets the instruction for a model that knows neither schemas nor tools.</summary>
    internal string Instruction => _instruction.Value;

    private static JsonElement Parse(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }

    private static string Fit(string name)
    {
        var fitted = new StringBuilder();
        foreach (char c in name.AsSpan(0, Math.Min(name.Length, MaxNameLength))) fitted.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        return fitted.Length == 0 ? Fallback : fitted.ToString();
    }
}
