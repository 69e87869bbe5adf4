using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests;

/// <summary>Text of users in C#, JSON and XML: what is read back is what was put in, and nothing breaks out.</summary>
public class LiteralTests
{
    public static TheoryData<string> Awkward { get; } = new(
        "plain", "", "\"", "\\", "\\\"", "\0\u0001\u001f\u007f\u0085", "\r\n\t", "\u2028\u2029", "{0} {{ }}", "*/ /* //", "\ud83d\ude80", "é快я",
        "\ufeff\u200b\u202e", "</summary>&<>'");

    [Theory]
    [MemberData(nameof(Awkward))]
    [InlineData(@"\ud800")]
    [InlineData(@"\udc00\ud800x")]
    public void A_string_literal_is_read_back(string text)
    {
        text = Unescape(text);
        string literal = Literal.Of(text);

        Assert.Equal(text, ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(literal)).Token.ValueText);
        Assert.DoesNotContain(literal, c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085');
    }

    [Theory]
    [MemberData(nameof(Awkward))]
    public void A_request_prefix_is_json_with_the_model(string text)
    {
        using JsonDocument json = JsonDocument.Parse(PrefixOf(text) + "}");

        Assert.Equal(text, json.RootElement.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData(@"a\udc00b")]
    public void A_lone_surrogate_has_no_utf8_and_goes_as_an_escape(string escaped) =>
        Assert.Equal("{\"model\":\"" + escaped + "\"", PrefixOf(Regex.Unescape(escaped)));

    [Theory]
    [MemberData(nameof(Awkward))]
    [InlineData(@"\ud800")]
    public void Text_in_a_comment_is_xml_on_one_line(string text)
    {
        text = Unescape(text);
        string xml = Literal.Xml(text);

        Assert.Equal(text.Length, XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace).Value.Length);
        Assert.DoesNotContain(xml, c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085');
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(1e-7)]
    [InlineData(1e300)]
    [InlineData(123456.789)]
    public void A_number_is_read_back(double value) =>
        Assert.Equal(value, Convert.ToDouble(((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(Literal.Of(value))).Token.Value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9999, "9999")]
    [InlineData(1047576, "1_047_576")]
    [InlineData(int.MaxValue, "2_147_483_647")]
    [InlineData(-20000, "-20_000")]
    public void A_whole_number_is_easy_to_read(int value, string expected) => Assert.Equal(expected, Literal.Of(value));

    [Fact]
    public void A_prefix_without_a_model_is_a_brace() => Assert.Equal("{", PrefixOf("gpt-6-luna", ""));

    // A lone surrogate does not survive the test runner, so it comes as an escape.
    private static string Unescape(string text) => text.StartsWith(@"\u", StringComparison.Ordinal) ? Regex.Unescape(text) : text;

    private static string PrefixOf(string model, string? members = null)
    {
        string literal = Literal.RequestPrefix(model, members);
        Assert.EndsWith("u8", literal);
        return (string)((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(literal[..^2])).Token.Value!;
    }
}
