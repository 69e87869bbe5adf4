using System.Text.Json;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>Compares a value with a JSON Schema, of the keywords that the files in <c>Schemas</c> use; any other keyword is an error.</summary>
/// <param name="schema">The schema, which has its definitions beside it.</param>
/// <param name="isExempt">Whether what is at a path (<c>messages[].content[].text</c>) is not compared.</param>
internal sealed class SchemaValidator(JsonElement schema, Func<string, bool> isExempt)
{
    /// <summary>Says where and why a value does not fit; null where it does.</summary>
    public string? Check(JsonElement value) => Check(value, schema, "") is { } mismatch ? $"{mismatch.Path}: {mismatch.Reason}" : null;

    private Mismatch? Check(JsonElement value, JsonElement part, string path)
    {
        if (isExempt(path)) return null;
        foreach (JsonProperty keyword in part.EnumerateObject())
        {
            Mismatch? mismatch = keyword.Name switch
            {
                "$ref" => Check(value, Definition(keyword.Value.GetString()!), path),
                "type" => Types(keyword.Value).Any(type => IsOf(value, type)) ? null : new Mismatch(path, $"a {value.ValueKind} is no {keyword.Value}"),
                "const" => JsonElement.DeepEquals(keyword.Value, value) ? null : new Mismatch(path, $"{value} is not {keyword.Value}"),
                "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : new Mismatch(path, $"{value} is none of {keyword.Value}"),
                "anyOf" => CheckChoices(value, keyword.Value, path),
                "properties" or "additionalProperties" or "required" => value.ValueKind is JsonValueKind.Object ? CheckMembers(value, part, keyword.Name, path) : null,
                "items" => value.ValueKind is JsonValueKind.Array ? First(value.EnumerateArray().Select(item => Check(item, keyword.Value, path + "[]"))) : null,
                "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32() ? null : new Mismatch(path, "too few items"),
                "maxItems" => value.GetArrayLength() <= keyword.Value.GetInt32() ? null : new Mismatch(path, "too many items"),
                "$comment" or "definitions" => null,
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (mismatch is not null) return mismatch;
        }

        return null;
    }

    /// <summary>Of choices that all fail, the one that fits furthest says what is wrong.</summary>
    private Mismatch? CheckChoices(JsonElement value, JsonElement choices, string path)
    {
        Mismatch? best = null;
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            if (Check(value, choice, path) is not { } mismatch) return null;
            if (best is null || mismatch.Path.Length > best.Path.Length) best = mismatch;
        }

        return best;
    }

    private Mismatch? CheckMembers(JsonElement value, JsonElement part, string keyword, string path)
    {
        if (keyword is "required")
        {
            return First(part.GetProperty(keyword).EnumerateArray().Select(name => value.TryGetProperty(name.GetString()!, out _) || isExempt($"{path}.{name}") ? null : new Mismatch(path, $"'{name}' is missing")));
        }

        bool isKnown = keyword is "properties";
        part.TryGetProperty("properties", out JsonElement known);
        HashSet<string> seen = [];
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string place = path.Length == 0 ? member.Name : path + "." + member.Name;
            if (!seen.Add(member.Name)) return new Mismatch(place, "stands twice");
            bool isThere = known.ValueKind is JsonValueKind.Object && known.TryGetProperty(member.Name, out _);
            if (isThere != isKnown) continue;
            JsonElement rule = isKnown ? known.GetProperty(member.Name) : part.GetProperty(keyword);
            if (rule.ValueKind is JsonValueKind.False && !isExempt(place)) return new Mismatch(place, "is not known");
            if (rule.ValueKind is JsonValueKind.Object && Check(member.Value, rule, place) is { } mismatch) return mismatch;
        }

        return null;
    }

    private JsonElement Definition(string reference) => schema.GetProperty("definitions").GetProperty(Uri.UnescapeDataString(reference["#/definitions/".Length..]));

    private static IEnumerable<string> Types(JsonElement types) => types.ValueKind is JsonValueKind.Array ? types.EnumerateArray().Select(static type => type.GetString()!) : [types.GetString()!];

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind is JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "string" => value.ValueKind is JsonValueKind.String,
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        _ => throw new NotSupportedException(type),
    };

    private static Mismatch? First(IEnumerable<Mismatch?> mismatches) => mismatches.FirstOrDefault(static mismatch => mismatch is not null);

    private sealed record Mismatch(string Path, string Reason);
}
