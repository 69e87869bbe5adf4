using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RouterGen.Declarations.LiteLLM;

namespace RouterGen.Generator.Tests;

/// <summary>The guides to models.json: their examples build, and their tables are complete.</summary>
public class GuideTests
{
    public static TheoryData<string> Examples { get; } = new(JsonIn("models-json.md").Concat(JsonIn("migrating-from-litellm.md")));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_builds_without_a_word(string json)
    {
        await AnalyzerVerifier.VerifyJsonAsync(json);
        Assert.Contains("Models.ClaudeFast.g.cs", Run(json).Keys);
    }

    [Fact]
    public void A_LiteLLM_configuration_and_its_translation_are_the_same()
    {
        string[] examples = [.. JsonIn("migrating-from-litellm.md")];

        Assert.Equal(3, examples.Length);
        Assert.Equal(Run(examples[1]), Run(examples[0]));
    }

    [Fact]
    public void No_setting_is_listed_twice() =>
        Assert.All(
            new[] { LiteLLMSettings.TopLevel, LiteLLMSettings.Entry, LiteLLMSettings.Params, LiteLLMSettings.Info, LiteLLMSettings.Router },
            table => Assert.Equal(table.Length, table.Select(setting => setting.Name).Distinct().Count()));

    private static Dictionary<string, string> Run(string json) => new Verifier { Sources = [""], Files = [new UserFile(json)] }.Verify().Files;

    private static IEnumerable<string> JsonIn(string guide) =>
        Regex.Matches(Read(guide), "```json\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    private static string Read(string guide, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", guide)).ReplaceLineEndings("\n");
}
