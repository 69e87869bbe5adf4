using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>
/// A form with files (<c>multipart/form-data</c>, RFC 7578) as an object, so that dialects read it like JSON: a field is a string; a file is an object
/// with its <c>name</c>, <c>type</c>, <c>length</c> and <c>base64</c>. What is there several times, or whose name ends with <c>[]</c>, is an array under the name without these.
/// </summary>
internal static class FormBody
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <summary>Returns the boundary that a media type names; null where it is no form with files.</summary>
    public static string? BoundaryOf(string? contentType)
    {
        if (contentType is null || !contentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        int at = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : contentType[(at + "boundary=".Length)..].Split(';')[0].Trim().Trim('"');
    }

    /// <summary>Reads a form.</summary>
    /// <returns>Null where it is none, or not whole.</returns>
    public static JsonDocument? Parse(ReadOnlySpan<byte> body, string boundary)
    {
        byte[] delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
        if (!body.StartsWith(delimiter.AsSpan(2))) return null;
        body = body[(delimiter.Length - 2)..];
        var form = new JsonObject();
        while (!body.StartsWith("--"u8))
        {
            int end = body.IndexOf(delimiter), head = body.IndexOf(EndOfHead);
            if (!body.StartsWith("\r\n"u8) || end < 0 || head < 0 || head > end) return null;
            if (!TryAdd(form, Encoding.UTF8.GetString(body[2..head]), body[(head + EndOfHead.Length)..end])) return null;
            body = body[(end + delimiter.Length)..];
        }

        return JsonDocument.Parse(JsonBytes.Of(form));
    }

    private static bool TryAdd(JsonObject form, string head, ReadOnlySpan<byte> content)
    {
        string? disposition = Header(head, "Content-Disposition");
        if (disposition is null || Parameter(disposition, "name") is not { } name) return false;
        JsonNode value = Parameter(disposition, "filename") is { } file
            ? new JsonObject { ["name"] = file, ["type"] = Header(head, "Content-Type"), ["length"] = content.Length, ["base64"] = Convert.ToBase64String(content) }
            : JsonValue.Create(Encoding.UTF8.GetString(content));
        bool isList = name.EndsWith("[]", StringComparison.Ordinal);
        if (isList) name = name[..^2];
        if (form[name] is JsonArray list) list.Add(value);
        else if (form[name] is { } first) form[name] = new JsonArray(first.DeepClone(), value);
        else form[name] = isList ? new JsonArray(value) : value;
        return true;
    }

    private static string? Header(string head, string name) => head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static string? Parameter(string header, string name)
    {
        string start = "; " + name + "=\"";
        int at = header.IndexOf(start, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        at += start.Length;
        int end = header.IndexOf('"', at);
        return end < 0 ? null : header[at..end];
    }
}
