using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RouterGen.Benchmarks.ColdBuild;

/// <summary>The compiler of the newest SDK, in a process of its own each time, so that nothing is warm.</summary>
internal static partial class Compiler
{
    private static readonly string Location = Find();

    public static Measurement Run(string arguments)
    {
        double cpu = CpuOfChildren();
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Location, "@" + arguments]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double wall = watch.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0) throw new InvalidOperationException(output);
        return new(wall, CpuOfChildren() - cpu, Milliseconds(GeneratorTime(), output), Milliseconds(AnalyzerTime(), output));
    }

    private static double Milliseconds(Regex line, string output) =>
        line.Match(output) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000 : 0;

    // Linux counts it for children that have ended, in hundredths of a second. Elsewhere it is not measured.
    private static double CpuOfChildren()
    {
        const string Statistics = "/proc/self/stat";
        if (!File.Exists(Statistics)) return 0;
        string text = File.ReadAllText(Statistics);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return 10 * (double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture));
    }

    private static string Find()
    {
        string root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return Directory.GetDirectories(Path.Combine(root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Last(File.Exists);
    }

    [GeneratedRegex(@"Total generator execution time: ([\d.]+) seconds")]
    private static partial Regex GeneratorTime();

    [GeneratedRegex(@"Total analyzer execution time: ([\d.]+) seconds")]
    private static partial Regex AnalyzerTime();
}

/// <summary>What one compilation took, in milliseconds.</summary>
/// <param name="Wall">From the start of the process to its end.</param>
/// <param name="Cpu">User and system time of the process.</param>
/// <param name="Generator">As the compiler reports it.</param>
/// <param name="Analyzers">As the compiler reports it.</param>
internal readonly record struct Measurement(double Wall, double Cpu, double Generator, double Analyzers);
