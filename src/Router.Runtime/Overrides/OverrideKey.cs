namespace RouterGen;

/// <summary>Reads a value.</summary>
/// <returns>False where the text makes no sense.</returns>
internal delegate bool OverrideParser<T>(string text, out T value);

/// <summary>One setting that configuration may override, and what it said the last time.</summary>
/// <param name="name">The name in the configuration.</param>
/// <param name="expected">What a value must be, in words.</param>
/// <param name="parse">Reads a value.</param>
internal sealed class OverrideKey<T>(string name, string expected, OverrideParser<T> parse) where T : struct
{
    private string? _text;
    private bool _isBad; // and what held before still does

    /// <summary>Gets the name in the configuration.</summary>
    public string Name => name;

    /// <summary>Gets the last value that made sense; null where there is none or it was removed.</summary>
    public T? Value { get; private set; }

    /// <summary>Reads the value.</summary>
    /// <returns>Whether it is to be applied: it is not the same text as before, and makes sense or is gone.</returns>
    public bool Read(OverrideSection section)
    {
        string? text = section[name];
        if (text is null) section.WarnOfSection(name, expected);
        if (text == _text)
        {
            if (_isBad) Warn(section, isKnown: true);
            return false;
        }

        _text = text;
        _isBad = false;
        if (text is null)
        {
            Value = null;
            return true;
        }

        if (parse(text, out T value))
        {
            Value = value;
            return true;
        }

        _isBad = true;
        Warn(section, isKnown: false);
        return false;
    }

    private void Warn(OverrideSection section, bool isKnown) => section.Warn(name, $"it must be {expected}", isKnown);
}
