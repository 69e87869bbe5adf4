namespace RouterGen.Tool.Output;

/// <summary>Values as a line of blocks, the highest as the highest.</summary>
internal static class Sparkline
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";

    public static string Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double highest = all.DefaultIfEmpty().Max();
        return string.Concat(all.Select(value => highest <= 0 || value <= 0 ? ' ' : Blocks[Math.Clamp((int)Math.Ceiling(value / highest * (Blocks.Length - 1)), 1, Blocks.Length - 1)]));
    }
}
