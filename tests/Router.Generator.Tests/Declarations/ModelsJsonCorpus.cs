using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>Files of all sorts: those that tests and guides show, right and wrong, and mutations of them.</summary>
internal static class ModelsJsonCorpus
{
    // Ends of lines as an editor knows them; names that are words of C# or have letters of other alphabets.
    private static readonly string[] Odd =
    [
        "",
        "{ }\r\n nope",
        "{\r\"a\":1,\n\"b\":2,\r\n\"c\":3,\u0085\"d\":4,\u2028\"e\":5,\u2029\"f\":6}",
        "{ \"groups\": {\r\n  \"ünïcode 𝒳\": { \"deployments\": [\"openai/gpt-4o\",\n\r \"opnai/gpt-4o\"] } } }",
        "{ \"class\": \"Shop.class\", \"groups\": { \"class\": { \"deployments\": [\"openai/gpt-4o\"] }, \"Class\": { \"deployments\": [\"openai/gpt-4o\"] } } }",
        "{ \"class\": \"Ünder_skore9.Ⅷ\", \"groups\": { \"a\": { \"rpm\": 1 } } }",
        "{ \"class\": \"9\", \"class\": \"a.\", \"groups\": { \"a\": { }, \"a\": { } } }",
    ];

    public static List<string> Texts() => [.. Odd.Concat(OfTests()).Concat(OfGuides()).Concat(HostileJsonTests.Mutations(seed: 4, count: 200)).Distinct()];

    private static IEnumerable<string> OfTests() =>
        from method in typeof(ModelsJsonCorpus).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        from data in method.GetCustomAttributes<InlineDataAttribute>()
        from text in data.Data.OfType<string>()
        where Regex.IsMatch(text, @"^\s*[{\[]") && Regex.IsMatch(text, "\"(groups|providers|model_list|model_name|router_settings)\"")
        select Markup.Parse(text).Source;

    private static IEnumerable<string> OfGuides([CallerFilePath] string here = "") =>
        from path in Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        from Match match in Regex.Matches(File.ReadAllText(path), "```json\r?\n(.*?)```", RegexOptions.Singleline)
        select match.Groups[1].Value;
}
