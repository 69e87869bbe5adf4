using System.Text;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>The dialects' codecs: C# files that this assembly embeds. The folder is what is delivered together.</summary>
internal static class CodecSources
{
    private const string Root = "Codecs/";
    private const string Extension = ".cs";
    private const string HintPrefix = "RouterGen.Codecs.";

    /// <summary>All embedded files, sorted, by their paths in <c>Router.Codecs</c>, with forward slashes.</summary>
    public static readonly string[] AllFiles =
    [
        .. from name in typeof(CodecSources).Assembly.GetManifestResourceNames().OrderBy(name => name, StringComparer.Ordinal)
           where name.StartsWith(Root, StringComparison.Ordinal)
           select name.Substring(Root.Length),
    ];

    /// <summary>Returns the generic type that speaks a dialect.</summary>
    public static string TypeOf(Dialect dialect) => CodeNames.Codecs + "." + DialectRow.Of(dialect).Codec;

    /// <summary>Returns the generic type that speaks a dialect at a platform, for a kind of call.</summary>
    public static string TypeOf(Dialect dialect, PlatformRow? platform, CallKind kind) =>
        CodeNames.Codecs + "." + KindRow.CodecOf(dialect, platform, kind);

    /// <summary>Returns C# that makes a platform.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="dialect">What is spoken there.</param>
    /// <param name="connection">What the deployment states of it.</param>
    public static string PlatformOf(PlatformRow platform, Dialect dialect, ConnectionSpec connection)
    {
        List<string> arguments = [];
        if (connection.ApiVersion is { } version) arguments.Add("apiVersion: " + Literal.Of(version));
        if (platform.In(dialect)?.KeyHeader is { } keyHeader) arguments.Add("keyHeader: " + Literal.Of(keyHeader));
        if (connection.HasCredentials) arguments.Add("credentials: " + platform.Credentials);
        return $"new {CodeNames.Codecs}.{platform.Type}({string.Join(", ", arguments)})";
    }

    /// <summary>
    /// Returns the files that dialects and the platforms at which they are spoken need: those of each folder that any of their rows names,
    /// once. In the order of dialects and their folders, so that the files of a further dialect come last and move no other: what moves
    /// is written again.
    /// </summary>
    public static IEnumerable<string> FilesOf(IEnumerable<(Dialect Dialect, string? Platform, CallKind Kind)> used) =>
        from folder in used.Distinct().OrderBy(use => use.Kind).ThenBy(use => use.Dialect).ThenBy(use => use.Platform, StringComparer.Ordinal).SelectMany(use => FoldersOf(use.Dialect, PlatformRow.Find(use.Platform), use.Kind)).Distinct()
        from file in AllFiles
        where FolderOf(file) == folder
        select file;

    /// <summary>Returns C# for what reads the exceptions of a library.</summary>
    public static string ReaderOf(string library) => CodeNames.Codecs + "." + ClientLibraryRow.Find(library)!.Reader;

    /// <summary>Returns the files that reading the exceptions of libraries needs, as <see cref="FilesOf"/>.</summary>
    public static IEnumerable<string> FilesOfLibraries(IEnumerable<string> libraries) =>
        from folder in libraries.Distinct().OrderBy(name => name, StringComparer.Ordinal).SelectMany(name => ClientLibraryRow.Find(name)!.Folders).Distinct()
        from file in AllFiles
        where FolderOf(file) == folder
        select file;

    private static IEnumerable<string> FoldersOf(Dialect dialect, PlatformRow? platform, CallKind kind)
    {
        IEnumerable<string> folders = [.. KindRow.Of(dialect, platform, kind).Folders, .. platform?.Folders ?? []];
        return kind is CallKind.Chat ? folders.Concat(platform?.In(dialect)?.Folders ?? []) : folders;
    }

    /// <summary>Returns the folder of a file; empty for one without.</summary>
    public static string FolderOf(string file) => file.Substring(0, Math.Max(0, file.LastIndexOf('/')));

    /// <summary>Returns the name of a file in the user's project, with its folders, so that two files of one name do not meet.</summary>
    public static string HintName(string file) => HintPrefix + file.Substring(0, file.Length - Extension.Length).Replace('/', '.') + ".g.cs";

    /// <summary>Returns whether a file of the user's compilation is an emitted codec, or its constants.</summary>
    public static bool IsEmitted(string path) => path.StartsWith(HintPrefix, StringComparison.Ordinal) || path.Contains("/" + HintPrefix) || path.Contains("\\" + HintPrefix);

    /// <summary>Returns a file as it goes into the user's project.</summary>
    public static SourceText Read(string file)
    {
        using var reader = new StreamReader(typeof(CodecSources).Assembly.GetManifestResourceStream(Root + file), Encoding.UTF8);
        return SourceText.From("// <auto-generated/>\n#nullable enable\n\n" + reader.ReadToEnd().Replace("\r\n", "\n"), SourceWriter.Utf8);
    }
}
