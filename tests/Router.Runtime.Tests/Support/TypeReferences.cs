using System.Reflection;
using System.Reflection.Emit;

namespace RouterGen.Runtime.Tests;

/// <summary>Finds the types that a type names: in its members' signatures, and in the instructions of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static operation => operation.Value);

    public static IEnumerable<Type> Of(Type type)
    {
        IEnumerable<Type> own = type.GetInterfaces().Append(type.BaseType!).OfType<Type>()
            .Concat(type.GetFields(All).Select(static field => field.FieldType))
            .Concat(type.GetProperties(All).Select(static property => property.PropertyType))
            .Concat(type.GetGenericArguments().Where(static argument => argument.IsGenericParameter).SelectMany(static argument => argument.GetGenericParameterConstraints()))
            .Concat(type.GetConstructors(All).SelectMany(OfMethod))
            .Concat(type.GetMethods(All).SelectMany(OfMethod));
        return own.SelectMany(Flatten);
    }

    /// <summary>Returns the type itself, or the one in which it is nested.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        IEnumerable<Type> types = method.GetParameters().Select(static parameter => parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var returned }) types = types.Append(returned);
        return method.GetMethodBody() is { } body ? types.Concat(body.LocalVariables.Select(static local => local.LocalType)).Concat(OfInstructions(method, body)) : types;
    }

    /// <summary>Finds the methods that a type's methods call.</summary>
    public static IEnumerable<MethodBase> CallsOf(Type type) =>
        type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .Where(static method => method.GetMethodBody() is not null)
            .SelectMany(static method => MembersOf(method, method.GetMethodBody()!)).OfType<MethodBase>();

    private static IEnumerable<Type> OfInstructions(MethodBase method, MethodBody body)
    {
        foreach (MemberInfo member in MembersOf(method, body))
        {
            if ((member as Type ?? member.DeclaringType) is { } type) yield return type;
            if (member is not MethodInfo { IsGenericMethod: true } generic) continue;
            foreach (Type argument in generic.GetGenericArguments()) yield return argument;
        }
    }

    private static IEnumerable<MemberInfo> MembersOf(MethodBase method, MethodBody body)
    {
        byte[] code = body.GetILAsByteArray()!;
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < code.Length;)
        {
            OpCode operation = code[i] == 0xFE ? OpCodesByValue[(short)(0xFE00 | code[i + 1])] : OpCodesByValue[code[i]];
            i += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, i), ofType, ofMethod)!;
            }

            i += operation.OperandType is OperandType.InlineSwitch ? 4 + 4 * BitConverter.ToInt32(code, i) : SizeOf(operation.OperandType);
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static IEnumerable<Type> Flatten(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        yield return type;
        if (!type.IsGenericType) yield break;
        foreach (Type argument in type.GetGenericArguments().SelectMany(Flatten)) yield return argument;
    }
}
