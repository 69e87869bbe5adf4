using System.Text;
using System.Text.Json;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.Sources;

namespace RouterGen.Fuzzing;

/// <summary>
/// The reader of declarations in JSON: it throws nothing, all places are within the text, those of values within those around them,
/// and it finds a syntax error where, and only where, System.Text.Json does.
/// </summary>
internal sealed class JsonTarget : Target
{
    private static readonly JsonDocumentOptions Relaxed = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    public override string Name => "json";

    public override IEnumerable<string> Seeds =>
    [
        """{"a":[1,-2.5e3,true,false,null,"\u00e9\ud83d\ude00\n"],"b":{"c":{}},"a":"twice",/* c */"d":[],}""",
        "[0,-0,1,10.25,-2e+3]",
        "// comment\n[{\"x\" : \"y\"},\r\n 'single', unquoted, {a: 1}, \"open",
    ];

    public override void Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        JsonTree tree = JsonTree.Parse(text);
        var whole = new SourceSpan(0, text.Length);
        foreach (JsonError error in tree.Errors) Demand(IsWithin(error.Span, whole), $"An error is at {error.Span} of {whole}.");
        Check(tree.Root, whole);
        bool isValid = tree.Errors.All(static error => error.Kind is not JsonErrorKind.Syntax);
        string bare = text.TrimStart('\uFEFF');
        if (text.Length - bare.Length > 1 || HasLoneSurrogate(text)) return; // which the other reader does not get as it is
        Demand(isValid == IsValid(bare), isValid ? "It finds no error, and System.Text.Json does." : $"It finds an error ({tree.Errors[0].Message} at {tree.Errors[0].Span}), and System.Text.Json does not.");
    }

    private static void Check(JsonNode node, SourceSpan around)
    {
        Demand(IsWithin(node.Span, around), $"A value is at {node.Span}, outside of {around}.");
        if (node is JsonArray array)
        {
            foreach (JsonNode item in array.Items) Check(item, node.Span);
        }
        else if (node is JsonObject json)
        {
            foreach (Declarations.Json.JsonProperty property in json.Properties)
            {
                Demand(IsWithin(property.NameSpan, node.Span), $"A name is at {property.NameSpan}, outside of {node.Span}.");
                Check(property.Value, node.Span);
            }
        }
        else if (node is JsonLiteral literal)
        {
            literal.TryGetString(out _);
        }
    }

    private static bool IsWithin(SourceSpan span, SourceSpan around) => span.Length >= 0 && span.Start >= around.Start && span.End <= around.End;

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(static rune => rune == Rune.ReplacementChar);

    private static bool IsValid(string text)
    {
        try
        {
            using (JsonDocument.Parse(text, Relaxed)) return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
