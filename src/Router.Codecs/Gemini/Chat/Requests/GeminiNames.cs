using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Names of functions as the API takes them: those of <see cref="CodecNames"/>, which must begin with a letter or an underscore here.</summary>
[Embedded]
internal static class GeminiNames
{
    /// <summary>Returns a function's name as it is sent.</summary>
    public static string ToWire(string name) => CodecNames.ToWire(name.Length > 0 && IsStart(name[0]) ? name : "_" + name);

    /// <summary>Returns the caller's own name of a function that a model calls; what the model made up is returned as it is.</summary>
    public static string FromWire(string name, ChatOptions? options)
    {
        if (name.Length > 1 && name[0] == '_' && !IsStart(name[1]))
        {
            for (int i = 0; i < options?.Tools?.Count; i++)
            {
                string own = options.Tools[i].Name;
                if (own != name && ToWire(own) == name) return own;
            }
        }

        return CodecNames.FromWire(name, options);
    }

    // What is not of ASCII becomes an underscore anyway.
    private static bool IsStart(char first) => !char.IsAsciiDigit(first) && first != '-';
}
