using System.Text.RegularExpressions;

namespace RouterGen.Fuzzing;

/// <summary>Makes inputs of others: changes bytes, and puts in words and pieces of the corpus.</summary>
internal sealed partial class Mutator(int seed)
{
    private const int LongestInput = 4096;

    private static readonly string[] Marks = ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "null", "true", "0", "-1", "1e999", "\n\n", "\r\n", "data: ", "\uFEFF", "😀", "\\ud800"];

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _words = [.. Marks.Select(System.Text.Encoding.UTF8.GetBytes)];
    private readonly HashSet<string> _known = [];

    /// <summary>Learns the words of an input of the corpus: its strings and numbers.</summary>
    public void Learn(ReadOnlySpan<byte> input)
    {
        foreach (Match word in Words().Matches(System.Text.Encoding.UTF8.GetString(input)))
        {
            if (_known.Add(word.Value)) _words.Add(System.Text.Encoding.UTF8.GetBytes(word.Value));
        }
    }

    /// <summary>An input made of one of the corpus.</summary>
    public byte[] Mutate(List<byte[]> corpus)
    {
        List<byte> bytes = [.. corpus[_random.Next(_random.Next(corpus.Count) + 1)]]; // the first ones more often: they are valid
        for (int times = 1 << _random.Next(5); times > 0; times--) Change(bytes, corpus);
        if (bytes.Count > LongestInput) bytes.RemoveRange(LongestInput, bytes.Count - LongestInput);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, List<byte[]> corpus)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = Math.Min(bytes.Count - at, 1 + _random.Next(1 << _random.Next(7)));
        switch (_random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, _words[_random.Next(_words.Count)]);
                break;
            case 5:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, _words[_random.Next(_words.Count)]);
                break;
            default: // a piece of another
                byte[] other = corpus[_random.Next(corpus.Count)];
                int from = _random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + _random.Next(256))).ToArray());
                break;
        }
    }

    [GeneratedRegex("""\"[^"\r\n]{1,40}\"|[a-z_]{3,40}|-?[0-9.]{1,20}""")]
    private static partial Regex Words();
}
