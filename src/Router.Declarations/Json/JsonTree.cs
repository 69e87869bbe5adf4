using System.Collections.Immutable;

namespace RouterGen.Declarations.Json;

/// <summary>A JSON text as far as it was understood, and what is wrong with it.</summary>
internal sealed class JsonTree
{
    /// <summary>In characters. A larger file is not read.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>What is wrong with a larger one.</summary>
    public static readonly JsonError TooLarge = new(JsonErrorKind.Syntax, "file too large: at most 8 million characters are read", default);

    private JsonTree(string text, JsonNode root, ImmutableArray<JsonError> errors) => (Text, Root, Errors) = (text, root, errors);

    public string Text { get; }

    /// <summary>The text's value; an invalid one where there is none.</summary>
    public JsonNode Root { get; }

    public ImmutableArray<JsonError> Errors { get; }

    /// <summary>Reads a text, whatever is in it. Comments and trailing commas are allowed.</summary>
    public static JsonTree Parse(string text)
    {
        if (text.Length > MaxLength) return new(text, new JsonLiteral(JsonKind.Invalid, default, text), [TooLarge]);
        var scanner = new JsonScanner(text);
        JsonNode root = new JsonReader(scanner, text).ReadDocument();
        return new(text, root, scanner.Errors);
    }
}
