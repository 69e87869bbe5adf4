using System.Globalization;
using System.Text;
using RouterGen.Declarations.Model;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Answers;

/// <summary>
/// Writes the JSON schema of a type. It keeps to what strict modes take: objects are closed, each property is required, and one that may be null says
/// so. The lengths of texts, which no strict mode takes, are words in the description.
/// </summary>
internal sealed class SchemaWriter
{
    private readonly EquatableArray<TypeSpec> _types;
    private readonly StringBuilder _json = new();
    private readonly HashSet<int> _defined; // the types that are referred to

    private SchemaWriter(EquatableArray<TypeSpec> types)
    {
        _types = types;
        _defined = [.. Enumerable.Range(0, types.Count).Where(IsDefined)];
    }

    /// <summary>Returns the schema of the first type.</summary>
    public static string Write(EquatableArray<TypeSpec> types)
    {
        var writer = new SchemaWriter(types);
        writer.WriteObject(types[0], description: null, writer.WriteDefinitions);
        return writer._json.ToString();
    }

    // What is used more than once, and what holds itself. The answer itself is the root.
    private bool IsDefined(int index) => index > 0 && _types[index].Shape is TypeShape.Object
        && _types.SelectMany(UsesOf).Count(use => use.Type == index) > 1;

    private static IEnumerable<TypeUse> UsesOf(TypeSpec type) => type.Element is { } element ? [element] : type.Members.Select(member => member.Use);

    private void WriteDefinitions()
    {
        if (_defined.Count == 0) return;
        _json.Append(",\"$defs\":{");
        string separator = "";
        foreach (int index in _defined.OrderBy(index => index))
        {
            _json.Append(separator).Append(Literal.Json(_types[index].Label)).Append(':');
            WriteObject(_types[index], _types[index].Description);
            separator = ",";
        }

        _json.Append('}');
    }

    private void WriteUse(TypeUse use, string? description, ValueRules rules)
    {
        TypeSpec type = _types[use.Type];
        bool isObject = type.Shape is TypeShape.Object or TypeShape.Dictionary;
        bool isReference = use.Type == 0 || _defined.Contains(use.Type);
        if (isReference && !use.IsNullable && description is null)
        {
            WriteReference(use.Type);
        }
        else if (isReference || (isObject && use.IsNullable))
        {
            _json.Append("{\"anyOf\":[");
            if (isReference) WriteReference(use.Type);
            else WriteValue(type, isNullable: false, null, rules);
            if (use.IsNullable) _json.Append(",{\"type\":\"null\"}");
            _json.Append(']');
            WriteDescription(description ?? (isReference ? null : type.Description));
            _json.Append('}');
        }
        else
        {
            WriteValue(type, use.IsNullable, description ?? type.Description, rules);
        }
    }

    private void WriteReference(int index) =>
        _json.Append("{\"$ref\":").Append(Literal.Json(index == 0 ? "#" : "#/$defs/" + _types[index].Label)).Append('}');

    private void WriteValue(TypeSpec type, bool isNullable, string? description, ValueRules rules)
    {
        if (type.Shape is TypeShape.Object)
        {
            WriteObject(type, description);
            return;
        }

        string name = NameOf(type.Shape);
        _json.Append(isNullable ? $"{{\"type\":[\"{name}\",\"null\"]" : $"{{\"type\":\"{name}\"");
        WriteDescription(Describe(type.Shape, description, rules));
        if (FormatOf(type.Shape) is { } format) _json.Append(",\"format\":\"").Append(format).Append('"');
        if (rules.HasRange) _json.Append(",\"minimum\":").Append(rules.Minimum).Append(",\"maximum\":").Append(rules.Maximum);
        if (rules.Pattern is { } pattern) _json.Append(",\"pattern\":").Append(Literal.Json($"^(?:{pattern})$"));
        switch (type.Shape)
        {
            case TypeShape.Enum:
                _json.Append(",\"enum\":[").Append(string.Join(",", type.Names.Select(member => Literal.Json(member.JsonName)))).Append(isNullable ? ",null]" : "]");
                break;

            case TypeShape.List:
                _json.Append(",\"items\":");
                WriteUse(type.Element!, null, ValueRules.None);
                if (rules.MinLength > 0) _json.Append(",\"minItems\":").Append(Text(rules.MinLength));
                if (rules.MaxLength < int.MaxValue) _json.Append(",\"maxItems\":").Append(Text(rules.MaxLength));
                break;

            case TypeShape.Dictionary:
                _json.Append(",\"additionalProperties\":");
                WriteUse(type.Element!, null, ValueRules.None);
                break;
        }

        _json.Append('}');
    }

    private void WriteObject(TypeSpec type, string? description, Action? writeMore = null)
    {
        _json.Append("{\"type\":\"object\"");
        WriteDescription(description);
        _json.Append(",\"properties\":{");
        string separator = "";
        foreach (MemberSpec member in type.Members)
        {
            _json.Append(separator).Append(Literal.Json(member.JsonName)).Append(':');
            WriteUse(member.Use, member.Description, member.Rules);
            separator = ",";
        }

        _json.Append("},\"required\":[").Append(string.Join(",", type.Members.Select(member => Literal.Json(member.JsonName)))).Append("],\"additionalProperties\":false");
        writeMore?.Invoke();
        _json.Append('}');
    }

    private void WriteDescription(string? description)
    {
        if (description is not null) _json.Append(",\"description\":").Append(Literal.Json(description));
    }

    private static string? Describe(TypeShape shape, string? description, ValueRules rules)
    {
        if (shape is not TypeShape.Text || !rules.HasLength) return description;
        string length = rules.MaxLength == int.MaxValue ? $"At least {Text(rules.MinLength)} characters."
            : rules.MinLength == 0 ? $"At most {Text(rules.MaxLength)} characters."
            : $"{Text(rules.MinLength)} to {Text(rules.MaxLength)} characters.";
        return description is null ? length : description + " " + length;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(TypeShape shape) => shape switch
    {
        TypeShape.Boolean => "boolean",
        TypeShape.Integer => "integer",
        TypeShape.Number => "number",
        TypeShape.List => "array",
        TypeShape.Dictionary or TypeShape.Object => "object",
        _ => "string",
    };

    private static string? FormatOf(TypeShape shape) => shape switch
    {
        TypeShape.Uuid => "uuid",
        TypeShape.DateTime => "date-time",
        TypeShape.Date => "date",
        TypeShape.Time => "time",
        TypeShape.Address => "uri",
        _ => null,
    };
}
