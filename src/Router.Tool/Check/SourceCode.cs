using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace RouterGen.Tool.Check;

/// <summary>The C# files of a project that what was built of it does not have yet.</summary>
/// <param name="Newest">The newest of them; null where there is none.</param>
/// <param name="Declaring">The first that seems to declare model groups; null where none does.</param>
internal sealed partial record SourceCode(string? Newest, string? Declaring)
{
    private static readonly string[] Passed = ["bin", "obj", "node_modules"];

    /// <summary>Finds the files that were written later than an assembly; without one, all.</summary>
    /// <param name="directory">The project's directory.</param>
    /// <param name="built">When the assembly was written.</param>
    public static SourceCode Newer(string directory, DateTime? built)
    {
        (string Path, DateTime Written)[] files = [.. Files(directory).Where(file => built is null || file.Written > built).OrderBy(file => file.Path, StringComparer.Ordinal)];
        return new(files.OrderByDescending(file => file.Written).FirstOrDefault().Path, Array.Find(files, file => Declares(file.Path)).Path);
    }

    // The build's own files, and those of tools in hidden folders, are none of the project's.
    private static FileSystemEnumerable<(string Path, DateTime Written)> Files(string directory) => new(
        directory,
        static (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.LastWriteTimeUtc.UtcDateTime),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(".cs", StringComparison.OrdinalIgnoreCase),
        ShouldRecursePredicate = static (ref FileSystemEntry entry) => entry.FileName[0] is not '.' && Array.IndexOf(Passed, entry.FileName.ToString()) < 0,
    };

    private static bool Declares(string path)
    {
        try
        {
            return Declaration().IsMatch(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // An attribute anywhere in its list; a comment that shows one is taken for it.
    [GeneratedRegex(@"\[[^\[\]]*\b(ModelGroup|Deployment)(Attribute)?\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
