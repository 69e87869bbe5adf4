using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests;

using CallKind = RouterGen.Declarations.Model.CallKind;
using Dialect = RouterGen.Declarations.Model.Dialect;

/// <summary>Which files a dialect's codec consists of. The folder is what is delivered together.</summary>
public class CodecSourcesTests
{
    private const string MarkerAttribute = """
        namespace Microsoft.CodeAnalysis { internal sealed partial class EmbeddedAttribute : System.Attribute; }
        """;

    public static TheoryData<string, string> Kinds()
    {
        var data = new TheoryData<string, string>();
        foreach (DialectRow row in DialectRow.All) row.Kinds.ToList().ForEach(kind => data.Add(row.Dialect.ToString(), kind.Kind.ToString()));
        return data;
    }

    [Fact]
    public void Each_dialect_has_a_row() => Assert.Equal(Enum.GetValues<Dialect>(), DialectRow.All.Select(row => row.Dialect).Order());

    [Fact]
    public void An_unknown_dialect_speaks_no_other()
    {
        const Dialect Unknown = (Dialect)(-1);

        Assert.Throws<ArgumentOutOfRangeException>(() => DialectRow.Of(Unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => CodecSources.TypeOf(Unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => CodecSources.FilesOf([(Unknown, null, CallKind.Chat)]).ToList());
    }

    [Fact]
    public void Each_file_is_in_a_folder_that_a_row_names_and_each_folder_has_files()
    {
        string[] folders = [.. DialectRow.All.SelectMany(row => row.Kinds).SelectMany(kind => kind.Folders).Concat(PlatformRow.All.SelectMany(FoldersOf)).Concat(ClientLibraryRow.All.SelectMany(row => row.Folders)).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(folders, CodecSources.AllFiles.Select(CodecSources.FolderOf).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(CodecSources.AllFiles, file => file.Contains('\\'));
    }

    [Fact]
    public void Folders_that_two_dialects_share_are_delivered_once()
    {
        List<string> files = [.. CodecSources.FilesOf(from dialect in Enum.GetValues<Dialect>() from platform in PlatformRow.All.Select(row => row.Name).Prepend(null) from kind in DialectRow.Of(dialect).Kinds select (dialect, platform, kind.Kind))];

        Assert.Equal(CodecSources.AllFiles, files.Union(CodecSources.FilesOfLibraries(ClientLibraryRow.All.Select(row => row.Assembly))).Order(StringComparer.Ordinal));
        Assert.Empty(CodecSources.FilesOf([]));
    }

    [Fact]
    public void Files_of_one_name_in_two_folders_do_not_meet()
    {
        Assert.NotEqual(CodecSources.HintName("OpenAI/Chat/Errors.cs"), CodecSources.HintName("OpenAI/Errors.cs"));
        Assert.Equal(CodecSources.AllFiles.Length, CodecSources.AllFiles.Select(CodecSources.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_call_of_a_dialect_compiles_alone_and_needs_each_of_its_files(string name, string kindName)
    {
        Dialect dialect = Enum.Parse<Dialect>(name);
        CallKind kind = Enum.Parse<CallKind>(kindName);
        List<string> files = [.. CodecSources.FilesOf([(dialect, null, kind)])];
        CSharpCompilation compilation = Compile(files);

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Equal(files.Order(StringComparer.Ordinal), FilesNeededBy([CodecSources.TypeOf(dialect, null, kind) + "`1"], compilation).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Each_platform_compiles_with_each_dialect_and_needs_each_of_its_files(string name, string dialectName)
    {
        Dialect dialect = Enum.Parse<Dialect>(dialectName);
        PlatformRow platform = PlatformRow.Find(name)!;
        List<string> files = [.. CodecSources.FilesOf([(dialect, name, CallKind.Chat)])];
        CSharpCompilation compilation = Compile(files);

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Empty(files.Except(FilesNeededBy([CodecSources.TypeOf(dialect) + "`1", CodecSources.TypeOf(dialect, platform, CallKind.Chat) + "`1", $"RouterGen.Codecs.{platform.Type}"], compilation)));
    }

    [Fact]
    public void What_a_platform_speaks_for_another_kind_compiles_alone_and_needs_each_of_its_files()
    {
        foreach ((PlatformRow platform, PlatformDialect row, KindRow kind) in PlatformRow.All.SelectMany(platform => platform.Dialects.SelectMany(row => row.OtherKinds.Select(kind => (platform, row, kind)))))
        {
            List<string> files = [.. CodecSources.FilesOf([(row.Dialect, platform.Name, kind.Kind)])];
            CSharpCompilation compilation = Compile(files);

            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
            Assert.Equal(files.Order(StringComparer.Ordinal), FilesNeededBy([CodecSources.TypeOf(row.Dialect, platform, kind.Kind) + "`1", $"RouterGen.Codecs.{platform.Type}"], compilation).Order(StringComparer.Ordinal));
        }
    }

    public static TheoryData<string, string> Platforms()
    {
        var data = new TheoryData<string, string>();
        foreach (PlatformRow platform in PlatformRow.All)
        {
            foreach (ProviderRow provider in ModelCatalog.Default.Providers.Where(provider => provider.Platform == platform)) provider.Dialects.ToList().ForEach(dialect => data.Add(platform.Name, dialect.ToString()));
        }

        return data;
    }

    private static IEnumerable<string> FoldersOf(PlatformRow platform) => platform.Folders.Concat(platform.Dialects.SelectMany(dialect => dialect.Folders.Concat(dialect.OtherKinds.SelectMany(kind => kind.Folders))));

    [Fact]
    public void Without_a_folder_a_dialect_does_not_compile()
    {
        DialectRow row = DialectRow.Of(Dialect.OpenAIChat);
        CSharpCompilation compilation = Compile(CodecSources.FilesOf([(row.Dialect, null, CallKind.Chat)]).Where(file => CodecSources.FolderOf(file) != row.Folders[0]));

        Assert.Contains(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
    }

    private static CSharpCompilation Compile(IEnumerable<string> files) => CSharpCompilation.Create(
        "User",
        [Parse(SourceText.From(MarkerAttribute), ""), .. files.Select(file => Parse(CodecSources.Read(file), file))],
        Verifier.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999));

    private static SyntaxTree Parse(SourceText text, string path) => CSharpSyntaxTree.ParseText(text, Verifier.ParseOptions, path);

    // Follows the names in a type's file to the files of what they mean, until no further file turns up.
    private static HashSet<string> FilesNeededBy(string[] types, CSharpCompilation compilation)
    {
        Queue<SyntaxTree> ahead = new(types.SelectMany(type => compilation.GetTypeByMetadataName(type.Replace("global::", ""))!.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree));
        HashSet<string> needed = [.. ahead.Select(tree => tree.FilePath)];
        while (ahead.TryDequeue(out SyntaxTree? tree))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            IEnumerable<SyntaxTree> named =
                from node in tree.GetRoot().DescendantNodes()
                where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
                let symbol = model.GetSymbolInfo(node).Symbol
                where symbol is not null
                from reference in symbol.DeclaringSyntaxReferences
                select reference.SyntaxTree;
            foreach (SyntaxTree next in named)
            {
                if (next.FilePath.Length > 0 && needed.Add(next.FilePath)) ahead.Enqueue(next);
            }
        }

        return needed;
    }
}
