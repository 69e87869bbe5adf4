using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>Writes settings as the properties of a definition, by their rows of the table; only those with a value.</summary>
internal static class SettingEmitter
{
    public static void Write(SourceWriter writer, IEnumerable<DeclaredProperty> properties, SettingValues values)
    {
        foreach (DeclaredProperty property in properties)
        {
            if (property.Target is { } target && values[property] is { } value) writer.Line($"{target} = {ValueOf(property, value)},");
        }
    }

    private static string ValueOf(DeclaredProperty property, object value) => value switch
    {
        double seconds when property.Unit is DeclaredUnit.Seconds => $"global::System.TimeSpan.FromSeconds({Literal.Of(seconds)})",
        double amount when property.Unit is DeclaredUnit.Usd => Literal.Of((decimal)amount),
        double number => Literal.Of(number),
        int number when property.Type is DeclaredType.Strategy => $"{CodeNames.RoutingStrategy}.{(RoutingStrategy)number}",
        int number when property.Type is DeclaredType.BudgetPeriod => $"{CodeNames.BudgetPeriod}.{(BudgetPeriod)number}",
        int number => Literal.Of(number),
        string text => Literal.Of(text),
        EquatableArray<string?> texts => $"[{string.Join(", ", texts.Select(text => Literal.Of(text!)))}]",
        _ => "true",
    };
}
