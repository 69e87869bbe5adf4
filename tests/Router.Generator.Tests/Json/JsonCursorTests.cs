using FsCheck;
using FsCheck.Fluent;
using RouterGen.Declarations.Json;

namespace RouterGen.Generator.Tests.Json;

/// <summary>The cursor beside the reader, which is held against an oracle: what one takes, the other takes, with the same meaning.</summary>
public class JsonCursorTests
{
    [Fact]
    public void Valid_documents_are_walked_to_the_end() => Check(2_000, JsonDocuments.Valid);

    [Fact]
    public void Mutated_documents_are_taken_where_the_reader_takes_them() => Check(10_000, JsonDocuments.Mutated);

    [Fact]
    public void Random_characters_are_taken_where_the_reader_takes_them() => Check(10_000, JsonDocuments.Noise);

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1]")]
    [InlineData("[1}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{,}")]
    [InlineData("[,]")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1},")]
    [InlineData("{} {}")]
    [InlineData("nul")]
    [InlineData("truex")]
    [InlineData("01")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    public void Both_take_the_same(string text) => AssertTakenAlike(text);

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void What_is_too_deep_is_told(int depth) => AssertTakenAlike(new string('[', depth) + new string(']', depth));

    private static void Check(int count, Gen<string> texts) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20260101, 7).WithQuietOnSuccess(true), Prop.ForAll(texts.ToArbitrary(), AssertTakenAlike));

    private static void AssertTakenAlike(string text)
    {
        JsonTree tree = JsonTree.Parse(text);
        bool isValid = !tree.Errors.Any(error => error.Kind is JsonErrorKind.Syntax);
        var cursor = new JsonCursor(new JsonScanner(text));
        cursor.Start();
        List<string> walked = [];
        Walk(cursor, walked);
        cursor.Finish();
        Assert.Equal(isValid, !cursor.IsBroken);
        if (isValid) Assert.Equal(Flatten(tree.Root), walked);

        // Passing over the whole text comes to the same verdict.
        cursor = new JsonCursor(new JsonScanner(text));
        cursor.Start();
        cursor.Take();
        cursor.Finish();
        Assert.Equal(isValid, !cursor.IsBroken);
    }

    private static void Walk(JsonCursor cursor, List<string> walked)
    {
        switch (cursor.Kind)
        {
            case JsonKind.Object:
                cursor.Enter();
                while (cursor.NextProperty(out string name))
                {
                    walked.Add(name);
                    Walk(cursor, walked);
                }

                walked.Add("}");
                break;
            case JsonKind.Array:
                cursor.Enter();
                while (cursor.NextItem()) Walk(cursor, walked);
                walked.Add("]");
                break;
            default:
                JsonToken token = cursor.Take();
                walked.Add(cursor.TextOf(token) ?? cursor.NumberOf(token)?.ToString() ?? token.Kind.ToString());
                break;
        }
    }

    private static IEnumerable<string> Flatten(JsonNode node) => node switch
    {
        JsonObject json => [.. json.Properties.SelectMany(property => Flatten(property.Value).Prepend(property.Name)), "}"],
        JsonArray array => [.. array.Items.SelectMany(Flatten), "]"],
        JsonLiteral literal when literal.TryGetString(out string text) => [text],
        JsonLiteral literal when literal.TryGetDecimal(out decimal number) => [number.ToString()],
        // What no double can hold is invalid for the reader, and a number without a value here.
        JsonLiteral { Kind: JsonKind.Invalid } => [nameof(JsonKind.Number)],
        _ => [node.Kind.ToString()],
    };
}
