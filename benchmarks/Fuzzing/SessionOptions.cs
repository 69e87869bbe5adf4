using System.Globalization;

namespace RouterGen.Fuzzing;

/// <summary>What a run of the program was asked for.</summary>
/// <param name="Targets">The names of the targets; all where there are none.</param>
/// <param name="Runs">How many new inputs a target gets at most.</param>
/// <param name="Longest">How long a target is run at most.</param>
/// <param name="Seed">The seed of all inputs.</param>
/// <param name="Keeps">Whether the corpora are written anew.</param>
internal sealed record SessionOptions(string[] Targets, int Runs, TimeSpan Longest, int Seed, bool Keeps)
{
    public static SessionOptions Read(string[] args)
    {
        int? seconds = Number(args, "--seconds");
        return new(
            [.. args.TakeWhile(static word => !word.StartsWith("--", StringComparison.Ordinal))],
            Number(args, "--runs") ?? (seconds is null ? 20_000 : int.MaxValue),
            TimeSpan.FromSeconds(seconds ?? 24 * 3600),
            Number(args, "--seed") ?? 1,
            args.Contains("--keep"));
    }

    private static int? Number(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at < 0 ? null : int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
