using System.Text;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>The JSON schema of a type, to which a parameter adds its description, its default and whether it may be null.</summary>
/// <param name="Type">The JSON type; empty for anything.</param>
/// <param name="Further">What else the schema says, each with a comma before it.</param>
/// <param name="Values">The values that are allowed, as JSON; empty for any.</param>
internal sealed record ToolSchema(string Type, string Further = "", string Values = "")
{
    /// <summary>Returns the schema as JSON.</summary>
    /// <param name="description">What it is; empty for nothing.</param>
    /// <param name="isNullable">Whether it may be null.</param>
    /// <param name="defaultValue">What it is where it is missing, as JSON; null for nothing to say.</param>
    public string ToJson(string description = "", bool isNullable = false, string? defaultValue = null)
    {
        List<string> members = [];
        if (Type.Length > 0) members.Add(isNullable ? $"\"type\":[\"{Type}\",\"null\"]" : $"\"type\":\"{Type}\"");
        if (description.Length > 0) members.Add("\"description\":" + Literal.Json(description));
        if (Values.Length > 0) members.Add($"\"enum\":[{Values}{(isNullable ? ",null" : "")}]");
        if (defaultValue is not null) members.Add("\"default\":" + defaultValue);
        return "{" + string.Join(",", members) + (members.Count == 0 ? Further.TrimStart(',') : Further) + "}";
    }

    /// <summary>Returns the schema of an object that has these members and no others.</summary>
    /// <param name="members">The members with their schemas as JSON, and whether each must be there.</param>
    public static ToolSchema Object(IEnumerable<(string Name, string Schema, bool IsRequired)> members)
    {
        var properties = new StringBuilder();
        var required = new StringBuilder();
        foreach ((string name, string schema, bool isRequired) in members)
        {
            string quoted = Literal.Json(name);
            properties.Append(properties.Length > 0 ? "," : "").Append(quoted).Append(':').Append(schema);
            if (isRequired) required.Append(required.Length > 0 ? "," : "").Append(quoted);
        }

        return new("object", $",\"properties\":{{{properties}}},\"required\":[{required}],\"additionalProperties\":false");
    }
}
