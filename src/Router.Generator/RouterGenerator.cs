using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;
using RouterGen.Generator.Answers;
using RouterGen.Generator.Emit;
using RouterGen.Generator.Files;
using RouterGen.Generator.Symbols;
using RouterGen.Generator.Tools;

namespace RouterGen.Generator;

/// <summary>
/// Turns declared model groups into accessors, one file a group, and delivers the codecs of the dialects that they use; turns
/// methods into functions that models call, one file a class.
/// Silent about what is wrong: the analyzer reads the same declarations and says it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RouterGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The codecs are internal and marked [Embedded], so that two projects that see each other's internals can both have them.
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        IncrementalValuesProvider<ClassSnapshot> declared = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.ModelGroup,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (declaration, cancellationToken) => Read(declaration, cancellationToken))
            .Where(static snapshot => snapshot is not null)
            .Select(static (snapshot, _) => snapshot!)
            .WithTrackingName(TrackingNames.Declarations);

        IncrementalValueProvider<ImmutableArray<ModelsFileSnapshot>> files = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static candidate => ModelsFiles.IsOne(candidate.Left, candidate.Right))
            .Select(static (file, _) => file.Left)
            .Select(static (file, cancellationToken) => ModelsFiles.Snapshot(file, cancellationToken))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .WithTrackingName(TrackingNames.ModelsFiles)
            .Collect();

        IncrementalValueProvider<EquatableArray<NamedClass>> named = context.CompilationProvider
            .Combine(files.Select(static (all, _) => ClassReference.Of(all)))
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ModelsFiles.RootNamespace(options)))
            .Select(static (asked, cancellationToken) => asked.Left.Right
                .Select(reference => ClassFinder.Read(asked.Left.Left.Assembly, reference, asked.Right, cancellationToken))
                .ToEquatableArray())
            .WithTrackingName(TrackingNames.NamedClasses);

        IncrementalValueProvider<ModelCatalog> catalog = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static candidate => PriceMapFiles.IsOne(candidate.Left, candidate.Right))
            .Select(static (file, _) => file.Left)
            .Select(static (file, cancellationToken) => PriceMapFiles.Read(file, cancellationToken)?.Map ?? PriceMap.None)
            .WithTrackingName(TrackingNames.PriceMaps)
            .Collect()
            .Select(static (maps, _) => ModelCatalog.Default.With(PriceMap.Join(maps)));

        IncrementalValuesProvider<ClassSpec> classes = declared.Collect().Combine(named).Combine(files)
            .SelectMany(static (all, _) => ClassJoin.Join(all.Left.Left, all.Left.Right, all.Right))
            .Combine(catalog)
            .Select(static (known, cancellationToken) => ClassParser.Resolve(known.Left, known.Right, cancellationToken))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Classes);

        IncrementalValueProvider<FilePlan> plan = classes.Collect()
            .Select(static (ImmutableArray<ClassSpec> specs, CancellationToken cancellationToken) => FilePlan.Of(specs, cancellationToken))
            .WithTrackingName(TrackingNames.Plan);

        context.RegisterSourceOutput(
            plan.SelectMany(static (files, _) => files.Classes).WithTrackingName(TrackingNames.ClassFiles),
            static (output, file) => output.AddSource(file.HintName, ClassEmitter.Emit(file)));
        context.RegisterSourceOutput(
            plan.SelectMany(static (files, _) => files.Services).WithTrackingName(TrackingNames.ServicesFiles),
            static (output, file) => output.AddSource(file.HintName, ServicesEmitter.Emit(file)));
        context.RegisterSourceOutput(
            plan.SelectMany(static (files, _) => files.Groups).WithTrackingName(TrackingNames.GroupFiles),
            static (output, file) => output.AddSource(file.HintName, GroupEmitter.Emit(file)));
        context.RegisterSourceOutput(
            plan.SelectMany(static (files, _) => files.Constants).WithTrackingName(TrackingNames.ConstantsFiles),
            static (output, file) => output.AddSource(file.HintName, ConstantsEmitter.Emit(file)));
        context.RegisterSourceOutput(
            plan.SelectMany(static (files, _) => files.Codecs).WithTrackingName(TrackingNames.CodecFiles),
            static (output, file) => output.AddSource(CodecSources.HintName(file), CodecSources.Read(file)));
        RegisterTools(context);
        RegisterAnswers(context);
    }

    private static void RegisterTools(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ToolClassSpec> tools = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ToolClassReader.AttributeName,
                static (node, _) => node is MethodDeclarationSyntax,
                static (declaration, cancellationToken) => ReadTools(declaration, cancellationToken))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Tools);

        context.RegisterSourceOutput(
            tools.Collect().SelectMany(static (classes, _) => ToolFile.Of(classes)).WithTrackingName(TrackingNames.ToolFiles),
            static (output, file) => output.AddSource(file.HintName, ToolEmitter.Emit(file)));
    }

    private static void RegisterAnswers(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<AnswerSpec> answers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownAttributes.StructuredAnswer,
                static (node, _) => node is TypeDeclarationSyntax,
                static (declaration, cancellationToken) => declaration.TargetSymbol is INamedTypeSymbol type ? AnswerParser.Parse(type, cancellationToken).Answer : null)
            .Where(static answer => answer is not null)
            .Select(static (answer, _) => answer!)
            .WithTrackingName(TrackingNames.Answers);
        context.RegisterSourceOutput(
            answers.Collect().SelectMany(static (all, _) => AnswerFile.Plan(all)).WithTrackingName(TrackingNames.AnswerFiles),
            static (output, file) => output.AddSource(file.HintName, AnswerEmitter.Emit(file)));
    }

    // Once for each class: on account of its first tool.
    private static ToolClassSpec? ReadTools(GeneratorAttributeSyntaxContext declaration, CancellationToken cancellationToken) =>
        declaration.TargetSymbol is IMethodSymbol method && ToolClassReader.IsFirst(method)
            ? ToolClassReader.Read(method.ContainingType, new ProblemList(), cancellationToken)
            : null;

    // A class may have the attribute on several of its declarations; the first one causes its generation.
    private static ClassSnapshot? Read(GeneratorAttributeSyntaxContext declaration, CancellationToken cancellationToken) =>
        declaration.TargetSymbol is INamedTypeSymbol type && SymbolParser.FirstDeclaration(type, cancellationToken) == declaration.TargetNode
            ? ClassReader.Read(type, cancellationToken)
            : null;
}
