namespace RouterGen.Tool.Check;

/// <summary>What was built of a project.</summary>
internal static class ProjectOutput
{
    private static readonly string[] Configurations = ["Debug", "Release"];

    /// <summary>
    /// Returns the newest assembly of a project, of whatever configuration, framework and runtime; null where there is none. What was
    /// published is no output of the build: trimming may have taken attributes out of it.
    /// </summary>
    /// <param name="directory">The project's directory.</param>
    /// <param name="assembly">The name of the assembly.</param>
    public static string? Find(string directory, string assembly) => Configurations
        .Select(configuration => Path.Combine(directory, "bin", configuration))
        .Where(Directory.Exists)
        .SelectMany(output => Directory.EnumerateDirectories(output, "net*"))
        .SelectMany(framework => Directory.EnumerateDirectories(framework, "*-*").Prepend(framework))
        .Select(folder => Path.Combine(folder, assembly + ".dll"))
        .Where(File.Exists)
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .ThenBy(path => path, StringComparer.Ordinal)
        .FirstOrDefault();
}
