using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>The JSON of requests: what is read of it must be text in all of its places, and its levels have a limit.</summary>
internal static class RequestJson
{
    /// <summary>The most levels, as where the router looks through a request.</summary>
    public const int MaxDepth = 256;

    private const int EscapeLength = 6; // \u and four digits

    private const int LongestShown = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses JSON.</summary>
    /// <exception cref="JsonException">It is none, or has too many levels.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8) => JsonElement.Parse(utf8, Options);

    /// <summary>Parses JSON; null where it is none, or has too many levels.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Parse(utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns what a client is told of a body that is no JSON.</summary>
    public static string Describe(JsonException exception) => FormattableString.Invariant($"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");

    /// <summary>Parses JSON that a value of a request holds as its text.</summary>
    /// <returns>The value; undefined where the text is no JSON, or has too many levels, or what is no text.</returns>
    public static JsonElement ParseWithin(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            return FindBadText(utf8) is null ? JsonElement.Parse(utf8) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Returns the text that a part of a body is; null where it is none, or is absent.</summary>
    public static string? TextOf(ReadOnlySpan<byte> json) => !json.IsEmpty && json[0] is (byte)'"' ? Parse(json).GetString() : null;

    /// <summary>
    /// Looks for what is no text: bytes that are no UTF-8, and halves of surrogate pairs, which stand for no character. Parsers pass over both until a value is read,
    /// and providers refuse them.
    /// </summary>
    /// <returns>What is wrong, and where; null where nothing is.</returns>
    public static string? FindBadText(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) return Told("The body is not valid UTF-8", utf8, FirstInvalid(utf8));
        int at = FindLoneSurrogate(utf8);
        return at < 0 ? null : Told("The body has half of a surrogate pair, which is no character", utf8, at);
    }

    /// <summary>Looks for members of a body whose name could mean one thing here and another to a provider: those that are there twice, and other spellings of the model.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? FindBadMember(JsonElement body)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (!names.Add(member.Name)) return $"The body has the member '{Shown(member.Name)}' twice.";
            if (member.Name.Equals("model", StringComparison.OrdinalIgnoreCase) && member.Name is not "model") return $"The member '{member.Name}' must be written 'model'.";
        }

        return null;
    }

    private static string Shown(string name) => name.Length <= LongestShown ? name : name[..LongestShown] + "…";

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        int at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out int length) is OperationStatus.Done) at += length;
        return at;
    }

    private static int FindLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        int at = 0;
        for (int next; (next = utf8[at..].IndexOf("\\u"u8)) >= 0;)
        {
            at += next;
            if (IsEscaped(utf8, at) || CodeAt(utf8, at) is not (>= 0xD800 and < 0xE000 and int code))
            {
                at += 2;
                continue;
            }

            int second = at + EscapeLength;
            bool isPair = code < 0xDC00 && utf8[second..].StartsWith("\\u"u8) && CodeAt(utf8, second) is >= 0xDC00 and < 0xE000;
            if (!isPair) return at;
            at = second + EscapeLength;
        }

        return -1;
    }

    // A backslash behind an odd number of others is their character, and begins nothing.
    private static bool IsEscaped(ReadOnlySpan<byte> utf8, int at)
    {
        int before = at;
        while (before > 0 && utf8[before - 1] == '\\') before--;
        return (at - before) % 2 != 0;
    }

    private static int CodeAt(ReadOnlySpan<byte> utf8, int at) =>
        utf8.Length >= at + EscapeLength && int.TryParse(utf8.Slice(at + 2, EscapeLength - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) ? code : -1;

    private static string Told(string what, ReadOnlySpan<byte> utf8, int at)
    {
        ReadOnlySpan<byte> before = utf8[..at];
        return string.Create(CultureInfo.InvariantCulture, $"{what}: line {before.Count((byte)'\n') + 1}, byte {at - before.LastIndexOf((byte)'\n')}.");
    }
}
