using System.Text;
using System.Text.Json;

namespace RouterGen.FakeProviders;

/// <summary>What the model says: a text, or one call of a tool, cut into the pieces that a stream sends.</summary>
internal sealed record Answer(string Model, string Text, string? Tool, string[] Pieces, bool IsFiltered, int InputTokens, int OutputTokens)
{
    /// <summary>What was asked for.</summary>
    public ChatCall? Call { get; init; }

    public static Answer To(ChatCall call, Reply reply, bool filtered)
    {
        string? tool = null;
        string text;
        int? pieces = reply.Deltas;
        if (reply.Text is { } stated) text = stated;
        else if (CalledTool(call, out string arguments) is { } called) (tool, text) = (called, arguments);
        else if (call.Schema is { } schema) text = JsonBytes.Text(MinimalJson.For(schema));
        else if (reply.Deltas is { } words) (text, pieces) = (string.Concat(Enumerable.Range(1, words).Select(n => $"word{n} ")), null);
        else text = $"Hello from {call.Model}. {(call.LastIsToolResult ? "The tool said" : "You said")}: \"{call.LastText}\"";

        string[] cut = pieces is { } count ? EvenPieces(text, count) : Words(text);
        return new Answer(call.Model, text, tool, cut, filtered, Tokens(call.InputChars), Tokens(text.Length)) { Call = call };
    }

    private static int Tokens(int chars) => Math.Max(1, (chars + 3) / 4);

    /// <summary>"call NAME" in the user's last words calls that tool, with the JSON object that follows, if one does.</summary>
    private static string? CalledTool(ChatCall call, out string arguments)
    {
        arguments = "{}";
        if (call.LastIsToolResult) return null;
        foreach (string tool in call.Tools)
        {
            int at = call.LastText.IndexOf("call " + tool, StringComparison.Ordinal);
            if (at < 0) continue;
            ReadOnlySpan<char> rest = call.LastText.AsSpan(at + "call ".Length + tool.Length);
            if (!rest.IsEmpty && (char.IsLetterOrDigit(rest[0]) || rest[0] is '_' or '-')) continue; // a longer name
            if (LeadingObject(rest.TrimStart()) is { } given) arguments = given;
            return tool;
        }

        return null;
    }

    private static string? LeadingObject(ReadOnlySpan<char> text)
    {
        if (text is not ['{', ..]) return null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.ToString()), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            return JsonElement.ParseValue(ref reader).GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] Words(string text)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i - 1] != ' ' || text[i] == ' ') continue;
            words.Add(text[start..i]);
            start = i;
        }

        if (start < text.Length) words.Add(text[start..]);
        return [.. words];
    }

    /// <summary>Pieces of about the same length; a surrogate pair stays whole.</summary>
    private static string[] EvenPieces(string text, int count)
    {
        count = Math.Clamp(count, 1, Math.Max(1, text.Length));
        var pieces = new List<string>(count);
        int start = 0;
        for (int i = 1; i <= count; i++)
        {
            int end = (int)((long)text.Length * i / count);
            if (end < text.Length && char.IsLowSurrogate(text[end])) end++;
            if (end > start) pieces.Add(text[start..end]);
            start = Math.Max(start, end);
        }

        return [.. pieces];
    }
}
