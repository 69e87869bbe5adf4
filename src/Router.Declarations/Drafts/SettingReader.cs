using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Drafts;

/// <summary>Reads values by their rows of the table. One that is out of its bounds is reported and taken as not stated.</summary>
/// <param name="declared">What states them.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class SettingReader(DeclaredArguments declared, ProblemList problems)
{
    /// <summary>Reads all that goes into a definition as it is.</summary>
    public SettingValues ReadAll(IEnumerable<DeclaredProperty> properties)
    {
        List<StatedValue> values = [];
        foreach (DeclaredProperty property in properties)
        {
            if (property.Target is not null && Read(property) is { } value) values.Add(new(property.Name, value));
        }

        return new(values.ToEquatableArray());
    }

    /// <summary>Reads a number; null where it is not stated.</summary>
    public double? Number(DeclaredProperty property) =>
        Check(property, declared.Number(property.Name), value => property.Bounds!.Allow(value) && !IsTooLittle(property, value));

    public int? Integer(DeclaredProperty property) => Check(property, declared.Integer(property.Name), value => property.Bounds?.Allow(value) ?? true);

    /// <summary>Reads a price; NaN is not stated.</summary>
    public decimal? Price(DeclaredProperty property) => declared.Number(property.Name) is { } stated && double.IsNaN(stated) ? null : (decimal?)Number(property);

    /// <summary>Reads a value of whatever type; null where it is not stated.</summary>
    public object? Read(DeclaredProperty property) => property.Type switch
    {
        DeclaredType.Integer => (object?)Integer(property),
        DeclaredType.Number => (object?)Number(property),
        DeclaredType.Boolean => declared.IsTrue(property.Name) ? (object)true : null,
        DeclaredType.Strategy => (object?)Choice<RoutingStrategy>(property),
        DeclaredType.BudgetPeriod => (object?)Choice<BudgetPeriod>(property),
        DeclaredType.CallKind => (object?)Choice<CallKind>(property),
        DeclaredType.ServiceTier => (object?)Choice<ServiceTier>(property),
        _ => null, // Text needs a closer look.
    };

    // An amount that must be above 0 and that a decimal takes for 0.
    private static bool IsTooLittle(DeclaredProperty property, double value) =>
        property is { Unit: DeclaredUnit.Usd, Bounds.IsLeastAllowed: false } && (decimal)value == 0;

    // A value of an enumeration, and not a number that was cast to it.
    private int? Choice<T>(DeclaredProperty property)
        where T : struct, Enum
    {
        if (declared.Integer(property.Name) is not { } stated || Enum.IsDefined(typeof(T), stated)) return declared.Integer(property.Name);
        Report(property, $"a value of {typeof(T).Name}", stated);
        return null;
    }

    private T? Check<T>(DeclaredProperty property, T? value, Func<T, bool> isAllowed)
        where T : struct, IFormattable
    {
        if (value is not { } stated || isAllowed(stated)) return value;
        Report(property, property.Bounds!.Demand, stated);
        return null;
    }

    private void Report(DeclaredProperty property, string demand, IFormattable stated)
    {
        string value = stated.ToString(null, CultureInfo.InvariantCulture);
        if (property == DeploymentProperties.Weight) problems.Add(ProblemKinds.InvalidWeight, declared.PlaceOf(property.Name), value);
        else problems.Add(ProblemKinds.InvalidLimit, declared.PlaceOf(property.Name), declared.NameOf(property.Name), demand, value);
    }
}
