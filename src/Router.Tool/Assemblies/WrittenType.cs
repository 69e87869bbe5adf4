using System.Reflection.Metadata;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;

namespace RouterGen.Tool.Assemblies;

/// <summary>Types in arguments of attributes: the compiler writes <c>Shop.Outer+Gen`1[[System.Int32, …]], Shop</c>.</summary>
internal static class WrittenType
{
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Char"] = "char",
        ["System.Decimal"] = "decimal",
        ["System.Double"] = "double",
        ["System.Single"] = "float",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Object"] = "object",
        ["System.String"] = "string",
    };

    /// <summary>Returns the type as C#, as the generator names it: <c>global::Shop.Outer.Gen&lt;int&gt;</c>; null where it is none.</summary>
    /// <param name="written">The name that the compiler wrote.</param>
    public static string? NameOf(string written) => TypeName.TryParse(written, out TypeName? type) ? Show(type) : null;

    private static string Show(TypeName type)
    {
        if (type.IsPointer) return Show(type.GetElementType()) + "*";
        if (type.IsArray) return ShowArray(type);
        if (!type.IsConstructedGenericType) return BuiltIn.TryGetValue(type.FullName, out string? keyword) ? keyword : ShowParts(type, []);
        TypeName definition = type.GetGenericTypeDefinition();
        string[] arguments = [.. type.GetGenericArguments().Select(Show)];
        return definition.FullName == "System.Nullable`1" ? arguments[0] + "?" : ShowParts(definition, new(arguments));
    }

    // In C# the outermost rank comes first.
    private static string ShowArray(TypeName type)
    {
        string ranks = "";
        for (; type.IsArray; type = type.GetElementType()) ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return Show(type) + ranks;
    }

    // Each part takes as many of the arguments as its name says; without any, the type is open.
    private static string ShowParts(TypeName type, Queue<string> arguments)
    {
        string outer = type.IsNested ? ShowParts(type.DeclaringType!, arguments) + "." : UserType.Global + NamespaceOf(type);
        string name = TypeName.Unescape(type.Name);
        int tick = name.LastIndexOf('`');
        if (tick < 0 || !int.TryParse(name.AsSpan(tick + 1), out int count)) return outer + Escape(name);
        string list = arguments.Count < count ? new string(',', count - 1) : string.Join(", ", Enumerable.Range(0, count).Select(_ => arguments.Dequeue()));
        return $"{outer}{Escape(name[..tick])}<{list}>";
    }

    private static string NamespaceOf(TypeName type) => string.Concat(type.Namespace.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part => Escape(part) + "."));

    private static string Escape(string name) => Keywords.IsReserved(name) ? "@" + name : name;
}
