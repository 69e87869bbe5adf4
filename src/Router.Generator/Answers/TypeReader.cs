using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Answers;

/// <summary>Reads the types of an answer into a table, each once. The members of objects are read later, because one of them may be of the same type.</summary>
internal sealed class TypeReader(CancellationToken cancellationToken)
{
    private static readonly SymbolDisplayFormat NameFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly Dictionary<ITypeSymbol, int> _known = new(SymbolEqualityComparer.IncludeNullability);
    private readonly List<TypeSpec> _types = [];
    private readonly Queue<(int Index, INamedTypeSymbol Type)> _objects = new();
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>Gets the types that were read.</summary>
    public EquatableArray<TypeSpec> Types => _types.ToEquatableArray();

    /// <summary>Reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Its use; null where JSON cannot be read as it.</returns>
    public TypeUse? Read(ITypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isNullable = type.NullableAnnotation is NullableAnnotation.Annotated;
        ITypeSymbol bare = Bare(type).WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        if (_known.TryGetValue(bare, out int known)) return new(known, isNullable);
        if (ShapeOf(bare) is not { } shape) return null;

        string label = LabelOf(bare);
        var spec = new TypeSpec(shape, bare.ToDisplayString(NameFormat), label, bare.IsValueType);
        if (shape is TypeShape.List or TypeShape.Dictionary)
        {
            if (Read(ElementOf(bare)) is not { } element) return null;
            spec = spec with { Element = element, Form = bare is IArrayTypeSymbol ? ListForm.Array : bare.Name is "ImmutableArray" ? ListForm.ImmutableArray : ListForm.List };
        }
        else if (shape is TypeShape.Enum or TypeShape.Object)
        {
            spec = spec with { Names = NamesOf(bare), Description = DescriptionOf(bare) };
        }

        int index = _types.Count;
        _known.Add(bare, index);
        _types.Add(spec);
        if (shape is TypeShape.Object) _objects.Enqueue((index, (INamedTypeSymbol)bare));
        return new(index, isNullable);
    }

    /// <summary>Returns the next object whose members are to be read.</summary>
    public bool TryTakeObject(out int index, out INamedTypeSymbol type)
    {
        (index, type) = _objects.Count > 0 ? _objects.Dequeue() : default;
        return type is not null;
    }

    /// <summary>Returns what was read of a type.</summary>
    public TypeSpec At(int index) => _types[index];

    /// <summary>Adds the members of an object.</summary>
    public void Complete(int index, IEnumerable<MemberSpec> members) => _types[index] = _types[index] with { Members = members.ToEquatableArray() };

    /// <summary>Returns the type itself of one that may be null.</summary>
    public static ITypeSymbol Bare(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static ITypeSymbol ElementOf(ITypeSymbol type) => type is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)type).TypeArguments.Last();

    private static TypeShape? ShapeOf(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String: return TypeShape.Text;
            case SpecialType.System_Boolean: return TypeShape.Boolean;
            case SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16: return TypeShape.Integer;
            case SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64: return TypeShape.Integer;
            case SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal: return TypeShape.Number;
            case SpecialType.System_DateTime: return TypeShape.DateTime;
            case SpecialType.System_Object or SpecialType.System_Char or SpecialType.System_IntPtr or SpecialType.System_UIntPtr: return null;
        }

        if (type is IArrayTypeSymbol array) return array.IsSZArray ? TypeShape.List : null;
        if (type is not INamedTypeSymbol named || named.TypeKind is TypeKind.Error) return null;
        if (named.TypeKind is TypeKind.Enum) return TypeShape.Enum;
        string name = named.OriginalDefinition.ToDisplayString();
        return name switch
        {
            "System.Guid" => TypeShape.Uuid,
            "System.DateTimeOffset" => TypeShape.DateTime,
            "System.DateOnly" => TypeShape.Date,
            "System.TimeOnly" => TypeShape.Time,
            "System.Uri" => TypeShape.Address,
            "System.Collections.Generic.List<T>" or "System.Collections.Generic.IList<T>" or "System.Collections.Generic.ICollection<T>" or "System.Collections.Generic.IEnumerable<T>"
                or "System.Collections.Generic.IReadOnlyList<T>" or "System.Collections.Generic.IReadOnlyCollection<T>" or "System.Collections.Immutable.ImmutableArray<T>" => TypeShape.List,
            "System.Collections.Generic.Dictionary<TKey, TValue>" or "System.Collections.Generic.IDictionary<TKey, TValue>" or "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" =>
                named.TypeArguments[0].SpecialType is SpecialType.System_String ? TypeShape.Dictionary : null,
            _ when name.StartsWith("System.", StringComparison.Ordinal) => null,
            _ => named.TypeKind is TypeKind.Class or TypeKind.Struct && !named.IsRefLikeType ? TypeShape.Object : null,
        };
    }

    private static EquatableArray<EnumName> NamesOf(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => type.TypeKind is TypeKind.Enum && field.HasConstantValue)
        .Select(field => new EnumName(KnownAttributes.Find(KnownAttributes.EnumMemberName, field).Argument<string>(0) ?? field.Name, Identifiers.Escape(field.Name)))
        .ToEquatableArray();

    private string? DescriptionOf(ITypeSymbol type) =>
        KnownAttributes.Find(KnownAttributes.Description, type).Argument<string>(0) ?? DocumentationText.SummaryOf(type, cancellationToken);

    private string LabelOf(ITypeSymbol type)
    {
        string label = type switch
        {
            IArrayTypeSymbol array => "ArrayOf" + Simple(array.ElementType),
            INamedTypeSymbol { Arity: > 0 } generic => generic.Name + "Of" + Simple(generic.TypeArguments.Last()),
            _ => type.Name,
        };
        string free = label;
        for (int n = 2; !_labels.Add(free); n++) free = label + n;
        return free;
    }

    private static string Simple(ITypeSymbol type)
    {
        ITypeSymbol bare = Bare(type);
        return (type.NullableAnnotation is NullableAnnotation.Annotated ? "Nullable" : "") + (bare.Name.Length > 0 ? bare.Name : "Array");
    }
}
