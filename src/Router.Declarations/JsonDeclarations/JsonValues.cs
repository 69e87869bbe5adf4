using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.JsonDeclarations;

/// <summary>Reads values of the types that declarations have.</summary>
internal sealed class JsonValues(JsonProblems problems)
{
    /// <summary>States a property with a JSON value. One of another type is reported and taken as not stated.</summary>
    /// <param name="arguments">Where to state it.</param>
    /// <param name="property">The property.</param>
    /// <param name="name">Its name in the file, for the message.</param>
    /// <param name="node">The value.</param>
    /// <param name="scale">What a number is multiplied with.</param>
    /// <returns>Whether the value is of the property's type.</returns>
    public bool State(JsonArguments arguments, DeclaredProperty property, string name, JsonNode node, decimal scale = 1)
    {
        if (node.Kind is JsonKind.Invalid) return false; // Being typed, and reported already.
        object? value = scale != 1 && node is JsonLiteral literal && literal.TryGetDecimal(out decimal exact) && Math.Abs(exact) < 1_000_000_000
            ? (double)(exact * scale)
            : Read(node, property.Type);
        if (value is null) ReportInvalid(property, name, node);
        else arguments.StateAs(name, property.Name, value, PlacesOf(node));
        return value is not null;
    }

    // Of an array, the first element that is wrong, counted as in code.
    private void ReportInvalid(DeclaredProperty property, string name, JsonNode node)
    {
        int at = node is JsonArray array ? array.Items.ToList().FindIndex(item => !IsElement(property.Type, item)) : -1;
        if (at < 0) problems.ReportInvalid(name, node.Span, Demand(property.Type));
        else problems.ReportInvalid($"{name}[{at}]", ((JsonArray)node).Items[at].Span, property.Type is DeclaredType.Features ? OneOf(Quoted(property.Type)) : Demand(DeclaredType.Text));
    }

    private static bool IsElement(DeclaredType type, JsonNode item) => item.Kind is JsonKind.Invalid || type switch
    {
        DeclaredType.Texts => item.Kind is JsonKind.String,
        DeclaredType.Features => Named(item, type) is not null,
        _ => true,
    };

    private static string[] Quoted(DeclaredType type) => [.. NamesOf(type).Select(name => "\"" + name + "\"")];

    /// <summary>The same for a setting of LiteLLM's, where null is not stated, as in YAML.</summary>
    public bool State(JsonArguments arguments, DeclaredProperty property, JsonProperty setting, decimal scale) =>
        setting.Value.Kind is JsonKind.Null || State(arguments, property, setting.Name, setting.Value, scale);

    /// <summary>The names of a type's values in JSON, where it has but a few.</summary>
    public static string[] NamesOf(DeclaredType type) => EnumOf(type) is { } values
        ? [.. Enum.GetNames(values).Select(name => char.ToLowerInvariant(name[0]) + name.Substring(1))]
        : [];

    public static SourceSpan[] PlacesOf(JsonNode node) => node switch
    {
        JsonArray array => [node.Span, .. array.Items.Select(item => item.Span)],
        JsonObject json => [node.Span, .. json.Effective.Select(property => property.Value.Span)],
        _ => [node.Span],
    };

    private static Type? EnumOf(DeclaredType type) => type switch
    {
        DeclaredType.Dialect => typeof(Dialect),
        DeclaredType.Strategy => typeof(RoutingStrategy),
        DeclaredType.BudgetPeriod => typeof(BudgetPeriod),
        DeclaredType.ServiceTier => typeof(ServiceTier),
        DeclaredType.CallKind => typeof(CallKind),
        DeclaredType.Features => typeof(ModelCapabilities),
        _ => null,
    };

    private static object? Read(JsonNode node, DeclaredType type)
    {
        if (type is DeclaredType.Texts)
        {
            if (node is not JsonArray array || array.Items.Any(item => item.Kind is not (JsonKind.String or JsonKind.Invalid))) return null;
            return array.Items.Select(item => Text(item) as string).ToEquatableArray();
        }

        if (type is DeclaredType.Headers) return Headers(node);
        if (type is DeclaredType.Features) return Features(node);
        if (node is not JsonLiteral literal) return null;
        return type switch
        {
            DeclaredType.Text => Text(literal),
            DeclaredType.Integer => literal.TryGetInt32(out int whole) ? whole : null,
            DeclaredType.Number => literal.TryGetDouble(out double number) ? number : null,
            DeclaredType.Boolean => literal.TryGetBoolean(out bool truth) ? truth : null,
            DeclaredType.Type => Text(literal) is string name ? UserType.NameOf(name) : null,
            _ => Named(literal, type),
        };
    }

    private static object? Named(JsonNode node, DeclaredType type) =>
        EnumOf(type) is { } values && Text(node) is string stated && Array.Find(Enum.GetNames(values), name => name.Equals(stated, StringComparison.OrdinalIgnoreCase)) is { } found
            ? (int)Enum.Parse(values, found)
            : null;

    // As an attribute has them. A value that is being typed is not there yet.
    private static object? Headers(JsonNode node)
    {
        if (node is not JsonObject json || json.Effective.Any(property => property.Value.Kind is not (JsonKind.String or JsonKind.Invalid))) return null;
        return json.Effective.Select(property => Text(property.Value) is string value ? $"{property.Name}: {value}" : null).ToEquatableArray();
    }

    // An element that is being typed is not there yet.
    private static object? Features(JsonNode node)
    {
        if (node is not JsonArray array) return null;
        int features = 0;
        foreach (JsonNode item in array.Items.Where(item => item.Kind is not JsonKind.Invalid))
        {
            if (Named(item, DeclaredType.Features) is not int feature) return null;
            features |= feature;
        }

        return features;
    }

    private static object? Text(JsonNode node) => node is JsonLiteral literal && literal.TryGetString(out string text) ? text : null;

    private static string Demand(DeclaredType type) => type switch
    {
        DeclaredType.Text => "a string",
        DeclaredType.Integer => "a whole number",
        DeclaredType.Number => "a number",
        DeclaredType.Boolean => "true or false",
        DeclaredType.Texts => "an array of strings",
        DeclaredType.Headers => "an object with a string for each header",
        DeclaredType.Type => "the name of a class, with its namespace",
        DeclaredType.Features => "an array of " + OneOf(Quoted(type)),
        _ => OneOf(Quoted(type)),
    };

    private static string OneOf(string[] names) => string.Join(", ", names.Take(names.Length - 1)) + " or " + names.Last();
}
