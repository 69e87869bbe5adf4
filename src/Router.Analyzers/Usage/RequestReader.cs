using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Model;

namespace RouterGen.Analyzers.Usage;

/// <summary>Something that a request has and not each model takes.</summary>
/// <param name="Name">What it is, in a message.</param>
/// <param name="Capability">What a model must be able to do; none for a parameter.</param>
/// <param name="Parameter">The parameter that a model must take; none for a capability.</param>
/// <param name="Syntax">Where the call brings it in.</param>
internal sealed record RequestFeature(string Name, ModelCapabilities Capability, ModelParameters Parameter, SyntaxNode Syntax)
{
    public bool IsTakenBy(ModelTraits model) => (model.Capabilities & Capability) == Capability && (model.Parameters & Parameter) == Parameter;
}

/// <summary>Finds what a request has for certain: what is written in the call itself, or in a local that nothing else changes.</summary>
internal sealed class RequestReader(GroupTypes types)
{
    private static readonly (string Property, ModelParameters Parameter)[] Parameters =
    [
        ("Temperature", ModelParameters.Sampling),
        ("TopP", ModelParameters.Sampling),
        ("TopK", ModelParameters.TopK),
        ("FrequencyPenalty", ModelParameters.Penalties),
        ("PresencePenalty", ModelParameters.Penalties),
        ("Seed", ModelParameters.Seed),
        ("StopSequences", ModelParameters.Stop),
        ("Reasoning", ModelParameters.Reasoning),
    ];

    public IEnumerable<RequestFeature> FeaturesOf(GroupCall call)
    {
        if (call.Tools is { } run && run.WithoutConversions() is not ICollectionExpressionOperation { Elements.IsEmpty: true }) yield return new("tools", ModelCapabilities.Tools, default, run.Syntax);
        if (call.Options is { } options)
        {
            if (Property(options, "Tools", out SyntaxNode? place) is { } tools && HasElements(tools)) yield return new("tools", ModelCapabilities.Tools, default, place!);
            if (Property(options, "ResponseFormat", out place) is { } format && IsSchema(format)) yield return new("a JSON schema", ModelCapabilities.JsonSchema, default, place!);
        }

        if (call.Messages is { } messages && FindImage(messages) is { } image) yield return new("images", ModelCapabilities.Vision, default, image);
    }

    /// <summary>The parameters that the options state, each as a model must take it to be sent it.</summary>
    public IEnumerable<RequestFeature> ParametersOf(GroupCall call)
    {
        if (call.Options is not { } options) yield break;
        foreach ((string property, ModelParameters parameter) in Parameters)
        {
            if (Property(options, property, out SyntaxNode? place) is { } value && IsStated(value)) yield return new(property, default, parameter, place!);
        }
    }

    // The value that new ChatOptions { … } gives to a property, and where to point: at the value in the call, or at the
    // local that the call passes.
    private IOperation? Property(IOperation options, string property, out SyntaxNode? place)
    {
        IOperation argument = options.WithoutConversions();
        IOperation? made = argument is ILocalReferenceOperation reference
            ? InitialValue(reference, user => user is IPropertyReferenceOperation other && other.Property.Name != property)
            : argument;
        place = null;
        if (made is not IObjectCreationOperation { Initializer: { } initializer } || !GroupTypes.Is(made.Type, types.ChatOptions)) return null;
        ISimpleAssignmentOperation? assignment = initializer.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == property);
        if (assignment is null) return null;
        place = made == argument ? assignment.Value.Syntax : argument.Syntax;
        return assignment.Value.WithoutConversions();
    }

    // What a local was declared with, if all that it is used for is calls of groups, which change nothing, and what the
    // caller knows to be harmless.
    private IOperation? InitialValue(ILocalReferenceOperation reference, Func<IOperation, bool> isHarmless)
    {
        IOperation root = reference.Root();
        IVariableDeclaratorOperation? declarator = root.Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local));
        bool isKept = root.ReferencesTo(reference.Local).All(other => other.User() is { } user && (IsArgumentOfGroup(user) || isHarmless(user)));
        return isKept ? declarator?.GetVariableInitializer()?.Value.WithoutConversions() : null;
    }

    private bool IsArgumentOfGroup(IOperation user) => user is IArgumentOperation { Parent: IInvocationOperation call } && types.AsCall(call) is not null;

    // What may be null is not certain. To ask for no reasoning is nothing that a model could fail to do.
    private bool IsStated(IOperation value) =>
        HasElements(value)
        || value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        || (value is IObjectCreationOperation { Initializer: { } initializer } && GroupTypes.Is(value.Type, types.ReasoningOptions)
            && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment =>
                assignment is { Target: IPropertyReferenceOperation { Property.Name: "Effort" } }
                && assignment.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: int and not 0 }));

    private static bool HasElements(IOperation list) => list switch
    {
        ICollectionExpressionOperation collection => collection.Elements.Any(element => element is not ISpreadOperation),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.Length > 0,
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.Any(element => element is IInvocationOperation),
        _ => false,
    };

    private bool IsSchema(IOperation format) =>
        format is IInvocationOperation { TargetMethod: { Name: "ForJsonSchema", ContainingType: var type } } && GroupTypes.Is(type, types.ChatResponseFormat);

    // Into lists, messages and their contents, but not into conditions or calls, which may come to something else.
    private SyntaxNode? FindImage(IOperation operation)
    {
        operation = operation.WithoutConversions();
        return operation switch
        {
            ILocalReferenceOperation reference => InitialValue(reference, _ => false) is { } value && FindImage(value) is not null ? reference.Syntax : null,
            ICollectionExpressionOperation collection => FirstImage(collection.Elements.Where(element => element is not ISpreadOperation)),
            IArrayCreationOperation { Initializer: { } initializer } => FirstImage(initializer.ElementValues),
            IObjectCreationOperation creation when IsMedia(creation) => IsImage(creation) ? creation.Syntax : null,
            IObjectCreationOperation creation when GroupTypes.Is(creation.Type, types.ChatMessage) || IsList(creation.Type) =>
                FirstImage(creation.Arguments.Select(argument => argument.Value).Concat(Initialized(creation))),
            _ => null,
        };
    }

    private SyntaxNode? FirstImage(IEnumerable<IOperation> operations) => operations.Select(FindImage).FirstOrDefault(image => image is not null);

    // The values of { Contents = … } and of { a, b }.
    private static IEnumerable<IOperation> Initialized(IObjectCreationOperation creation) =>
        creation.Initializer is null ? [] : creation.Initializer.Initializers.SelectMany(IEnumerable<IOperation> (initializer) => initializer switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Contents" } } assignment => [assignment.Value],
            IInvocationOperation { TargetMethod.Name: "Add" } add => add.Arguments.Select(argument => argument.Value),
            _ => [],
        });

    private bool IsMedia(IObjectCreationOperation creation) => GroupTypes.Is(creation.Type, types.DataContent) || GroupTypes.Is(creation.Type, types.UriContent);

    private static bool IsImage(IObjectCreationOperation media) => media.Arguments.Any(argument =>
        argument is { Parameter.Name: var name, Value.ConstantValue: { HasValue: true, Value: string text } }
        && ((name is "mediaType" && text.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
            || (name is "uri" && text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))));

    private static bool IsList(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "List", Arity: 1, ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } };
}
