using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Tools;

/// <summary>How results of types are written for a model. One for each class with tools.</summary>
internal sealed class ToolTypeWriter(ToolNames names)
{
    private readonly Dictionary<string, string> _methods = new(StringComparer.Ordinal);
    private readonly List<WriterSpec> _writers = [];

    /// <summary>What has to be emitted, in the order in which it was needed.</summary>
    public EquatableArray<WriterSpec> Writers => _writers.ToEquatableArray();

    /// <summary>Returns how a result is handed on.</summary>
    /// <exception cref="UnboundTypeException">It cannot be written.</exception>
    public ResultSpec ReadResult(ITypeSymbol type)
    {
        ITypeSymbol bare = ToolNames.Unwrap(type, out bool isNullable);
        string name = ToolNames.Of(bare);
        isNullable |= bare.IsReferenceType;
        if (ToolScalars.Find(bare) is not null || IsKnownToAll(bare)) return new(ResultForm.AsIs, isNullable, bare.IsValueType, name, "");
        WriteSpec write = Read(type);
        return new(write.IsName ? ResultForm.Name : ResultForm.Json, isNullable, bare.IsValueType, name, write.Method);
    }

    private WriteSpec Read(ITypeSymbol type)
    {
        ITypeSymbol bare = ToolNames.Unwrap(type, out _);
        bool isNullableValue = !SymbolEqualityComparer.Default.Equals(bare, type) && bare.IsValueType;
        bool canBeNull = isNullableValue || bare.IsReferenceType;
        if (ToolScalars.Find(bare) is not null) return new(canBeNull, isNullableValue, "", IsName: false);
        bool isName = bare.TypeKind is TypeKind.Enum;
        string name = ToolNames.Of(bare);
        if (_methods.TryGetValue(name, out string? method)) return new(canBeNull, isNullableValue, method, isName);
        if (FaultOf(bare) is { } fault) throw new UnboundTypeException(fault);

        // Named before its members are looked at: it may hold itself.
        _methods[name] = method = names.Claim(isName ? "NameOf" : "Write", bare);
        _writers.Add(Make(bare, name, method));
        return new(canBeNull, isNullableValue, method, isName);
    }

    private WriterSpec Make(ITypeSymbol type, string name, string method)
    {
        if (type.TypeKind is TypeKind.Enum)
        {
            IFieldSymbol[] members = [.. ToolMembers.OfEnum(type)];
            return new EnumWriterSpec(method, name, members.Select(ToolMembers.NameOfEnum).ToEquatableArray(), members.Select(member => $"{name}.{Identifiers.Escape(member.Name)}").ToEquatableArray());
        }

        if (EnumeratedBy(type) is not { } item) return MakeObject(type, name, method);
        return ValueOf(item) is { } value ? new DictionaryWriterSpec(method, name, Read(value)) : new ListWriterSpec(method, name, Read(item));
    }

    private ObjectWriterSpec MakeObject(ITypeSymbol type, string name, string method)
    {
        List<MemberWriteSpec> members = [];
        foreach (IPropertySymbol property in ToolMembers.Of(type))
        {
            if (property.GetMethod is not { DeclaredAccessibility: Accessibility.Public }) continue;
            try
            {
                members.Add(new(ToolMembers.JsonName(property.Name, property), Identifiers.Escape(property.Name), Read(property.Type)));
            }
            catch (UnboundTypeException inner) when (!inner.Message.Contains(" in '"))
            {
                throw new UnboundTypeException($"{inner.Message}, in '{type.Name}.{property.Name}'");
            }
        }

        return new(method, name, members.ToEquatableArray());
    }

    private static string? FaultOf(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => $"'{type.Name}' is a type parameter",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "it is a pointer",
        IDynamicTypeSymbol or { SpecialType: SpecialType.System_Object } => "'object' can be anything",
        { TypeKind: TypeKind.Delegate } => $"'{type.Name}' is a delegate",
        { IsRefLikeType: true } => $"'{type.Name}' is a ref struct",
        { IsTupleType: true } => "the elements of a tuple have no names in JSON: return a record",
        INamedTypeSymbol { Name: "IAsyncEnumerable" } => "a stream has no form in JSON: return a list",
        INamedTypeSymbol when EnumeratedBy(type) is null && IsOfFramework(type) => $"'{type.Name}' has no form in JSON that is known",
        _ => null,
    };

    private static bool IsOfFramework(ITypeSymbol type) =>
        type.ContainingNamespace is { } ns && (ns.ToDisplayString() + ".").StartsWith("System.", StringComparison.Ordinal);

    // Contents, messages and JSON, which each client sends in its own way, and what is only known when it is there.
    private static bool IsKnownToAll(ITypeSymbol type) =>
        type is { SpecialType: SpecialType.System_Object } or IDynamicTypeSymbol
        || BasesOf(type).Any(known => known.ToDisplayString() is "Microsoft.Extensions.AI.AIContent" or "Microsoft.Extensions.AI.ChatMessage" or "System.Text.Json.Nodes.JsonNode" or "System.Text.Json.JsonDocument")
        || (EnumeratedBy(type) is { } item && BasesOf(item).Any(known => known.ToDisplayString() is "Microsoft.Extensions.AI.AIContent"));

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType) yield return t.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }

    // What a type enumerates; a text is none that does.
    private static ITypeSymbol? EnumeratedBy(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => null,
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } itself => itself.TypeArguments[0],
        _ => type.AllInterfaces.FirstOrDefault(one => one.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
    };

    private static ITypeSymbol? ValueOf(ITypeSymbol item) =>
        item is INamedTypeSymbol { Name: "KeyValuePair", Arity: 2 } pair && pair.TypeArguments[0].SpecialType is SpecialType.System_String ? pair.TypeArguments[1] : null;
}
