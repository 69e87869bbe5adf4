using System.Reflection;
using System.Text;

namespace RouterGen.Runtime.Tests;

/// <summary>Lists what an assembly shows to others, one line for each type and member, sorted: a text to compare and review.</summary>
internal static class PublicApi
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string List(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        IEnumerable<Type> bases = type.IsEnum || type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? [] : [type.BaseType];
        if (!type.IsEnum) bases = bases.Concat(type.GetInterfaces().Where(static one => one.IsVisible).OrderBy(Name, StringComparer.Ordinal));
        string list = string.Join(", ", bases.Select(Name));
        return $"{kind} {type.Namespace}.{Name(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (FieldInfo field in type.GetFields(All).Where(static field => IsVisible(field.Attributes) && !field.IsSpecialName))
        {
            if (type.IsEnum) yield return $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}";
            else yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}";
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(All).Where(static constructor => IsVisible(constructor)))
            yield return $"{Access(constructor)}{Name(type)}({Parameters(constructor)})";

        foreach (PropertyInfo property in type.GetProperties(All))
        {
            MethodInfo? get = property.GetMethod is { } getter && IsVisible(getter) ? getter : null;
            MethodInfo? set = property.SetMethod is { } setter && IsVisible(setter) ? setter : null;
            if ((get ?? set) is not { } either) continue;
            bool init = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) ?? false;
            bool required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
            string nullable = Mark(property.PropertyType, Nullability.Create(property));
            yield return $"{Access(either)}{(required ? "required " : "")}{nullable} {property.Name} {{ {(get is null ? "" : "get; ")}{(set is null ? "" : init ? "init; " : "set; ")}}}";
        }

        foreach (MethodInfo method in type.GetMethods(All).Where(static method => IsVisible(method) && !IsCompilers(method)))
            yield return $"{Access(method)}{Mark(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
    {
        string mode = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        string type = Mark(parameter.ParameterType, Nullability.Create(parameter));
        string fallback = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{mode}{type} {parameter.Name}{fallback}";
    }));

    private static string Access(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        bool overrides = method is MethodInfo info && info.GetBaseDefinition() != info;
        string kind = method.IsStatic ? "static " : "";
        if (method.DeclaringType!.IsInterface && !method.IsStatic) return access;
        if (method.IsAbstract) kind += overrides ? "abstract override " : "abstract ";
        else if (overrides) kind += "override ";
        else if (method is { IsVirtual: true, IsFinal: false }) kind += "virtual ";
        return access + kind;
    }

    private static string Mark(Type type, NullabilityInfo info) =>
        Name(type) + (!type.IsValueType && (info.ReadState is NullabilityState.Nullable || info.WriteState is NullabilityState.Nullable) ? "?" : "");

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying) + "?";
        string name = type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Name(outer)}.{type.Name}" : type.Name;
        if (!type.IsGenericType) return name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    /// <summary>Accessors, which their properties stand for, and what a record gets without anybody writing it.</summary>
    private static bool IsCompilers(MethodInfo method) =>
        method.IsSpecialName
        || method.Name.Contains('<', StringComparison.Ordinal)
        || method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute));
}
