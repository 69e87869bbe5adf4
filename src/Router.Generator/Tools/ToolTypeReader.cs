using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>How values of types are read from what a model writes, and the schemas that tell it how. One for each class with tools.</summary>
internal sealed class ToolTypeReader(ToolNames names, CancellationToken cancellationToken)
{
    private const string Collections = "global::System.Collections.Generic.";

    private readonly Dictionary<string, (ReaderSpec Reader, ToolSchema Schema)> _known = new(StringComparer.Ordinal);
    private readonly List<ReaderSpec> _readers = [];
    private readonly List<string> _open = [];

    /// <summary>What has to be emitted, in the order in which it was needed.</summary>
    public EquatableArray<ReaderSpec> Readers => _readers.ToEquatableArray();

    /// <summary>Returns how a type is read.</summary>
    /// <param name="type">The type.</param>
    /// <param name="schema">Its schema.</param>
    /// <exception cref="UnboundTypeException">It cannot be.</exception>
    public ReadSpec Read(ITypeSymbol type, out ToolSchema schema)
    {
        ITypeSymbol bare = ToolNames.Unwrap(type, out bool isNullable);
        string name = ToolNames.Of(bare);
        if (ToolScalars.Find(bare) is { } scalar)
        {
            schema = scalar.Schema;
            return new(name, isNullable, scalar.Method, IsEmitted: false);
        }

        if (!_known.TryGetValue(name, out (ReaderSpec Reader, ToolSchema Schema) known))
        {
            if (_open.Contains(name)) throw new UnboundTypeException($"'{bare.Name}' refers to itself");
            _open.Add(name);
            try
            {
                ReaderSpec reader = Make(bare, name, out schema);
                _known[name] = known = (reader, schema);
                _readers.Add(reader);
            }
            finally
            {
                _open.Remove(name);
            }
        }

        schema = known.Schema;
        return new(name, isNullable, known.Reader.Method, IsEmitted: true);
    }

    private ReaderSpec Make(ITypeSymbol type, string name, out ToolSchema schema) =>
        type.TypeKind is TypeKind.Enum ? MakeEnum(type, name, out schema)
        : ItemOf(type) is { } item ? MakeList(type, name, item, out schema)
        : ValueOf(type) is { } value ? MakeDictionary(type, name, value, out schema)
        : MakeObject(type, name, out schema);

    private EnumReaderSpec MakeEnum(ITypeSymbol type, string name, out ToolSchema schema)
    {
        if (KnownAttributes.Find(KnownAttributes.Flags, type) is not null) throw new UnboundTypeException($"'{type.Name}' is an enum of flags, of which a model can name one alone: take a list of an enum");
        IFieldSymbol[] members = [.. ToolMembers.OfEnum(type)];
        if (members.Length == 0) throw new UnboundTypeException($"'{type.Name}' has no members");
        string[] labels = [.. members.Select(ToolMembers.NameOfEnum)];
        schema = new("string", Values: string.Join(",", labels.Select(Emit.Literal.Json)));
        return new(names.Claim("Read", type), name, labels.ToEquatableArray(), members.Select(member => $"{name}.{Identifiers.Escape(member.Name)}").ToEquatableArray());
    }

    private ListReaderSpec MakeList(ITypeSymbol type, string name, ITypeSymbol itemType, out ToolSchema schema)
    {
        ReadSpec item = Read(itemType, out ToolSchema ofItem);
        bool isSet = type.Name is "HashSet" or "ISet" or "IReadOnlySet";
        schema = new("array", $",\"items\":{ofItem.ToJson(isNullable: item.IsNullable)}");
        return new(names.Claim("Read", type), name, $"{Collections}{(isSet ? "HashSet" : "List")}<{item.FullType}>", type is IArrayTypeSymbol, item);
    }

    private DictionaryReaderSpec MakeDictionary(ITypeSymbol type, string name, ITypeSymbol valueType, out ToolSchema schema)
    {
        ReadSpec item = Read(valueType, out ToolSchema ofItem);
        schema = new("object", $",\"additionalProperties\":{ofItem.ToJson(isNullable: item.IsNullable)}");
        return new(names.Claim("Read", type), name, $"{Collections}Dictionary<string, {item.FullType}>", item);
    }

    private ObjectReaderSpec MakeObject(ITypeSymbol type, string name, out ToolSchema schema)
    {
        if (FaultOf(type) is { } fault) throw new UnboundTypeException(fault);
        var named = (INamedTypeSymbol)type;
        IMethodSymbol? constructor = ConstructorOf(named);
        IPropertySymbol[] properties = [.. ToolMembers.Of(type)];
        var variables = new VariableNames("value", "given", "members", "made");
        List<MemberReadSpec> members = [];
        List<(string, string, bool)> schemas = [];
        foreach (IParameterSymbol parameter in constructor?.Parameters ?? [])
        {
            IPropertySymbol? property = properties.FirstOrDefault(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            ReadSpec read = ReadMember(parameter.Type, $"{type.Name}.{parameter.Name}", out ToolSchema ofMember);
            bool isOptional = parameter.HasExplicitDefaultValue;
            string? @default = isOptional ? ToolConstants.AsCode(parameter, read) : read.IsNullable ? "null" : null;
            Add(parameter.Name, property, parameter.Name, read, MemberWay.Constructor, @default, isOptional, ofMember, ToolTexts.OfParameter(parameter, cancellationToken), isOptional ? ToolConstants.AsJson(parameter.ExplicitDefaultValue, ToolNames.Unwrap(parameter.Type, out _)) : null);
        }

        bool setsRequired = constructor is not null && KnownAttributes.Find(KnownAttributes.SetsRequiredMembers, constructor) is not null;
        foreach (IPropertySymbol property in properties)
        {
            if (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public } setter) continue;
            bool isRequired = property.IsRequired && !setsRequired;
            if (!isRequired && constructor is not null && constructor.Parameters.Any(parameter => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))) continue;
            ReadSpec read = ReadMember(property.Type, $"{type.Name}.{property.Name}", out ToolSchema ofMember);
            bool canCopy = named.IsRecord || named.TypeKind is TypeKind.Struct;
            MemberWay way = isRequired || (setter.IsInitOnly && !canCopy) ? MemberWay.Initializer : setter.IsInitOnly ? MemberWay.With : MemberWay.Setter;
            bool isOptional = way is not MemberWay.Initializer;
            Add(property.Name, property, property.Name, read, way, !isOptional && read.IsNullable ? "null" : null, isOptional, ofMember, ToolTexts.Of(property, cancellationToken), null);
        }

