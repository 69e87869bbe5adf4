namespace RouterGen.LiteLLM.Yaml;

/// <summary>Where something is in a file, counted from 1.</summary>
internal readonly record struct YamlMark(string File, int Line, int Column);

/// <summary>A value in YAML.</summary>
internal abstract record YamlValue(YamlMark Mark);

/// <summary>A text, number, truth or null.</summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Text">What is written, without quotes.</param>
/// <param name="IsPlain">Whether it has neither quotes nor a tag, so that its form decides what it is.</param>
internal sealed record YamlScalar(YamlMark Mark, string Text, bool IsPlain) : YamlValue(Mark);

internal sealed record YamlSequence(YamlMark Mark) : YamlValue(Mark)
{
    public List<YamlValue> Items { get; } = [];
}

internal sealed record YamlMapping(YamlMark Mark) : YamlValue(Mark)
{
    public List<YamlEntry> Entries { get; } = [];

    public YamlEntry? Find(string key) => Entries.Find(entry => entry.Key == key);
}

internal sealed record YamlEntry(string Key, YamlMark Mark, YamlValue Value);

/// <summary>What is wrong with a YAML file, so that it cannot be read.</summary>
internal sealed class YamlFault(YamlMark mark, string message) : Exception(message)
{
    public YamlMark Mark => mark;
}
