using RouterGen.Declarations.Json;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.JsonDeclarations;

/// <summary>
/// The properties under which a key itself would stand in a file. None takes a key: the variable that holds it is named instead.
/// </summary>
internal static class KeyProperties
{
    // Without regard to case, and to what separates their words.
    private static readonly string[] Names =
        ["apikey", "key", "apitoken", "token", "authtoken", "accesstoken", "bearertoken", "accesskey", "secretkey", "apisecret", "secret", "authorization", "password", "credential", "credentials"];

    /// <summary>Returns whether a property that is not known states a key, or what would be one.</summary>
    public static bool StatesKey(JsonProperty property) => IsKeyName(property.Name) && property.Value.Kind is not JsonKind.Null && !NamesVariable(property.Value);

    /// <summary>Returns the property that was meant by the name of one that would take a key; null where none was.</summary>
    public static string? Meant(JsonProperty property, IEnumerable<string> known) => IsKeyName(property.Name) ? known.FirstOrDefault(name => name is "apiKeyEnv" or "api_key") : null;

    private static bool IsKeyName(string name) =>
        Names.Contains(new string([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]), StringComparer.Ordinal);

    // OPENAI_API_KEY is the name of a variable under a misspelt property.
    private static bool NamesVariable(JsonNode value) => value is JsonLiteral literal && literal.TryGetString(out string text) && Secrets.IsConventionalName(text);
}
