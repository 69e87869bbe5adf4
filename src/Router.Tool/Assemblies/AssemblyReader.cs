using System.Reflection;
using System.Reflection.Metadata;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Parsing;

namespace RouterGen.Tool.Assemblies;

/// <summary>Reads what the attributes of an assembly declare, from its metadata: it is not loaded, and nothing of it is run.</summary>
/// <param name="reader">The metadata.</param>
/// <param name="path">The path of the assembly, as messages say it.</param>
internal sealed class AssemblyReader(MetadataReader reader, string path)
{
    private const string GeneratedCode = "System.CodeDom.Compiler.GeneratedCodeAttribute";

    /// <summary>Reads all.</summary>
    /// <param name="rootNamespace">The project's namespace; null where that is not known, and taken to be the assembly's name.</param>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public DeclaredCode Read(string? rootNamespace)
    {
        string name = reader.IsAssembly ? reader.GetString(reader.GetAssemblyDefinition().Name) : Path.GetFileNameWithoutExtension(path);
        List<DeclaredArguments> providers = reader.IsAssembly
            ? [.. Declare(Declaring(reader.GetAssemblyDefinition().GetCustomAttributes()), name, isOfAssembly: true, static (_, _) => false).Providers]
            : [];
        EquatableArray<ArgumentsSnapshot> snapshots = DeclarationSource.ToSnapshots(providers);
        List<DeclaredClass> classes = [];
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            List<(DeclarationKind Kind, DeclaredArguments Stated)> declaring = Declaring(type.GetCustomAttributes());
            if (declaring.Count > 0) classes.Add(ReadClass(type, declaring, snapshots));
        }

