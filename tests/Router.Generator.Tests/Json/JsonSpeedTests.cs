using System.Diagnostics;
using System.Text;
using RouterGen.Declarations.Json;

namespace RouterGen.Generator.Tests.Json;

/// <summary>
/// Large and hostile files take time in proportion to their size. The bounds are many times what is needed, so that a
/// busy machine passes; what is quadratic takes minutes.
/// </summary>
public class JsonSpeedTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "a million opening brackets", new string('[', 1_000_000) },
        { "a million closing brackets", new string(']', 1_000_000) },
        { "brackets in brackets", string.Concat(Enumerable.Repeat("[{", 500_000)) },
        { "a million commas in an array", "[" + new string(',', 1_000_000) },
        { "a million commas in an object", "{" + new string(',', 1_000_000) },
        { "a million colons", "{" + new string(':', 1_000_000) },
        { "a million quotes", new string('"', 1_000_000) },
        { "a million backslashes", "[\"" + new string('\\', 1_000_000) },
        { "a million stars", "/*" + new string('*', 1_000_000) },
        { "a million slashes", "[" + string.Concat(Enumerable.Repeat("/ ", 500_000)) },
        { "a million digits", new string('9', 1_000_000) },
        { "names without values", "{" + string.Concat(Enumerable.Repeat("\"a\":", 250_000)) },
        { "one name again and again", "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 150_000)) },
        { "unterminated strings", "[" + string.Concat(Enumerable.Repeat("\"a\n", 300_000)) },
    };

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void Hostile_text_is_read_in_linear_time(string what, string text)
    {
        JsonTree tree = Timed(text);

        Assert.True(tree.Errors.Length > 0, what);
    }

    [Fact]
    public void One_string_of_five_million_characters()
    {
        string value = new('x', 5_000_000);

        Assert.True(((JsonLiteral)Timed($"\"{value}\"").Root).TryGetString(out string read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void Two_hundred_thousand_properties_with_a_duplicate()
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) text.Append($"\"name{i}\":{i},");

        JsonTree tree = Timed(text.Append("\"name77\":0}").ToString());

        Assert.Equal("duplicate property 'name77'", Assert.Single(tree.Errors).Message);
        Assert.True(((JsonObject)tree.Root).TryGet("name199999", out _));
    }

    [Fact]
    public void A_price_map_of_a_megabyte_and_a_half()
    {
        var text = new StringBuilder("{\n");
        for (int i = 0; text.Length < 1_500_000; i++)
        {
            text.Append($$"""
                    "provider/model-{{i}}": {
                        "cache_read_input_token_cost": 1.5e-07,
                        "input_cost_per_token": 1.5e-06,
                        "litellm_provider": "provider",
                        "max_input_tokens": 128000,
                        "max_output_tokens": 16384,
                        "mode": "chat",
                        "output_cost_per_token": 6e-06,
                        "supported_modalities": ["text", "image"],
                        "supports_function_calling": true,
                        "supports_vision": false
                    },

                """);
        }

        JsonTree tree = Timed(text.Append('}').ToString());

        Assert.Empty(tree.Errors);
        Assert.InRange(((JsonObject)tree.Root).Properties.Length, 2_000, 6_000);
    }

    private static JsonTree Timed(string text)
    {
        var watch = Stopwatch.StartNew();
        JsonTree tree = JsonTree.Parse(text);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        return tree;
    }
}
