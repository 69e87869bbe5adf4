using System.Text.Json;
using System.Text.Json.Serialization;

namespace RouterGen.Gateway.Stores;

/// <summary>Accounts as JSON, which a later version may have more members of. Stores in databases share this file.</summary>
internal static class AccountText
{
    public static string Write(GatewayAccount account) => JsonSerializer.Serialize(account, AccountJson.Default.GatewayAccount);

    /// <exception cref="JsonException">It is none.</exception>
    public static GatewayAccount Read(string json, long version) => (JsonSerializer.Deserialize(json, AccountJson.Default.GatewayAccount) ?? throw new JsonException("An account of the store is empty.")) with { Version = version };

    public static string WriteTags(IReadOnlyList<string> tags) => tags.Count == 0 ? "" : JsonSerializer.Serialize([.. tags], AccountJson.Default.StringArray);

    public static string[] ReadTags(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize(json, AccountJson.Default.StringArray) ?? [];
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayAccount))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class AccountJson : JsonSerializerContext;
