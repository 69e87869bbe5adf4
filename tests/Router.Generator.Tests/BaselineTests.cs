using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Emit;

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

    // What stands in place of the version, so that a release changes no file.
    private const string AnyVersion = "GeneratedCode(\"RouterGen\", \"*\")";

    private static readonly string ThisVersion = $"GeneratedCode(\"RouterGen\", \"{typeof(RouterGenerator).Assembly.GetName().Version!.ToString(3)}\")";

    [Fact]
    public Task The_static_class_of_the_first_program() => AssertBaselineAsync(Declaration.Replace("NAMED", "").Replace("KIND", "static"), "static");

    [Fact]
    public Task An_instance_class_with_a_fallback() => AssertBaselineAsync(
        Declaration.Replace("NAMED", ", Fallbacks = [\"backup\"], TimeoutSeconds = 30").Replace("KIND", "sealed")
            + """

            [ModelGroup("backup")]
            [Deployment("openai/o4-mini", ApiKeyEnv = "BACKUP_KEY")]
            partial class Models;
            """,
        "instance");

    private static async Task AssertBaselineAsync(string source, string name, [CallerFilePath] string here = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(here)!, "Baselines", name);
        GeneratorRun run = Verifier.Verify(source);
        HashSet<string> emitted = [.. run.Files.Keys, .. run.Constants.Keys.Select(static name => $"RouterGen.Codecs.Constants.{name}.g.cs")];
        if (Environment.GetEnvironmentVariable("ROUTERGEN_WRITE_BASELINES") is not null)
        {
            Directory.CreateDirectory(folder);
            foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
            foreach (GeneratedSourceResult file in run.Result.GeneratedSources.Where(file => emitted.Contains(file.HintName)))
                File.WriteAllText(PathOf(file.HintName), file.SourceText.ToString().Replace(ThisVersion, AnyVersion));
        }

        Assert.Equal(emitted.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        await new UserGeneratorTest(
            source,
            run.Result.GeneratedSources.Select(file => (file.HintName, emitted.Contains(file.HintName)
                ? SourceText.From(File.ReadAllText(PathOf(file.HintName)).ReplaceLineEndings("\n").Replace(AnyVersion, ThisVersion), SourceWriter.Utf8)
                : file.SourceText))).RunAsync();

        string PathOf(string hintName) => Path.Combine(folder, hintName + ".txt");
    }
}
