using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Server-sent events to bytes.</summary>
internal static class SseBytes
{
    public static byte[] Event(JsonNode data) => [.. "data: "u8, .. JsonBytes.Of(data), .. "\n\n"u8];

    /// <summary>An event that is named after its data's type.</summary>
    public static byte[] TypedEvent(JsonObject data)
    {
        string type = (string)data["type"]!;
        return [.. "event: "u8, .. System.Text.Encoding.ASCII.GetBytes(type), (byte)'\n', .. Event(data)];
    }

    /// <summary>The event with its data cut in the middle.</summary>
    public static byte[] Truncated(byte[] bytes) => [.. bytes.AsSpan(0, bytes.Length * 3 / 4), .. "\n\n"u8];

    /// <summary>The same with each line ended by <c>\r\n</c>; JSON on one line has no line breaks of its own.</summary>
    public static byte[] WithCrLf(byte[] bytes)
    {
        var result = new List<byte>(bytes.Length + 8);
        foreach (byte b in bytes)
        {
            if (b == '\n') result.Add((byte)'\r');
            result.Add(b);
        }

        return [.. result];
    }
}
