using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Generator.Tests.PriceMaps;

namespace RouterGen.Benchmarks.ColdBuild;

/// <summary>A project on disk that the compiler compiles, in one of several ways.</summary>
internal sealed class Project
{
    private static readonly string[] Assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>What a project refers to: the framework, and of RouterGen the library alone.</summary>
    public static readonly string[] References =
        [.. Assemblies.Where(path => !Path.GetFileName(path).StartsWith("RouterGen.", StringComparison.Ordinal) || Path.GetFileName(path) is "RouterGen.dll")];

    private readonly string _folder;

    /// <summary>Writes a project with groups of four deployments each.</summary>
    public Project(string folder, int groups)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        for (int i = 0; i < groups; i++) File.WriteAllText(Path.Combine(_folder, $"Models{i}.cs"), Declare(i));
        File.WriteAllText(Path.Combine(_folder, "Elsewhere.cs"), "public static class Elsewhere { public static int Answer() => 42; }");
        File.WriteAllText(PriceMap, SyntheticPriceMap.Text());
        File.WriteAllText(Configuration, $"is_global = true\nbuild_property.RouterGenAsOf = 2026-06-01\n\n[{PriceMap}]\nbuild_metadata.AdditionalFiles.RouterPrices = true\n");
    }

    /// <summary>Gets the project's own files, sorted.</summary>
    public IEnumerable<string> Sources => Directory.GetFiles(_folder, "*.cs").Order(StringComparer.Ordinal);

    private string PriceMap => Path.Combine(_folder, "prices.json");

    private string Configuration => Path.Combine(_folder, "build.globalconfig");

    /// <summary>The arguments of a compilation.</summary>
    /// <param name="withRouterGen">Whether the generator and the analyzers take part.</param>
    /// <param name="withPrices">Whether the project has a price map.</param>
    /// <returns>The path of a file with the arguments.</returns>
    public string Arguments(bool withRouterGen, bool withPrices)
    {
        List<string> lines =
        [
            "/noconfig", "/nostdlib", "/nologo", "/target:library", "/langversion:13", "/nullable:enable", "/deterministic", "/reportanalyzer", "/nowarn:1701,1702",
            $"/out:\"{Path.Combine(_folder, "out.dll")}\"",
            $"/analyzerconfig:\"{Configuration}\"",
            .. References.Select(path => $"/reference:\"{path}\""),
        ];
        if (withRouterGen) lines.AddRange(Assemblies.Where(path => Path.GetFileName(path) is "RouterGen.Declarations.dll" or "RouterGen.Generator.dll" or "RouterGen.Analyzers.dll").Select(path => $"/analyzer:\"{path}\""));
        if (withPrices) lines.Add($"/additionalfile:\"{PriceMap}\"");
        lines.AddRange(Sources.Select(path => $"\"{path}\""));

        string file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{withRouterGen}-{withPrices}.rsp"));
        File.WriteAllLines(file, lines);
        return file;
    }

    private static string Declare(int number) => $$"""
        using RouterGen;

        namespace Project;

        [ModelGroup("group-{{number}}")]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
        [Deployment("openai/gpt-4o-mini", Rpm = 5000)]
        [Deployment("groq/llama-3.3-70b-versatile", Weight = 2)]
        [Deployment("deepseek/deepseek-chat", MaxConcurrency = 20)]
        public static partial class Models{{number}};
        """;
}
