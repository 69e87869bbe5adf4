using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>
/// The emitted code of the first program that a user writes, to be read as code. Where a change of it is meant, write
/// the files anew: set the variable ROUTERGEN_WRITE_BASELINES and run these tests.
/// </summary>
public class BaselineTests
{
    private const string Declaration = """
        using RouterGen;

        namespace Shop;

        [ModelGroup("claude-fast"NAMED)]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
        [Deployment("openai/gpt-4o-mini", Rpm = 5000)]
        public KIND partial class Models;

        """;

    [Fact]
    public void The_static_class_of_the_first_program() => AssertBaseline(Declaration.Replace("NAMED", "").Replace("KIND", "static"), "static");

    [Fact]
    public void An_instance_class_with_a_fallback() => AssertBaseline(
        Declaration.Replace("NAMED", ", Fallbacks = [\"backup\"], TimeoutSeconds = 30").Replace("KIND", "sealed")
            + """

            [ModelGroup("backup")]
            [Deployment("openai/o4-mini", ApiKeyEnv = "BACKUP_KEY")]
            partial class Models;
            """,
        "instance");

    private static void AssertBaseline(string source, string name, [CallerFilePath] string here = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(here)!, "Baselines", name);
        Dictionary<string, string> files = Files(Verifier.Verify(source)).ToDictionary(file => file.Key, file => WithoutVersion(file.Value));
        if (Environment.GetEnvironmentVariable("ROUTERGEN_WRITE_BASELINES") is not null)
        {
            Directory.CreateDirectory(folder);
            foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
            foreach ((string file, string text) in files) File.WriteAllText(Path.Combine(folder, file + ".txt"), text);
        }

        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Key + ".txt")), file.Value, ignoreLineEndingDifferences: true));
    }

    private static IEnumerable<KeyValuePair<string, string>> Files(GeneratorRun run) =>
        run.Files.Concat(run.Constants.Select(file => KeyValuePair.Create($"RouterGen.Codecs.Constants.{file.Key}.g.cs", file.Value)));

    // A release changes no file.
    private static string WithoutVersion(string text) => Regex.Replace(text, "(GeneratedCode\\(\"RouterGen\", \")[^\"]*", "$1*");
}
