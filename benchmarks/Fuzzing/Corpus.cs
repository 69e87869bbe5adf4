using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace RouterGen.Fuzzing;

/// <summary>The inputs of a target that are kept in the repository.</summary>
internal sealed class Corpus(string target)
{
    private const int Most = 25;
    private const string Broke = "breaks-";

    private readonly string _directory = Path.Combine(Root(), target);

    public List<byte[]> Read() => Directory.Exists(_directory)
        ? [.. Directory.EnumerateFiles(_directory).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
        : [];

    /// <summary>Adds an input that broke the target.</summary>
    /// <returns>Its path.</returns>
    public string AddBreaking(byte[] input) => Add(input, Broke);

    /// <summary>Replaces the inputs by the few of these that together run the most branches. Those that broke the target stay.</summary>
    public void Replace(IEnumerable<(byte[] Input, int[] Branches)> inputs)
    {
        if (Directory.Exists(_directory))
        {
            foreach (string file in Directory.EnumerateFiles(_directory).Where(static file => !Path.GetFileName(file).StartsWith(Broke, StringComparison.Ordinal))) File.Delete(file);
        }

        var covered = new HashSet<int>();
        List<(byte[] Input, int[] Branches)> left = [.. inputs.OrderBy(static one => one.Input.Length)];
        for (int kept = 0; kept < Most && left.Count > 0; kept++)
        {
            (byte[] input, int[] branches) = left.MaxBy(one => one.Branches.Count(branch => !covered.Contains(branch)));
            int before = covered.Count;
            covered.UnionWith(branches);
            if (covered.Count == before) return;
            Add(input, "");
        }
    }

    private string Add(byte[] input, string prefix)
    {
        Directory.CreateDirectory(_directory);
        string path = Path.Combine(_directory, prefix + Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(path, input);
        return path;
    }

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Corpus");
}
