using System.Collections;
using System.Reflection;
using RouterGen.Dynamic.Definitions;
using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>Prices are two types of one file: what one has, the other one gets.</summary>
public sealed class PriceTests
{
    [Fact]
    public void Each_price_and_each_condition_is_copied()
    {
        int number = 0;
        var variant = (Declared.PriceVariant)Filled(typeof(Declared.PriceVariant), ref number);
        var declared = new Declared.ModelPrices((Declared.TokenPrices)Filled(typeof(Declared.TokenPrices), ref number)) { Variants = [variant, new(variant.Prices with { Units = null }), variant with { Hours = null, From = null, Tier = null }] };

        AssertSame(declared, PriceCopy.Of(declared), "prices");
    }

    // Each property with another value.
    private static object Filled(Type type, ref int number)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        var arguments = new List<object>();
        foreach (ParameterInfo parameter in constructor.GetParameters()) arguments.Add(ValueOf(parameter.ParameterType, ref number));
        object filled = constructor.Invoke([.. arguments]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && Array.TrueForAll(constructor.GetParameters(), parameter => parameter.Name != property.Name))) property.SetValue(filled, ValueOf(property.PropertyType, ref number));
        return filled;
    }

    private static object ValueOf(Type type, ref int number)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        number++;
        return value == typeof(decimal) ? number / 8m
            : value == typeof(int) ? number
            : value == typeof(string) ? "text" + number
            : value == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number)
            : value == typeof(TimeSpan) ? TimeSpan.FromMinutes(number)
            : value.IsEnum ? Enum.ToObject(value, number % 3 + 1)
            : Filled(value, ref number);
    }

    private static void AssertSame(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null || expected.GetType() == actual.GetType())
        {
            Assert.True(Equals(expected, actual), $"{path} is {actual}, not {expected}");
            return;
        }

        if (expected is Enum)
        {
            Assert.Equal(expected.ToString(), actual.ToString());
        }
        else if (expected is IEnumerable list)
        {
            object[] others = [.. ((IEnumerable)actual).Cast<object>()];
            object[] own = [.. list.Cast<object>()];
            Assert.Equal(own.Length, others.Length);
            for (int i = 0; i < own.Length; i++) AssertSame(own[i], others[i], $"{path}[{i}]");
        }
        else
        {
            string[] names = [.. expected.GetType().GetProperties().Select(property => property.Name)];
            Assert.Equal(names, actual.GetType().GetProperties().Select(property => property.Name));
            foreach (string name in names.Where(name => name is not "EqualityContract")) AssertSame(Get(expected, name), Get(actual, name), path + "." + name);
        }

        static object? Get(object of, string name) => of.GetType().GetProperty(name)!.GetValue(of);
    }
}
