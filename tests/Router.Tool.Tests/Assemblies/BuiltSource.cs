using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Generator;
using RouterGen.Tool.Assemblies;

namespace RouterGen.Tool.Tests;

/// <summary>C# that the compiler makes an assembly of, with or without the generator, to compare what both know of it.</summary>
internal sealed class BuiltSource
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("RouterGen.", StringComparison.Ordinal) || Path.GetFileName(path) is "RouterGen.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public BuiltSource(string source, string name = "Shop", bool generates = false)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        Compilation compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText("using RouterGen;\n" + source, options, "Shop.cs")], References, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Symbols = compilation.Assembly;
        if (generates) CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);

        // Attributes and members are all that is read, so no bodies are compiled: those of the codecs are many.
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream, options: new EmitOptions(metadataOnly: true)).Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        Image = stream.ToArray();
    }

    /// <summary>What the compiler knows of the source.</summary>
    public IAssemblySymbol Symbols { get; }

    /// <summary>The assembly.</summary>
    public byte[] Image { get; }

    /// <summary>What the tool reads of the assembly.</summary>
    public DeclaredCode Read()
    {
        using var image = new PEReader([.. Image]);
        return new AssemblyReader(image.GetMetadataReader(), "Shop.dll").Read(rootNamespace: null);
    }

    /// <summary>All classes of the source.</summary>
    public IEnumerable<INamedTypeSymbol> Classes() => In(Symbols.GlobalNamespace);

    private IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? In(type).Prepend(type) : In(member));
}
