using System.Runtime.CompilerServices;

namespace RouterGen.Generator.Tests.PriceMaps;

/// <summary>A small price map, written by hand in the documented format.</summary>
internal static class SamplePrices
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Folder(), "prices.sample.json"));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
