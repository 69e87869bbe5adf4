using System.Globalization;
using Microsoft.CodeAnalysis;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Answers;

/// <summary>Reads the rules of a value from the attributes of <c>System.ComponentModel.DataAnnotations</c>. One that does not suit the type has no effect.</summary>
internal static class RuleReader
{
    public static ValueRules Read(ISymbol member, ISymbol? parameter, TypeShape shape)
    {
        ValueRules rules = ValueRules.None;
        if (shape is TypeShape.Integer or TypeShape.Number && KnownAttributes.Find(KnownAttributes.Range, member, parameter) is { } range)
        {
            rules = rules with { Minimum = NumberAt(range, 0, shape), Maximum = NumberAt(range, 1, shape) };
            if (!rules.HasRange) rules = ValueRules.None;
        }

        if (shape is not (TypeShape.Text or TypeShape.List)) return rules;
        if (KnownAttributes.Find(KnownAttributes.StringLength, member, parameter) is { } length)
        {
            rules = rules with { MinLength = length.Named<int>("MinimumLength"), MaxLength = length.Argument<int>(0) };
        }

        if (KnownAttributes.Find(KnownAttributes.Length, member, parameter) is { } both) rules = rules with { MinLength = both.Argument<int>(0), MaxLength = both.Argument<int>(1) };
        if (KnownAttributes.Find(KnownAttributes.MinLength, member, parameter) is { } least) rules = rules with { MinLength = least.Argument<int>(0) };
        if (KnownAttributes.Find(KnownAttributes.MaxLength, member, parameter) is { ConstructorArguments.Length: > 0 } most) rules = rules with { MaxLength = most.Argument<int>(0) };
        if (shape is TypeShape.Text && KnownAttributes.Find(KnownAttributes.RegularExpression, member, parameter).Argument<string>(0) is { } pattern) rules = rules with { Pattern = pattern };
        return rules;
    }

    // Numbers that C# and JSON write alike.
    private static string? NumberAt(AttributeData range, int position, TypeShape shape)
    {
        if (range.ConstructorArguments.Length != 2) return null;
        string? number = range.ConstructorArguments[position].Value switch
        {
            int whole => whole.ToString(CultureInfo.InvariantCulture),
            double real => real.ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        };
        bool isPlain = number is not null && number.All(c => c is '-' or (>= '0' and <= '9') || (c is '.' && shape is TypeShape.Number));
        return isPlain ? number : null;
    }
}
