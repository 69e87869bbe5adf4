using System.Text.Json;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>
/// The members that an API knows, by the path of their object (<c>messages[].content[]</c>); what is beneath a path without a row is free, as
/// schemas and arguments are. APIs refuse a request with any other.
/// </summary>
internal sealed class KnownMembers(Dictionary<string, string> known)
{
    /// <summary>Demands that a request holds nothing else.</summary>
    public void Check(JsonElement request) => Check(request, "");

    private void Check(JsonElement value, string path)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (JsonElement one in value.EnumerateArray()) Check(one, path + "[]");
        }
        else if (value.ValueKind is JsonValueKind.Object && known.TryGetValue(path, out string? names))
        {
            HashSet<string> seen = [];
            foreach (JsonProperty member in value.EnumerateObject())
            {
                Assert.True(names.Split(' ').Contains(member.Name), $"'{member.Name}' is no member of '{path}'.");
                Assert.True(seen.Add(member.Name), $"'{member.Name}' stands twice in '{path}'.");
                Check(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name);
            }
        }
    }
}
