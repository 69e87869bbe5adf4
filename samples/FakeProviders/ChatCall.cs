using System.Text;
using System.Text.Json;

namespace RouterGen.FakeProviders;

/// <summary>What of a request the answer depends on, the same for every dialect.</summary>
internal sealed record ChatCall(string Model, string LastText, bool LastIsToolResult, int InputChars, IReadOnlyList<string> Tools, JsonElement? Schema)
{
    /// <summary>The texts of a request for vectors, the documents of one for a ranking.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The length of vectors that is asked for; null for the model's own.</summary>
    public int? Dimensions { get; init; }

    /// <summary>How many documents are wanted; null for all.</summary>
    public int? Wanted { get; init; }

    /// <summary>Whether vectors are to be written in Base64.</summary>
    public bool InBase64 { get; init; }

    /// <summary>How many alternatives of each token are asked for; null for no probabilities.</summary>
    public int? Alternatives { get; init; }

    /// <summary>How many images are asked for.</summary>
    public int ImageCount { get; init; } = 1;

    /// <summary>The size of images that is asked for, as 1024x1536; null for the model's own.</summary>
    public string? ImageSize { get; init; }

    /// <summary>How many images are to be changed.</summary>
    public int ImagesGiven { get; init; }

    /// <summary>How many images are to be sent while one takes shape.</summary>
    public int PartialImages { get; init; }

    /// <summary>Whether images are to be given as addresses.</summary>
    public bool AsAddress { get; init; }

    /// <summary>The request itself, for what only its dialect knows.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The text of a message's content: a string, or an array of parts of which some have text.</summary>
    public static string TextOf(JsonElement content)
    {
        if (content.ValueKind is JsonValueKind.String) return content.GetString()!;
        if (content.ValueKind is not JsonValueKind.Array) return "";
        var text = new StringBuilder();
        foreach (JsonElement part in content.EnumerateArray())
        {
            if (part.Find("text") is { ValueKind: JsonValueKind.String } words) text.Append(words.GetString());
            else if (part.Find("content") is { } nested) text.Append(TextOf(nested)); // a tool's result
        }

        return text.ToString();
    }
}
