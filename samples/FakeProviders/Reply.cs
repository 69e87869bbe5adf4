using System.Text.Json.Serialization;

namespace RouterGen.FakeProviders;

/// <summary>What a deployment answers when nothing is wrong.</summary>
public sealed record Reply
{
    /// <summary>The text; null for one that greets and repeats what the user said.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Into how many deltas a stream cuts the text (never more than it has characters); null for one a word.
    /// Without a <see cref="Text"/> the answer becomes that many words.
    /// </summary>
    public int? Deltas { get; init; }

    /// <summary>The wait between two deltas.</summary>
    [JsonPropertyName("deltaDelayMs"), JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan? DeltaDelay { get; init; }

    /// <summary>Sends a whole stream with one write instead of one for each event, each a packet of its own (some 10 µs).</summary>
    public bool Batch { get; init; }

    /// <summary>Keeps the bytes of the first answer and sends them again for every later call: nearly free, for benchmarks.</summary>
    public bool Prebuilt { get; init; }
}
