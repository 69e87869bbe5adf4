using System.Reflection;
using System.Reflection.Emit;

namespace RouterGen.Runtime.Tests;

/// <summary>What routes calls knows no kind of call: a second kind needs no change there.</summary>
public class KindOfCallTests
{
    // What begins with one of these, and all that is nested in it.
    private static readonly string[] Routing =
    [
        "AdmissionMemo", "AttemptContext", "AttemptObservation", "CallProfile", "CallQueue", "Choice", "Demands", "Deployment", "FailedAttempt", "FigureMemo", "GroupPolicy",
        "GroupState", "GuardedPolicy", "HedgedAttempt", "Hedging", "IAttempt`", "Journey", "LatencyProber", "LeastBusyPolicy", "Lowest", "Mirroring", "ModelGroup", "OutgoingRequest",
        "RecoveryProber", "RetryLoop", "SelectionContext", "SelectionPolicy", "SharedStates", "StickyChoice", "StickyKey", "Strategies", "Suitability", "Waiter", "WeightedPolicy",
        "WholeAttempt", "AdaptivePolicy", "CallRequest", "Codec", "RequestShape", "CallBudget", "CircuitBreaker",
    ];

    [Fact]
    public void What_routes_names_no_type_of_chat()
    {
        Type[] types = [.. typeof(ModelGroup).Assembly.GetTypes().Where(static type => Array.Exists(Routing, name => Outermost(type).Name.StartsWith(name, StringComparison.Ordinal)))];
        Assert.True(types.Length > Routing.Length);
        string[] found = [.. types.SelectMany(static type => Named(type).Where(IsOfChat).Select(used => $"{type.Name}: {used}")).Distinct().Order(StringComparer.Ordinal)];
        Assert.Empty(found);
    }

    [Fact]
    public void It_is_found_where_it_is()
    {
        Assert.Contains(Named(typeof(ChatGroup)), IsOfChat);
        Assert.Contains(Named(typeof(ProviderStream)), IsOfChat);
        Assert.Contains(typeof(ChatGroup).Assembly.GetTypes().Where(static type => Outermost(type) == typeof(RoutedStream)).SelectMany(Named), IsOfChat);
    }

    private static bool IsOfChat(Type type) =>
        (type.Name.Contains("Chat", StringComparison.Ordinal) || type.Name.StartsWith("Routed", StringComparison.Ordinal) || type.Name is "AIContent" or "ProviderStream")
        && type.Name is not nameof(ChatGroup); // named in documentation alone

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The types in a type's members, and in the bodies of its methods.</summary>
    private static IEnumerable<Type> Named(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        IEnumerable<Type> own = type.GetInterfaces().Append(type.BaseType!).OfType<Type>()
            .Concat(type.GetFields(All).Select(static field => field.FieldType))
            .Concat(type.GetProperties(All).Select(static property => property.PropertyType))
            .Concat(type.GetConstructors(All).SelectMany(Signature))
            .Concat(type.GetMethods(All).SelectMany(Signature));
        return own.SelectMany(Flatten);
    }

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        IEnumerable<Type> types = method.GetParameters().Select(static parameter => parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var returned }) types = types.Append(returned);
        return method.GetMethodBody() is { } body ? types.Concat(body.LocalVariables.Select(static local => local.LocalType)).Concat(Tokens(method, body)) : types;
    }

    /// <summary>The types that a body's instructions name, also as the owners of members.</summary>
    private static IEnumerable<Type> Tokens(MethodBase method, MethodBody body)
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
                MemberInfo member = method.Module.ResolveMember(BitConverter.ToInt32(code, i), ofType, ofMethod)!;
                if ((member as Type ?? member.DeclaringType) is { } type) yield return type;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (Type argument in generic.GetGenericArguments()) yield return argument;
                }
            }

            i += operation.OperandType is OperandType.InlineSwitch ? 4 + 4 * BitConverter.ToInt32(code, i) : SizeOf(operation.OperandType);
        }
    }

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static operation => operation.Value);

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
