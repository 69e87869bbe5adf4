using System.Text.Json;

namespace RouterGen;

/// <summary>Finds JSON objects in the text of an answer: models put words or a Markdown fence around them.</summary>
internal static class AnswerText
{
    /// <summary>Returns where the next object begins: at a brace behind which a member or the end follows. -1 where none does.</summary>
    public static int FindObject(ReadOnlySpan<byte> text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is not (byte)'{') continue;
            ReadOnlySpan<byte> rest = text[(i + 1)..].TrimStart(" \t\r\n"u8);
            if (rest.IsEmpty || rest[0] is (byte)'"' or (byte)'}') return i;
        }

        return -1;
    }

    /// <summary>Returns the length of the object with which a text begins; null where it is not whole, or not JSON.</summary>
    public static int? LengthOfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
