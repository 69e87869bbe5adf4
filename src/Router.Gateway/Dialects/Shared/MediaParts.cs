using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>Images, sound and files of requests as the framework's contents. Addresses are handed to the provider, and never fetched here.</summary>
internal static class MediaParts
{
    /// <summary>Returns what an address names: data within it, or something elsewhere.</summary>
    /// <param name="address">A data URI, or an address on the web.</param>
    /// <param name="mediaType">What it is, where the address does not say so.</param>
    /// <returns>Null where it is neither.</returns>
    public static AIContent? Of(string address, string mediaType)
    {
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return DataOf(address);
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" ? new UriContent(address, mediaType) : null;
    }

    /// <summary>Returns data in Base64; null where it is not.</summary>
    public static DataContent? Decode(string? data, string? mediaType, string? name = null)
    {
        if (data is null || mediaType is null) return null;
        try
        {
            return new DataContent(Convert.FromBase64String(data), mediaType) { Name = name };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static DataContent? DataOf(string address)
    {
        try
        {
            return new DataContent(address);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
