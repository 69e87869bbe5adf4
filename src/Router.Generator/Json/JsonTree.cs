using System.Buffers;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Json;

/// <summary>A JSON text as far as it was understood, and what is wrong with it.</summary>
internal sealed class JsonTree
{
    /// <summary>In characters. A larger file is not read.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    private JsonTree(SourceText text, JsonNode root, ImmutableArray<JsonError> errors) => (Text, Root, Errors) = (text, root, errors);

    public SourceText Text { get; }

    /// <summary>The text's value; an invalid one where there is none.</summary>
    public JsonNode Root { get; }

    public ImmutableArray<JsonError> Errors { get; }

    /// <summary>Reads a text, whatever is in it. Comments and trailing commas are allowed.</summary>
    public static JsonTree Parse(SourceText text)
    {
        int length = text.Length;
        if (length > MaxLength)
        {
            JsonError error = new(JsonErrorKind.Syntax, "file too large: at most 8 million characters are read", default);
            return new(text, new JsonLiteral(JsonKind.Invalid, default, text), [error]);
        }

        // One copy, as the text's own indexer looks for the right chunk for each character.
        char[] chars = ArrayPool<char>.Shared.Rent(length);
        try
        {
            text.CopyTo(0, chars, 0, length);
            var scanner = new JsonScanner(chars, length);
            JsonNode root = new JsonReader(scanner, text).ReadDocument();
            return new(text, root, scanner.Errors);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}
