using System.Reflection.Metadata;

namespace RouterGen.Tool.Assemblies;

/// <summary>
/// Tells the decoder of attributes what the types of their arguments are, by name: nothing is loaded. A value that is a type comes
/// out as the name that the compiler wrote for it.
/// </summary>
internal sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
{
    public static readonly AttributeTypes Instance = new();

    private const string SystemType = "System.Type";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => SystemType;

    public bool IsSystemType(string type) => type == SystemType;

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return FullName(reader, type.Namespace, type.Name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return FullName(reader, type.Namespace, type.Name);
    }

    public string GetTypeFromSerializedName(string name) => name;

    // The only enumerations among the arguments are those of declarations.
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    /// <summary>A name with its namespace.</summary>
    public static string FullName(MetadataReader reader, StringHandle @namespace, StringHandle name) =>
        @namespace.IsNil ? reader.GetString(name) : reader.GetString(@namespace) + "." + reader.GetString(name);
}