        if (named.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.IsRequired) is { } required) throw new UnboundTypeException($"'{type.Name}.{required.Name}' is a required field");
        schema = ToolSchema.Object(schemas);
        return new(names.Claim("Read", type), name, members.ToEquatableArray());

        // What may be missing may be null too: strict modes have no other way to leave it out.
        void Add(string symbolName, IPropertySymbol? property, string variable, ReadSpec read, MemberWay way, string? @default, bool isOptional, ToolSchema ofMember, string description, string? defaultJson)
        {
            string jsonName = ToolMembers.JsonName(symbolName, property);
            if (description.Length == 0 && property is not null) description = ToolTexts.Of(property, cancellationToken);
            members.Add(new(jsonName, variables.Claim(JsonNames.CamelCase(variable)), Identifiers.Escape(symbolName), read, way, @default));
            schemas.Add((jsonName, ofMember.ToJson(description, isOptional || read.IsNullable, defaultJson), !isOptional));
        }
    }

    private ReadSpec ReadMember(ITypeSymbol type, string place, out ToolSchema schema)
    {
        try
        {
            return Read(type, out schema);
        }
        catch (UnboundTypeException inner) when (!inner.Message.Contains(" in '"))
        {
            throw new UnboundTypeException($"{inner.Message}, in '{place}'");
        }
    }

    private static string? FaultOf(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => $"'{type.Name}' is a type parameter",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "it is a pointer",
        IArrayTypeSymbol { Rank: > 1 } => "an array of several dimensions has no form in JSON: take an array of arrays",
        IArrayTypeSymbol => "bytes have no form that models write: take a string",
        IDynamicTypeSymbol => "'dynamic' can be anything: take a JsonElement",
        { SpecialType: SpecialType.System_Object } => "'object' can be anything: take a JsonElement",
        { TypeKind: TypeKind.Delegate } => $"'{type.Name}' is a delegate",
        { TypeKind: TypeKind.Interface } => $"'{type.Name}' is an interface, of which it is not known what to make",
        { IsAbstract: true } => $"'{type.Name}' is abstract",
        { IsRefLikeType: true } => $"'{type.Name}' is a ref struct",
        { IsTupleType: true } => "the elements of a tuple have no names in JSON: take a record",
        INamedTypeSymbol { IsUnboundGenericType: true } => $"the type arguments of '{type.Name}' must be given",
        { ContainingNamespace: var ns } when IsOfFramework(ns) => $"'{type.Name}' has no form in JSON that is known",
        INamedTypeSymbol => null,
        _ => $"'{type.Name}' has no form in JSON that is known",
    };

    // Types of the framework's own are in the tables, or have members that say nothing to a model.
    private static bool IsOfFramework(INamespaceSymbol? @namespace)
    {
        for (; @namespace is { IsGlobalNamespace: false }; @namespace = @namespace.ContainingNamespace)
        {
            if (@namespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }) return true;
        }

        return false;
    }

    // As the serializer chooses: the one that is marked, else the one without parameters, else the only one.
    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type)
    {
        IMethodSymbol[] usable = [.. type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility is Accessibility.Public && !(type.TypeKind is TypeKind.Struct && constructor.IsImplicitlyDeclared))];
        IMethodSymbol? chosen = usable.FirstOrDefault(IsMarked) ?? usable.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) ?? (usable.Length == 1 ? usable[0] : null);
        if (chosen is not null || (type.TypeKind is TypeKind.Struct && usable.Length == 0)) return chosen;
        throw new UnboundTypeException(usable.Length == 0 ? $"'{type.Name}' has no public constructor" : $"'{type.Name}' has several constructors: mark the one to use with [JsonConstructor]");
    }

    private static bool IsMarked(IMethodSymbol constructor) => KnownAttributes.Find(KnownAttributes.Constructor, constructor) is not null;

    // The type of a list's items; null for what is no list.
    private static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: not SpecialType.System_Byte } array => array.ElementType,
        INamedTypeSymbol
        {
            Arity: 1,
            Name: "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "HashSet" or "ISet" or "IReadOnlySet",
        } list when IsGenericCollection(list) => list.TypeArguments[0],
        _ => null,
    };

    private static ITypeSymbol? ValueOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 2, Name: "Dictionary" or "IDictionary" or "IReadOnlyDictionary" } map
        && IsGenericCollection(map) && map.TypeArguments[0].SpecialType is SpecialType.System_String ? map.TypeArguments[1] : null;

    private static bool IsGenericCollection(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() is "System.Collections.Generic";
}

/// <summary>A type that no value can be read of, or written. The message says why, without a full stop.</summary>
internal sealed class UnboundTypeException(string message) : Exception(message);
