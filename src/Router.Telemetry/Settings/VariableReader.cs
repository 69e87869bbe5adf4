using System.Globalization;

namespace RouterGen;

/// <summary>Reads the variables of a sink, and collects what is wrong with them, so that all of it is told at once. No message has a value: it may be a key.</summary>
/// <param name="options">The options, which say where variables are found.</param>
/// <param name="sink">The name of the method, for messages.</param>
internal sealed class VariableReader(RouterOptions options, string sink)
{
    private readonly Func<string, string?> _variables = options.Variables;
    private readonly List<string> _problems = [];

    /// <summary>Returns the value of the first variable that has one; null where none has.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_variables(name) is { } value && !string.IsNullOrWhiteSpace(value)) return value.Trim();
        }

        return null;
    }

    /// <summary>Returns what was set in code, else the value of a variable; what neither has is a problem.</summary>
    public string Key(string? set, string property, string name)
    {
        string? key = string.IsNullOrWhiteSpace(set) ? Text(name) : set.Trim();
        if (key is null) _problems.Add($"{name} is not set, nor is {property}");
        else if (key.Any(static c => c is < '!' or > '~')) _problems.Add($"{name} (or {property}) has characters that no key has, such as spaces or line breaks");
        return key ?? "";
    }

    /// <summary>Returns the address in the first variable that has one, without a slash at its end.</summary>
    public Uri? Address(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Text(name) is not { } value) continue;
            if (Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
            _problems.Add($"{name} is not an absolute address with http or https");
        }

        return null;
    }

    /// <summary>Returns what was set in code, once it is checked.</summary>
    public Uri? Address(Uri? set, string property)
    {
        if (set is null || (set.IsAbsoluteUri && set.Scheme is "http" or "https")) return set;
        _problems.Add($"{property} is not an absolute address with http or https");
        return null;
    }

    /// <summary>Returns a number of 1 or more; null where no variable has a value.</summary>
    public int? Count(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Text(name) is not { } value) continue;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0) return count;
            _problems.Add($"{name} is not a whole number of 1 or more");
        }

        return null;
    }

    /// <summary>Returns a time that is stated in milliseconds; null where no variable has a value.</summary>
    public TimeSpan? Milliseconds(params ReadOnlySpan<string> names) => Count(names) is { } count ? TimeSpan.FromMilliseconds(Math.Min(count, 24 * 3600 * 1000)) : null;

    /// <summary>Returns whether a variable is set to the word that switches something off (or on).</summary>
    public bool Is(string name, string word) => string.Equals(Text(name), word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds headers, written <c>name=value,name=value</c> with percent-encoded values, to those that are there.</summary>
    public void AddHeaders(IDictionary<string, string> headers, string name)
    {
        if (Text(name) is not { } text) return;
        foreach (string pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string header = equals < 0 ? "" : pair[..equals].Trim();
            if (header.Length == 0 || header.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            {
                _problems.Add($"{name} is not written as name=value,name=value");
                return;
            }

            headers[header] = Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
        }
    }

    /// <summary>Notes that the value of a variable is none of those that there are.</summary>
    public void Reject(string name, string allowed) => _problems.Add($"{name} is none of {allowed}");

    /// <summary>Tells what is wrong.</summary>
    /// <exception cref="InvalidOperationException">Something is.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0) throw new InvalidOperationException($"{sink}: {string.Join("; ", _problems)}. Correct this, or leave {sink} out where nothing is to be sent.");
    }
}
