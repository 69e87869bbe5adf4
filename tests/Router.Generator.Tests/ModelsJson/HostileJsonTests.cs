using System.Text;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tests;

/// <summary>Whatever is in a models.json, nothing is thrown and nothing hangs.</summary>
public class HostileJsonTests
{
    private const string Whole = """
        { "class": "Models", "providers": { "p": { "dialect": "openAIChat", "endpoint": "http://localhost:1/v1" } },
          "groups": { "a": { "fallbacks": ["b"], "timeoutSeconds": 1e1, "deployments": ["p/m", { "model": "openai/gpt-4o", "weight": 0.5, "inputPrice": 1 }] }, "b": { "deployments": [] } },
          "model_list": [{ "model_name": "c", "litellm_params": { "model": "gpt-4o", "api_key": "os.environ/K", "timeout": 3, "input_cost_per_token": 1e-6 }, "model_info": { "id": "i" } }],
          "router_settings": { "num_retries": 2, "fallbacks": [{ "c": ["a"] }, { "*": ["b"] }], "model_group_alias": { "d": "c", "e": { "model": "c" } } } }
        """;

    private static readonly string[] Splices = ["", "{", "}", "[", "]", "\"", ":", ",", "null", "1e308", "-1", "\"\"", "[[[[", "\\ud800", "\"a\"", "{\"a\":[]}", "\0", "//", "/*", "9999999999999999999999"];

    private static readonly IAssemblySymbol Assembly = new Verifier { Sources = [""] }.Compile().Assembly;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutations_throw_nothing(int seed)
    {
        foreach (string text in Mutations(seed, 1000)) Parse(text);
    }

    /// <summary>Returns texts that differ from a file with everything in it by a few random edits.</summary>
    internal static IEnumerable<string> Mutations(int seed, int count)
    {
        var random = new Random(seed);
        for (int round = 0; round < count; round++)
        {
            var text = new StringBuilder(Whole);
            for (int edits = random.Next(1, 6); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                text.Remove(at, Math.Min(random.Next(12), text.Length - at)).Insert(at, Splices[random.Next(Splices.Length)]);
            }

            yield return text.ToString();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\uFEFF{}")]
    [InlineData("[[[[[[[[")]
    [InlineData("{ \"groups\": null, \"class\": null, \"providers\": null, \"model_list\": null, \"router_settings\": null }")]
    [InlineData("{ \"groups\": { \"\": { \"deployments\": [\"\", {}, null, 1, [], \"/\", \"openai/\"] } } }")]
    [InlineData("{ \"groups\": { \"\\ud800\": { \"deployments\": [\"openai/\\udfff\\u0000\"] } } }")]
    [InlineData("{ \"class\": \"a..b\" }")]
    [InlineData("{ \"class\": \"System.String\", \"groups\": { \"a\": { \"deployments\": [\"openai/gpt-4o\"] } } }")]
    public void Odd_files_throw_nothing(string json) => Assert.Null(new Verifier { Sources = [""], Files = [new UserFile(json)] }.Run(out _).Result.Exception);

    [Fact]
    public void A_chain_of_fallbacks_may_be_long()
    {
        const int Length = 20_000;
        IEnumerable<string> groups = Enumerable.Range(0, Length).Select(i => $$"""
            "g{{i}}": { "fallbacks": ["g{{(i + 1) % Length}}"], "deployments": ["openai/gpt-4o"] }
            """);

        ParsedClass parsed = Parse($$"""{ "groups": { {{string.Join(",", groups)}} } }""");

        Assert.Empty(parsed.Problems);
    }

    private static ParsedClass Parse(string json)
    {
        ModelsFile file = ModelsReader.Read(new SourceFile("models.json", json));
        ParsedClass parsed = ClassParser.Parse(
            ClassReader.FactsOfMade(file.ClassName, "", Assembly, TestContext.Current.CancellationToken), [file.Declarations], ModelCatalog.Default, asOf: null, new ProblemList(), TestContext.Current.CancellationToken);
        Assert.All(file.Problems.Concat(parsed.Problems), problem => Assert.True(Assert.IsType<FilePlace>(problem.Place).Span.End <= json.Length, problem.Message));
        return parsed;
    }
}
