using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Assemblies;

/// <summary>An assembly on disk, and what its attributes declare.</summary>
/// <param name="Path">Its path, as messages say it.</param>
/// <param name="Code">What it declares.</param>
internal sealed record AssemblyFile(string Path, DeclaredCode Code)
{
    /// <summary>Whether a file is one, by its name.</summary>
    public static bool IsOne(string path) => System.IO.Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="rootNamespace">The project's namespace; null where that is not known.</param>
    /// <exception cref="ToolException">It is none, or damaged, or cannot be read.</exception>
    public static AssemblyFile Read(string path, ToolEnvironment environment, string? rootNamespace = null)
    {
        string shown = environment.Shown(path);
        try
        {
            // Another process may build it meanwhile.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var image = new PEReader(stream, PEStreamOptions.PrefetchMetadata);
            if (!image.HasMetadata) throw ToolException.Problem($"{shown} is no .NET assembly: it holds native code, or something else.");
            return new(shown, new AssemblyReader(image.GetMetadataReader(), shown).Read(rootNamespace));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw ToolException.Problem($"{shown} cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or InvalidOperationException or InvalidCastException or OverflowException or IndexOutOfRangeException or OutOfMemoryException)
        {
            // Where the length of an array is wrong, there is no room for it.
            throw ToolException.Problem($"{shown} is no .NET assembly, or it is damaged ({exception.Message.TrimEnd('.')}): build it again.");
        }
    }
}
