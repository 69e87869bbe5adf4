using System.Text.Json;

namespace RouterGen.Google;

/// <summary>Members of objects whose form is not to be relied on.</summary>
internal static class JsonMembers
{
    extension(JsonElement value)
    {
        /// <summary>Returns a member's text; null where it has none.</summary>
        public string? Text(string name)
        {
            if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(name, out JsonElement member) || member.ValueKind is not JsonValueKind.String) return null;
            try
            {
                return member.GetString();
            }
            catch (InvalidOperationException)
            {
                return null; // Half a surrogate pair.
            }
        }

        /// <summary>Returns an object that is a member; null where there is none.</summary>
        public JsonElement? Object(string name) =>
            value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) && member.ValueKind is JsonValueKind.Object ? member : null;

        /// <summary>Returns an address to which a secret may be sent; null where a member has none.</summary>
        public Uri? Address(string name) => Uri.TryCreate(value.Text(name), UriKind.Absolute, out Uri? address) && TokenRequests.IsSafe(address) ? address : null;
    }
}
