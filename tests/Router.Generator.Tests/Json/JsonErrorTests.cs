using RouterGen.Declarations.Json;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Tests.Json;

/// <summary>Each error, where it is, and that it comes alone.</summary>
public class JsonErrorTests
{
    [Theory]
    [InlineData("", "0..0 expected a value")]
    [InlineData("  // nothing", "0..0 expected a value")]
    [InlineData("{} {}", "3..4 expected the end of the file")]
    [InlineData("[1 2]", "2..2 expected ',' or ']'")]
    [InlineData("{\"a\": 1\n  \"b\": 2}", "7..7 expected ',' or '}'")]
    [InlineData("{\"a\": 1", "7..7 expected ',' or '}'")]
    [InlineData("{\"a\": 1,", "8..8 expected '}'")]
    [InlineData("[", "1..1 expected ']'")]
    [InlineData("[[[[", "4..4 expected ']'")]
    [InlineData("[1,,2]", "3..3 expected a value")]
    [InlineData("[,]", "1..1 expected a value")]
    [InlineData("{,}", "1..1 expected a property name")]
    [InlineData("{\"a\":1,,}", "7..7 expected a property name")]
    [InlineData("{[1]}", "1..1 expected a property name")]
    [InlineData("{\"a\"}", "4..4 expected ':'")]
    [InlineData("{\"a\" 1}", "4..4 expected ':'", "5..6 property name must be in double quotes")]
    [InlineData("{\"a\":}", "5..5 expected a value")]
    [InlineData("{\"a\":, \"b\": 1}", "5..5 expected a value")]
    [InlineData("{name: 1}", "1..5 property name must be in double quotes")]
    [InlineData("{'name': 1}", "1..7 property name must be in double quotes")]
    [InlineData("['text']", "1..7 string must be in double quotes")]
    [InlineData("[text]", "1..5 expected a value; text must be in double quotes")]
    [InlineData("[True]", "1..5 expected a value; text must be in double quotes")]
    [InlineData("[\"text\n]", "1..6 unterminated string")]
    [InlineData("{\"a\": \"text,\n\"b\": 1}", "6..12 unterminated string")]
    [InlineData("[\"text", "1..6 unterminated string")]
    [InlineData("[\"a\\", "3..4 invalid escape")]
    [InlineData(@"[""a\qb""]", "3..5 invalid escape")]
    [InlineData(@"[""a\u12g4""]", "3..7 invalid escape")]
    [InlineData("[\"a\tb\"]", "3..4 control character must be escaped")]
    [InlineData("[01]", "1..3 invalid number")]
    [InlineData("[-]", "1..2 invalid number")]
    [InlineData("[1.]", "1..3 invalid number")]
    [InlineData("[1e+]", "1..4 invalid number")]
    [InlineData("[1x]", "1..3 invalid number")]
    [InlineData("[+1]", "1..3 expected a value; text must be in double quotes")]
    [InlineData("[.5]", "1..3 expected a value; text must be in double quotes")]
    [InlineData("[1e999]", "1..6 number out of range")]
    [InlineData("[1] /* never", "4..6 unterminated comment")]
    [InlineData("[1 / 2]", "2..2 expected ',' or ']'", "3..4 expected a value; text must be in double quotes")]
    [InlineData("{\"a\": [1}", "8..8 expected ',' or ']'")]
    [InlineData("[{\"a\": 1]", "8..8 expected ',' or '}'")]
    [InlineData("{\"a\": 1, \"a\": 2}", "9..12 duplicate property 'a'")]
    public void An_error_is_where_the_mistake_is(string text, params string[] errors) => Assert.Equal(errors, TreeText.Errors(TreeText.Parse(text)));

    [Fact]
    public void A_comment_ends_where_an_editor_ends_the_line() =>
        Assert.Equal("10..11 expected a value; text must be in double quotes", TreeText.Errors(TreeText.Parse("[ // words\u2028\n1]"))[0]);

    [Fact]
    public void Many_mistakes_are_all_found() => Assert.Equal(
        ["1..5 property name must be in double quotes", "17..20 expected a value; text must be in double quotes", "30..30 expected ',' or '}'", "43..45 invalid number", "57..59 invalid escape"],
        TreeText.Errors(TreeText.Parse("""{name: "x", "a": yes, "b": [1] "list": [1, 02], "text": "\d"}""")).Order().ToArray());

    [Fact]
    public void Sixty_four_levels_are_read_and_no_more()
    {
        Assert.Empty(TreeText.Parse(new string('[', 64) + new string(']', 64)).Errors);

        JsonTree tree = TreeText.Parse("{\"a\":" + new string('[', 64) + "{\"b\": \"]\"}" + new string(']', 64) + ", \"c\": 1}");
        Assert.Equal(["68..69 too deep: at most 64 levels are read"], TreeText.Errors(tree));
        Assert.True(((JsonObject)tree.Root).TryGet("c", out _));
    }

    [Fact]
    public void A_file_too_large_is_not_read()
    {
        JsonTree tree = TreeText.Parse("[" + new string(' ', JsonTree.MaxLength - 1) + "]");

        Assert.Equal(["0..0 file too large: at most 8 million characters are read"], TreeText.Errors(tree));
        Assert.Equal(JsonKind.Invalid, tree.Root.Kind);
    }

    [Fact]
    public void A_file_that_is_no_JSON_has_no_more_errors_than_anybody_reads()
    {
        JsonTree tree = TreeText.Parse("[" + string.Concat(Enumerable.Repeat("\"a\" : x ;", 1000)));

        Assert.Equal(100, tree.Errors.Length);
    }

    [Fact]
    public void Duplicates_do_not_hide_an_error_behind_them()
    {
        JsonTree tree = TreeText.Parse("{" + string.Concat(Enumerable.Repeat("\"a\": 1, ", 1000)));

        Assert.Equal(101, tree.Errors.Length);
        Assert.Equal(JsonErrorKind.Syntax, tree.Errors[^1].Kind);
    }

    [Fact]
    public void A_message_quotes_a_long_name_in_part()
    {
        string name = new('n', 1000);

        JsonError error = Assert.Single(TreeText.Parse($$"""{"{{name}}": 1, "{{name}}": 2}""").Errors);
        Assert.Equal($"duplicate property '{new string('n', 40)}...'", error.Message);
        Assert.Equal(new SourceSpan(1008, 1002), error.Span);
    }
}
