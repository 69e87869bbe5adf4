using System.Globalization;
using System.Text;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>What clients ask for again and again.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Path">The path of the request.</param>
/// <param name="Group">The group that is asked, at a gateway that has groups.</param>
/// <param name="IsStreaming">Whether the answer is a stream.</param>
/// <param name="IsPaced">Whether its deltas come one after the other.</param>
internal sealed record Work(string Name, string Path, string Group, bool IsStreaming, bool IsPaced)
{
    /// <summary>The deltas of a paced stream, and the time between two.</summary>
    public const int PacedDeltas = 20;

    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    /// <summary>The deltas of a stream that comes in one burst.</summary>
    public const int BurstDeltas = 100;

    /// <summary>What a prompt holds where deltas are to come one after the other.</summary>
    public const string PacedMark = "slowly";

    public const string Answer = "The three primary colours are red, yellow and blue. They are called so because, in a painter's box, they cannot be mixed from any other paints, while nearly all other colours can be mixed from them.";

    private const string Chat = "/v1/chat/completions", Messages = "/v1/messages";

    public static readonly Work[] All =
    [
        new("JSON, OpenAI to OpenAI", Chat, "chat", false, false),
        new("JSON, OpenAI to Anthropic", Chat, "claude", false, false),
        new("JSON, Anthropic to OpenAI", Messages, "chat", false, false),
        new("paced stream, OpenAI to OpenAI", Chat, "chat", true, true),
        new("burst, OpenAI to OpenAI", Chat, "chat", true, false),
        new("burst, OpenAI to Anthropic", Chat, "claude", true, false),
    ];

    /// <summary>Returns the request's bytes.</summary>
    public byte[] Request(string key, string headers)
    {
        string prompt = "Which are the primary colours? Answer in two sentences" + (IsPaced ? ", " + PacedMark : "") + ".";
        string system = string.Concat(Enumerable.Repeat("You answer questions of painters, briefly and in plain words. ", 12));
        string stream = IsStreaming ? ",\"stream\":true" : "";
        string body = Path == Messages
            ? $$"""{"model":"{{Group}}","max_tokens":256,"temperature":0.5,"system":"{{system}}","messages":[{"role":"user","content":"{{prompt}}"}]{{stream}}}"""
            : $$"""{"model":"{{Group}}","max_tokens":256,"temperature":0.5,"messages":[{"role":"system","content":"{{system}}"},{"role":"user","content":"{{prompt}}"}]{{stream}}}""";
        string head = string.Create(CultureInfo.InvariantCulture, $"POST {Path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {key}\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return Encoding.ASCII.GetBytes(head + body);
    }

    /// <summary>Tells whether an answer, headers included, is what was asked for.</summary>
    public bool IsRight(string answer) =>
        answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
        && (IsStreaming ? Count(answer, "word") == (IsPaced ? PacedDeltas : BurstDeltas) : answer.Contains("three primary colours", StringComparison.Ordinal));

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
