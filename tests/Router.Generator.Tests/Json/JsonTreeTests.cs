using RouterGen.Declarations.Json;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests.Json;

/// <summary>What well-formed texts mean, and where their parts are.</summary>
public class JsonTreeTests
{
    [Fact]
    public void Each_kind_of_value_has_its_place()
    {
        JsonTree tree = TreeText.Parse("""{ "a": [1, -2.5e3, "x"], "b" : {"c":null}, "d": true, "e": false, "f": [], "g": {} }""");

        Assert.Empty(tree.Errors);
        Assert.Equal("""
            0..84 Object
              2..5 a: 7..23 Array
                8..9 Number 1
                11..17 Number -2.5e3
                19..22 String x
              25..28 b: 31..41 Object
                32..35 c: 36..40 Null
              43..46 d: 48..52 True
              54..57 e: 59..64 False
              66..69 f: 71..73 Array
              75..78 g: 80..82 Object

            """, TreeText.Render(tree), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_byte_order_mark_comments_and_trailing_commas_are_passed_over()
    {
        JsonTree tree = TreeText.Parse("\uFEFF// first\n{ /* a */ \"a\" /**/ : // why\r\n [1, /***/ 2,], }\t// last");

        Assert.Empty(tree.Errors);
        Assert.Equal("""
            10..56 Object
              20..23 a: 40..53 Array
                41..42 Number 1
                50..51 Number 2

            """, TreeText.Render(tree), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData(@"""plain 'text' // no comment""", "plain 'text' // no comment")]
    [InlineData(@"""\""\\\/\b\f\n\r\t""", "\"\\/\b\f\n\r\t")]
    [InlineData(@"""\u0041\u00e9\u20AC\uD83D\ude00""", "Aé€\uD83D\uDE00")]
    [InlineData("\"\u007F\u2028\"", "\u007F\u2028")]
    public void A_string_means_its_unescaped_text(string text, string value)
    {
        JsonTree tree = TreeText.Parse(text);

        Assert.Empty(tree.Errors);
        Assert.True(Literal(tree).TryGetString(out string read));
        Assert.Equal(value, read);
        Assert.Equal(text, Literal(tree).Text);
    }

    [Fact]
    public void A_lone_surrogate_stays_as_it_is()
    {
        Assert.True(Literal(TreeText.Parse("\"a\uDC00b\\uD800\"")).TryGetString(out string read));
        Assert.Equal("a\uDC00b\uD800", read);
    }

    [Fact]
    public void A_name_is_found_by_what_it_means()
    {
        var made = (JsonObject)TreeText.Parse("""{"m\u006fdel": 1, "": 2}""").Root;

        Assert.True(made.TryGet("model", out JsonProperty property));
        Assert.Equal(SourceSpan.FromBounds(1, 13), property.NameSpan);
        Assert.True(made.TryGet("", out _));
        Assert.False(made.TryGet("Model", out _));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void The_last_of_several_properties_counts(int others)
    {
        string filler = string.Concat(Enumerable.Range(0, others).Select(i => $"\"n{i}\": {i}, "));
        JsonTree tree = TreeText.Parse($$"""{"x": 1, {{filler}}"x": 2}""");
        var made = (JsonObject)tree.Root;

        Assert.True(made.TryGet("x", out JsonProperty property));
        Assert.Equal("2", Assert.IsType<JsonLiteral>(property.Value).Text);
        Assert.Equal(others + 2, made.Properties.Length);
        JsonError error = Assert.Single(tree.Errors);
        Assert.Equal((JsonErrorKind.DuplicateProperty, "duplicate property 'x'", property.NameSpan), (error.Kind, error.Message, error.Span));
        Assert.True(made.TryGet("n1", out JsonProperty other));
        Assert.Equal("1", Assert.IsType<JsonLiteral>(other.Value).Text);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("1e3", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("25e-1", null)]
    [InlineData("2147483648", null)]
    [InlineData("-2147483649", null)]
    [InlineData("1e30", null)]
    [InlineData("true", null)]
    [InlineData("\"1\"", null)]
    public void A_whole_number_is_read_however_it_is_spelled(string text, int? value) =>
        Assert.Equal(value, Literal(TreeText.Parse(text)).TryGetInt32(out int read) ? read : null);

    [Fact]
    public void Numbers_are_read_in_the_invariant_culture()
    {
        JsonLiteral price = Literal(TreeText.Parse("1.5e-07"));

        Assert.True(price.TryGetDecimal(out decimal exact));
        Assert.Equal(0.00000015m, exact);
        Assert.True(price.TryGetDouble(out double near));
        Assert.Equal(1.5e-7, near);
        Assert.False(Literal(TreeText.Parse("1e29")).TryGetDecimal(out _));
        Assert.True(Literal(TreeText.Parse("1.7976931348623157e308")).TryGetDouble(out near));
        Assert.Equal(double.MaxValue, near);
    }

    [Fact]
    public void Only_a_boolean_is_a_boolean()
    {
        Assert.True(Literal(TreeText.Parse("true")).TryGetBoolean(out bool value));
        Assert.True(value);
        Assert.True(Literal(TreeText.Parse("false")).TryGetBoolean(out value));
        Assert.False(value);
        Assert.False(Literal(TreeText.Parse("1")).TryGetBoolean(out _));
        Assert.False(Literal(TreeText.Parse("null")).TryGetString(out _));
    }

    private static JsonLiteral Literal(JsonTree tree) => Assert.IsType<JsonLiteral>(tree.Root);
}
