using RouterGen.Declarations.Json;

namespace RouterGen.Generator.Tests.Json;

/// <summary>JSON while it is being typed: what is understood is kept.</summary>
public class JsonRecoveryTests
{
    private const string Whole = """
        // Models of the shop.
        {
          "$schema": "https://example.com/models.schema.json",
          "groups": [
            {
              "name": "claude-fast", /* the cheap one */
              "strategy": "Weighted",
              "deployments": [
                { "model": "anthropic/claude-haiku-4-5", "rpm": 1000, "weight": 0.25, "tags": ["eu", "f\u0061st"] },
                { "model": "openai/gpt-4o-mini", "rpm": 5e3, "weight": 7.5e-1, "order": -1, "audit": null, },
              ],
              "fallbacks": ["backup"],
            },
            { "name": "backup", "deployments": [{ "model": "openai/gpt-4o", "stream": true, "probe": false }] },
          ],
          "text": "quote \" backslash \\ line \n end",
          "settings": { "timeout": 30, "nested": [[1], [[2, {}]]] }
        }
        """;

    [Fact]
    public void A_text_cut_anywhere_keeps_what_came_before()
    {
        string[] whole = [.. Leaves(TreeText.Parse(Whole).Root)];
        Assert.Equal(22, whole.Length);
        for (int length = 0; length < Whole.Length; length++)
        {
            JsonTree tree = TreeText.Parse(Whole[..length]);

            Assert.Contains(tree.Errors, error => error.Kind is JsonErrorKind.Syntax);
            Assert.All(tree.Errors, error => Assert.InRange(error.Span.End, error.Span.Start, length));
            string[] complete = [.. whole.Where(leaf => EndOf(leaf) < length)];
            Assert.Equal(complete, Leaves(tree.Root).Where(leaf => EndOf(leaf) < length && !leaf.Contains("Invalid")));
        }
    }

    [Fact]
    public void A_text_without_any_one_character_is_read_to_its_end()
    {
        for (int at = 0; at < Whole.Length; at++)
        {
            JsonTree tree = TreeText.Parse(Whole.Remove(at, 1));

            Assert.All(tree.Errors, error => Assert.InRange(error.Span.End, error.Span.Start, Whole.Length - 1));
        }
    }

    [Theory]
    [InlineData("\"new\"")]
    [InlineData("\"new\":")]
    [InlineData("\"new\": \"")]
    [InlineData("\"new\": \"text")]
    [InlineData("\"new\": \"text\"")]
    [InlineData("\"new\": tru")]
    [InlineData("\"new\": -")]
    [InlineData("\"new\": [],,")]
    [InlineData("\"ne")]
    [InlineData("\"")]
    [InlineData("ne")]
    [InlineData(":")]
    [InlineData("]")]
    [InlineData("@ ; #")]
    [InlineData("{}")]
    public void A_half_typed_property_leaves_those_around_it(string typed)
    {
        JsonTree tree = TreeText.Parse($"{{\n  \"before\": 1,\n  {typed}\n  \"after\": 2\n}}");

        Assert.NotEmpty(tree.Errors);
        var made = (JsonObject)tree.Root;
        Assert.True(made.TryGet("before", out JsonProperty before));
        Assert.Equal("1", Text(before));
        Assert.True(made.TryGet("after", out JsonProperty after));
        Assert.Equal("2", Text(after));
    }

    [Fact]
    public void A_name_without_a_value_does_not_take_the_next_name_for_it()
    {
        JsonTree tree = TreeText.Parse("{\n  \"a\":\n  \"b\": 2\n}");

        Assert.Equal(["8..8 expected a value"], TreeText.Errors(tree));
        Assert.Equal("0..19 Object\n  4..7 a: 8..8 Invalid\n  11..14 b: 16..17 Number 2\n", TreeText.Render(tree));
    }

    [Theory]
    [InlineData("{\"a\": [1, 2, \"b\": 3}", "0..20 Object")]
    [InlineData("{\"a\": {\"b\": [1}, \"c\": 2}", "0..24 Object")]
    public void An_unclosed_value_is_closed_with_the_one_around_it(string text, string root) =>
        Assert.StartsWith(root, TreeText.Render(TreeText.Parse(text)));

    [Theory]
    [InlineData("1e999")]
    [InlineData("01")]
    [InlineData("'x'")]
    [InlineData("\"\\x\"")]
    [InlineData("\"x")]
    [InlineData("none")]
    [InlineData("")]
    public void A_wrong_value_is_neither_text_nor_number(string value)
    {
        var items = (JsonArray)TreeText.Parse($"[0, {value}\n,1]").Root;

        Assert.Equal([JsonKind.Number, JsonKind.Invalid, JsonKind.Number], items.Items.Select(item => item.Kind));
        var wrong = (JsonLiteral)items.Items[1];
        Assert.False(wrong.TryGetString(out _) || wrong.TryGetInt32(out _) || wrong.TryGetDouble(out _) || wrong.TryGetDecimal(out _) || wrong.TryGetBoolean(out _));
        Assert.Equal(value, wrong.Text);
    }

    private static string Text(JsonProperty property) => Assert.IsType<JsonLiteral>(property.Value).Text;

    // The literals with their place in the tree, and where they end, which leads so that it can be told what came before.
    private static IEnumerable<string> Leaves(JsonNode node, string path = "") => node switch
    {
        JsonObject made => made.Properties.SelectMany(property => Leaves(property.Value, $"{path}/{property.Name}")),
        JsonArray array => array.Items.SelectMany((item, i) => Leaves(item, $"{path}/{i}")),
        _ => [$"{node.Span.End} {path} {node.Kind} {((JsonLiteral)node).Text}"],
    };

    private static int EndOf(string leaf) => int.Parse(leaf[..leaf.IndexOf(' ')]);
}
