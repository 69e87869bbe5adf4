using System.Globalization;
using Microsoft.CodeAnalysis;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>Default values of parameters, as C# and as JSON.</summary>
internal static class ToolConstants
{
    /// <summary>A default as C#.</summary>
    public static string AsCode(IParameterSymbol parameter, ReadSpec read)
    {
        if (parameter.ExplicitDefaultValue is not { } value) return read.IsNullable ? "null" : parameter.Type.IsReferenceType ? "null!" : "default";
        string literal = value switch
        {
            string text => Literal.Of(text),
            char letter => Literal.Of(letter.ToString()) + "[0]",
            bool flag => flag ? "true" : "false",
            double number => double.IsNaN(number) || double.IsInfinity(number) ? Unbounded("double", number) : number.ToString("R", CultureInfo.InvariantCulture) + "d",
            float number => float.IsNaN(number) || float.IsInfinity(number) ? Unbounded("float", number) : number.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal number => Literal.Of(number),
            ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
            long number => number == long.MinValue ? "long.MinValue" : number.ToString(CultureInfo.InvariantCulture) + "L",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => "default",
        };
        return read.IsEmitted ? $"({read.Type})({literal})" : literal;
    }

    /// <summary>A default as JSON; null where JSON has no form for it.</summary>
    public static string? AsJson(object? value, ITypeSymbol type)
    {
        if (value is null) return null;
        if (type.TypeKind is TypeKind.Enum)
        {
            IFieldSymbol? member = ToolMembers.OfEnum(type).FirstOrDefault(field => Equals(field.ConstantValue, value));
            return member is null ? null : Literal.Json(ToolMembers.NameOfEnum(member));
        }

        return value switch
        {
            string text => Literal.Json(text),
            char letter => Literal.Json(letter.ToString()),
            bool flag => flag ? "true" : "false",
            double number => double.IsNaN(number) || double.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
            float number => float.IsNaN(number) || float.IsInfinity(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string Unbounded(string type, double number) => $"{type}.{(double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity")}";
}
