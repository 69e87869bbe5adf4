using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Token counts, and how long the server took for what, in nanoseconds: members of the last object of an answer.</summary>
[Embedded]
internal struct OllamaUsage
{
    private long? _input, _output;
    private AdditionalPropertiesDictionary<long>? _durations;

    /// <summary>Reads the value of the member that the reader stands on.</summary>
    /// <returns>False, with nothing read, where it is none of these.</returns>
    public bool TryRead(scoped ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("prompt_eval_count"u8)) _input = CodecReader.ReadCount(ref reader);
        else if (reader.ValueTextEquals("eval_count"u8)) _output = CodecReader.ReadCount(ref reader);
        else if (reader.ValueTextEquals("total_duration"u8)) Note("total_duration", ref reader);
        else if (reader.ValueTextEquals("load_duration"u8)) Note("load_duration", ref reader);
        else if (reader.ValueTextEquals("prompt_eval_duration"u8)) Note("prompt_eval_duration", ref reader);
        else if (reader.ValueTextEquals("eval_duration"u8)) Note("eval_duration", ref reader);
        else return false;
        return true;
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails() => (_input ?? _output) is null ? null : new UsageDetails
    {
        InputTokenCount = _input,
        OutputTokenCount = _output,
        TotalTokenCount = (_input ?? 0) + (_output ?? 0),
        AdditionalCounts = _durations,
    };

    private void Note(string name, scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long nanoseconds) && nanoseconds >= 0) (_durations ??= [])[name] = nanoseconds;
        else reader.Skip();
    }
}
