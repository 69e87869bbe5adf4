using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RouterGen.Declarations.Json;

namespace RouterGen.Generator.Tests.Json;

/// <summary>
/// The reader beside <see cref="JsonDocument"/>, which says what is valid and what it means. They differ in this:
/// a property that is named twice is mentioned by us; a number that no double can hold is a number for the oracle; a lone
/// surrogate that is written out, a byte order mark, and a comment between a name and its colon are taken by us alone.
/// </summary>
public class JsonOracleTests
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    [Fact]
    public void Random_documents_mean_the_same() => Check(3_000, JsonDocuments.Valid.ToArbitrary(), text =>
    {
        JsonTree tree = TreeText.Parse(text);
        using JsonDocument? oracle = Read(text);
        Assert.NotNull(oracle);
        Assert.DoesNotContain(tree.Errors, error => error.Kind is JsonErrorKind.Syntax);
        AssertSame(oracle.RootElement, tree.Root);
    });

    [Fact]
    public void Mutated_documents_are_valid_when_the_oracle_says_so() => Check(10_000, JsonDocuments.Mutated.ToArbitrary(), AssertJudgedAlike);

    [Fact]
    public void Random_characters_are_valid_when_the_oracle_says_so() => Check(10_000, JsonDocuments.Noise.ToArbitrary(), AssertJudgedAlike);

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("1\0")]
    [InlineData("\0")]
    [InlineData("\u00A01")]
    [InlineData("[1\v]")]
    [InlineData("[1,\f2]")]
    [InlineData("/")]
    [InlineData("/*/")]
    [InlineData("/**/1")]
    [InlineData("1//")]
    [InlineData("1/")]
    [InlineData("1//\r2")]
    [InlineData("//\u2028\n1")]
    [InlineData("//\u2029\n1")]
    [InlineData("//\u0085\n1")]
    [InlineData("/*\u2028*/1")]
    [InlineData("[1,/**/]")]
    [InlineData("[/**/,]")]
    [InlineData("{/**/\"a\"/**/:/**/1/**/,/**/}")]
    [InlineData("\uFEFF\uFEFF1")]
    [InlineData("1e999")]
    [InlineData("{\"a\":1,//\n}")]
    [InlineData("{,}")]
    [InlineData("-")]
    [InlineData("-0")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("0e")]
    [InlineData("0E+0")]
    [InlineData("1.e1")]
    [InlineData("1e1.5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("tru")]
    [InlineData("truex")]
    [InlineData("true\"\"")]
    [InlineData("\"\u007F\u0080\"")]
    [InlineData("\"\u001F\"")]
    [InlineData("\"\\u000\"")]
    [InlineData("\"\\u000G\"")]
    [InlineData("\"\\'\"")]
    [InlineData("\"\\")]
    [InlineData("\uFF11")]
    public void Odd_texts_are_valid_when_the_oracle_says_so(string text) => AssertJudgedAlike(text);

    private static void Check(int count, Arbitrary<string> texts, Action<string> property) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20260101, 7).WithQuietOnSuccess(true), Prop.ForAll(texts, property));

    private static void AssertJudgedAlike(string text)
    {
        JsonTree tree = TreeText.Parse(text);
        bool isValid = tree.Errors.All(error => error.Kind is not JsonErrorKind.Syntax);
        using JsonDocument? oracle = Read(text);
        Assert.True(isValid == oracle is not null, $"{(isValid ? "valid" : TreeText.Errors(tree)[0])}: {text}");
        Assert.All(tree.Errors, error => Assert.InRange(error.Span.End, error.Span.Start, text.Length));
        AssertNested(tree.Root, 0, text.Length);
    }

    // What the oracle says, its own differences made up for; null where it refuses the text.
    private static JsonDocument? Read(string text)
    {
        text = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text)); // Replaces lone surrogates.
        if (text.StartsWith('\uFEFF')) text = text[1..];
        return TryRead(text) ?? (text.Contains('/') ? TryRead(WithoutComments(text)) : null);
    }

    private static JsonDocument? TryRead(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Strings are matched so that they are not looked into. A comment that the oracle would refuse is left.
    private static string WithoutComments(string text) => Regex.Replace(
        text, """("(?:[^"\\]|\\.)*")|//[^\n\r\u2028\u2029]*(?=[\n\r]|\z)|/\*.*?\*/""", match => match.Groups[1].Success ? match.Value : " ", RegexOptions.Singleline);

    private static void AssertSame(JsonElement expected, JsonNode actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var made = Assert.IsType<JsonObject>(actual);
                Assert.Equal(expected.EnumerateObject().Select(property => property.Name), made.Properties.Select(property => property.Name));
                foreach ((System.Text.Json.JsonProperty property, Declarations.Json.JsonProperty own) in expected.EnumerateObject().Zip(made.Properties))
                {
                    AssertSame(property.Value, own.Value);
                    Assert.True(made.TryGet(property.Name, out Declarations.Json.JsonProperty found));
                    AssertSame(expected.GetProperty(property.Name), found.Value);
                }

                break;
            case JsonValueKind.Array:
                var array = Assert.IsType<JsonArray>(actual);
                Assert.Equal(expected.GetArrayLength(), array.Items.Length);
                foreach ((JsonElement item, JsonNode own) in expected.EnumerateArray().Zip(array.Items)) AssertSame(item, own);
                break;
            default:
                AssertSameLiteral(expected, Assert.IsType<JsonLiteral>(actual));
                break;
        }
    }

    private static void AssertSameLiteral(JsonElement expected, JsonLiteral actual)
    {
        Assert.Equal(expected.GetRawText(), actual.Text);
        switch (expected.ValueKind)
        {
            case JsonValueKind.String:
                Assert.True(actual.TryGetString(out string text));
                Assert.Equal(expected.GetString(), text);
                break;
            case JsonValueKind.Number when double.IsInfinity(expected.GetDouble()):
                Assert.Equal(JsonKind.Invalid, actual.Kind);
                break;
            case JsonValueKind.Number:
                Assert.True(actual.TryGetDouble(out double near));
                Assert.Equal(expected.GetDouble(), near);
                Assert.Equal(expected.TryGetDecimal(out decimal expectedDecimal), actual.TryGetDecimal(out decimal exact));
                Assert.Equal(expectedDecimal, exact);
                if (expected.TryGetInt32(out int expectedWhole))
                {
                    Assert.True(actual.TryGetInt32(out int whole));
                    Assert.Equal(expectedWhole, whole);
                }

                break;
            default:
                Assert.Equal(expected.ValueKind.ToString(), actual.Kind.ToString());
                break;
        }
    }

    // Each part lies in the one around it, behind the one before it.
    private static int AssertNested(JsonNode node, int start, int end)
    {
        Assert.InRange(node.Span.Start, start, end);
        Assert.InRange(node.Span.End, node.Span.Start, end);
        int at = node.Span.Start;
        if (node is JsonArray array)
        {
            foreach (JsonNode item in array.Items) at = AssertNested(item, at, node.Span.End);
        }

        if (node is JsonObject made)
        {
            foreach (Declarations.Json.JsonProperty property in made.Properties)
            {
                Assert.InRange(property.NameSpan.Start, at, property.NameSpan.End);
                at = AssertNested(property.Value, property.NameSpan.End, node.Span.End);
            }
        }

        return node.Span.End;
    }
}
