using System.Collections;
using System.Reflection;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>Where two objects differ. Codecs and platforms, whose types a compilation has for itself, are compared by their names and fields.</summary>
internal static class Differences
{
    private static readonly MethodInfo Read = typeof(Differences).GetMethod(nameof(ReadConstants), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IEnumerable<string> Between(object? expected, object? actual, string path)
    {
        if (ReferenceEquals(expected, actual)) return [];
        if (expected is null || actual is null) return [$"{path}: {expected ?? "null"} and {actual ?? "null"}"];
        if (expected is IDeploymentConstants) return actual is IDeploymentConstants ? Between(ConstantsOf(expected), ConstantsOf(actual), path) : [path + " has no constants"];
        if (expected is IEnumerable list and not string) return OfLists([.. list.Cast<object?>()], [.. ((IEnumerable)actual).Cast<object?>()], path);
        Type type = expected.GetType();
        if (type.Namespace + type.Name != actual.GetType().Namespace + actual.GetType().Name) return [$"{path}: {type} and {actual.GetType()}"];
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type.Namespace is "System" && type.IsValueType && !type.IsGenericType) return expected.Equals(actual) ? [] : [$"{path}: {expected} and {actual}"];
        return FieldsOf(type).SelectMany(field => Between(field.GetValue(expected), FieldsOf(actual.GetType()).Single(other => other.Name == field.Name && other.DeclaringType!.Name == field.DeclaringType!.Name).GetValue(actual), path + "." + NameOf(field)));
    }

    private static IEnumerable<string> OfLists(object?[] expected, object?[] actual, string path) => expected.Length != actual.Length
        ? [$"{path}: {expected.Length} and {actual.Length} items"]
        : expected.Zip(actual).SelectMany((pair, i) => Between(pair.First, pair.Second, $"{path}[{i}]"));

    private static IEnumerable<FieldInfo> FieldsOf(Type? type) => type is null
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Concat(FieldsOf(type.BaseType));

    private static string NameOf(FieldInfo field) => field.Name.Split('<', '>') is [_, { Length: > 0 } name, ..] ? name : field.Name;

    private static object ConstantsOf(object constants) => Read.MakeGenericMethod(constants.GetType()).Invoke(null, [constants])!;

    private static object ReadConstants<T>(T constants) where T : struct, IDeploymentConstants => (System.Text.Encoding.UTF8.GetString(constants.RequestPrefix), constants.Profile);
}
