using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests;

/// <summary>
/// One parser, three readers: a process that has no compiler reads the same files as the analyzer, and finds the same problems
/// with the same messages at the same characters.
/// </summary>
public class ProcessWithoutCompilerTests
{
    private const string Day = "2026-07-01";

    // Whether a type is a policy, or makes clients, is known by the user's code alone.
    private static readonly string[] AboutCode = ["RG0012", "RG0123"];

    private static readonly string Bin = Path.GetDirectoryName(typeof(ProcessWithoutCompilerTests).Assembly.Location)!;

    [Fact]
    public async Task It_finds_what_the_analyzer_finds()
    {
        List<string> texts = ModelsJsonCorpus.Texts();
        (string[] read, string[] loaded) = await ReadAsync(texts);
        List<string> analyzed = [];
        for (int i = 0; i < texts.Count; i++) analyzed.AddRange((await AnalyzeAsync(texts[i])).Select(problem => $"{FileName(i)} {problem}"));

        Assert.Equal(analyzed.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        Assert.InRange(read.Select(problem => problem.Split(' ')[1]).Distinct().Count(), 20, 100);
        Assert.Contains("RouterGen.Declarations", loaded);
        Assert.DoesNotContain(loaded, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> AnalyzeAsync(string text)
    {
        var verifier = new Verifier { Sources = ["// Built on " + Day], Files = [new UserFile(text)] };
        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier);
        return reported.Where(diagnostic => !AboutCode.Contains(diagnostic.Id)).Select(Describe);
    }

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan lines = diagnostic.Location.GetLineSpan();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{diagnostic.Id} {diagnostic.Severity} {diagnostic.Location.SourceSpan.Start}..{diagnostic.Location.SourceSpan.End} ({lines.StartLinePosition})-({lines.EndLinePosition}) {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }

    private static async Task<(string[] Problems, string[] Loaded)> ReadAsync(List<string> texts)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("routergen-");
        try
        {
            for (int i = 0; i < texts.Count; i++) await File.WriteAllTextAsync(Path.Combine(folder.FullName, FileName(i)), texts[i]);

            // Beside the program lies nothing but what it needs, which the compiler's assemblies are not.
            string program = Path.Combine(Bin, "..", "..", "..", "..", "DeclarationsReader", "bin", Path.GetFileName(Path.GetDirectoryName(Bin))!, Path.GetFileName(Bin), "RouterGen.Declarations.Reader.dll");
            var start = new ProcessStartInfo("dotnet", [program, folder.FullName, Day]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);

            ILookup<bool, string> lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToLookup(line => line.StartsWith("loaded ", StringComparison.Ordinal));
            Assert.Equal(texts.Count, lines[false].Count(IsSummary));
            return ([.. lines[false].Where(line => !IsSummary(line)).Select(Unescape)], [.. lines[true].Select(line => line["loaded ".Length..])]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsSummary(string line) => Regex.IsMatch(line, "^[0-9]+ has [0-9]+ groups$");

    private static string FileName(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    private static string Unescape(string line) =>
        Regex.Replace(line, @"\\u([0-9a-f]{4})", match => ((char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());
}