        return new(rootNamespace ?? Identifiers.Namespace(name), classes, providers);
    }

    private DeclaredClass ReadClass(TypeDefinition type, List<(DeclarationKind Kind, DeclaredArguments Stated)> declaring, EquatableArray<ArgumentsSnapshot> providers)
    {
        string name = PlainName(type, out bool isFileLocal);
        bool isGeneric = type.GetGenericParameters().Count > 0;
        string[] demands = [.. ClassDemands.Unmet(type.IsNested, isGeneric, isFileLocal)];
        List<TypeDefinition> outer = Outer(type);
        string[] names = [.. outer.Select(one => PlainName(one, out _)).Reverse()];
        string ofNamespace = reader.GetString(outer[^1].Namespace);
        string prefix = ofNamespace.Length == 0 ? "" : ofNamespace + ".";
        var facts = new ClassFacts(
            string.Join(".", ofNamespace.Split('.').Select(Identifiers.Escape)),
            name,
            Modifiers: "",
            "class",
            IsStatic: type.Attributes.HasFlag(TypeAttributes.Abstract | TypeAttributes.Sealed),
            IsPublic: (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public,
            CanRegister: false,
            CanConstruct: true,
            CanGenerate: demands.Length == 0,
            TakenNames(type, name),
            GroupMembers: default,
            providers,
            UserTypes: default,
            Packages: null);
        string bearer = prefix + string.Join(".", names);
        var generated = new GeneratedGroups(reader, type, facts.TakenNames);
        return new(
            demands.Length == 0 ? bearer : prefix + string.Join("+", names) + (isGeneric ? "`" : ""),
            facts,
            Declare(declaring, bearer, isOfAssembly: false, generated.Has),
            new AttributePlace(path, bearer, Attribute: null, Number: 0, Property: null),
            demands);
    }

    // What the attributes of a class or an assembly state, in their order.
    private List<(DeclarationKind Kind, DeclaredArguments Stated)> Declaring(CustomAttributeHandleCollection handles)
    {
        List<(DeclarationKind, DeclaredArguments)> declaring = [];
        foreach (CustomAttributeHandle handle in handles)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (AttributeDecoder.KindOf(reader, attribute) is { } kind) declaring.Add((kind, new(new(0, AttributeDecoder.Decode(attribute, kind)), ArgumentPlaces.None)));
        }

        return declaring;
    }

    private DeclarationSource Declare(
        List<(DeclarationKind Kind, DeclaredArguments Stated)> declaring, string bearer, bool isOfAssembly, Func<DeclaredArguments, DeclaredArguments, bool> has)
    {
        int[] parts = DeclarationParts.Of(declaring, has);
        ILookup<DeclarationKind, DeclaredArguments> placed = declaring
            .Select((attribute, i) => (attribute.Kind, Stated: new DeclaredArguments(
                attribute.Stated.Stated with { Declaration = parts[i] }, new AttributePlaces(path, bearer, isOfAssembly, attribute.Kind, attribute.Stated, i))))
            .ToLookup(attribute => attribute.Kind, attribute => attribute.Stated);
        return new([.. placed[DeclarationKind.Group]], [.. placed[DeclarationKind.Deployment]], [.. placed[DeclarationKind.Provider]]);
    }

    // The class itself, then those around it.
    private List<TypeDefinition> Outer(TypeDefinition type)
    {
        List<TypeDefinition> all = [type];
        HashSet<TypeDefinitionHandle> visited = [];
        while (all[^1].IsNested)
        {
            TypeDefinitionHandle outer = all[^1].GetDeclaringType();
            if (outer.IsNil || !visited.Add(outer)) throw new BadImageFormatException("A class is nested in none, or in itself");
            all.Add(reader.GetTypeDefinition(outer));
        }

        return all;
    }

    // Without the number of type parameters, and what the compiler puts before the name of a class that is local to its file.
    private string PlainName(TypeDefinition type, out bool isFileLocal)
    {
        string name = reader.GetString(type.Name);
        int local = name.StartsWith('<') ? name.IndexOf("__", StringComparison.Ordinal) : -1;
        isFileLocal = local > 0;
        if (isFileLocal) name = name[(local + 2)..];
        int tick = name.LastIndexOf('`');
        return tick < 0 ? name : name[..tick];
    }

    // The names of the class's own members and of what it inherits in this assembly, besides what was generated.
    private EquatableArray<string> TakenNames(TypeDefinition type, string name)
    {
        var taken = new SortedSet<string>(MadeClass.ObjectMembers.Append(name), StringComparer.Ordinal);
        HashSet<EntityHandle> visited = [];
        while (true)
        {
            taken.UnionWith(Members(type).Where(member => Identifiers.IsIdentifier(member.Name) && !member.Attributes.Any(IsGenerated)).Select(member => member.Name));
            EntityHandle parent = type.BaseType;
            if (parent.IsNil || parent.Kind is not HandleKind.TypeDefinition || !visited.Add(parent)) return taken.ToEquatableArray();
            type = reader.GetTypeDefinition((TypeDefinitionHandle)parent);
        }
    }

    private IEnumerable<(string Name, IEnumerable<CustomAttributeHandle> Attributes)> Members(TypeDefinition type) =>
    [
        .. type.GetFields().Select(reader.GetFieldDefinition).Select(field => (reader.GetString(field.Name), field.GetCustomAttributes().AsEnumerable())),
        .. type.GetProperties().Select(reader.GetPropertyDefinition).Select(property => (reader.GetString(property.Name), property.GetCustomAttributes().AsEnumerable())),
        .. type.GetEvents().Select(reader.GetEventDefinition).Select(happening => (reader.GetString(happening.Name), happening.GetCustomAttributes().AsEnumerable())),
        .. type.GetNestedTypes().Select(reader.GetTypeDefinition).Select(nested => (PlainName(nested, out _), nested.GetCustomAttributes().AsEnumerable())),
        .. from method in type.GetMethods().Select(reader.GetMethodDefinition)
           where !method.Attributes.HasFlag(MethodAttributes.SpecialName)
           select (reader.GetString(method.Name), method.GetCustomAttributes().AsEnumerable()),
    ];

    private bool IsGenerated(CustomAttributeHandle handle)
    {
        CustomAttribute attribute = reader.GetCustomAttribute(handle);
        return AttributeDecoder.TypeOf(reader, attribute) is GeneratedCode
            && attribute.DecodeValue(AttributeTypes.Instance).FixedArguments is [{ Value: MemberNames.GeneratedBy }, ..];
    }
}
