using System.Runtime.CompilerServices;

namespace RouterGen.Generator.Tests;

/// <summary>A file of the repository that is made from the code, or a part of one. ROUTERGEN_WRITE_BASELINES writes it anew.</summary>
internal static class WrittenFile
{
    public static string Read(string path) => File.ReadAllText(Locate(path)).ReplaceLineEndings("\n");

    public static void AssertIs(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable("ROUTERGEN_WRITE_BASELINES") is not null) File.WriteAllText(Locate(path), expected);
        Assert.Equal(expected, Read(path));
    }

    /// <summary>Returns the path of a file or folder of the repository.</summary>
    public static string Locate(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path);
}
