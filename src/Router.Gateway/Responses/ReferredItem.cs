using System.Runtime.InteropServices;
using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Responses;

/// <summary>An item of a kept response that a request refers to.</summary>
/// <param name="Model">The provider and model that it is of.</param>
/// <param name="Item">The item.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record ReferredItem(string Model, JsonElement Item, int Size)
{
    /// <summary>Returns the id that an item of an input refers to; null where it is an item itself.</summary>
    public static string? IdOf(JsonElement item) => item.Text("type"u8) is "item_reference" ? item.Text("id"u8) : null;

    /// <summary>Returns an item of a response's output; null where it has none of that id.</summary>
    public static ReferredItem? Of(StoredResponse response, string id)
    {
        foreach (JsonElement item in RequestJson.Parse(response.Response.Span).Items("output"u8))
        {
            if (item.Text("id"u8) == id) return new ReferredItem(response.Model, item, JsonMarshal.GetRawUtf8Value(item).Length);
        }

        return null;
    }
}
