using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RouterGen;

/// <summary>Finds where JSON stops being JSON.</summary>
internal static class JsonPlace
{
    /// <summary>Returns the path up to which the text is JSON.</summary>
    public static string Of(ReadOnlySpan<byte> json)
    {
        List<(string? Member, int Index)> steps = [];
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        steps[^1] = (reader.GetString(), -1);
                        break;

                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        steps.RemoveAt(steps.Count - 1);
                        break;

                    default:
                        if (steps.Count > 0 && steps[^1].Member is null) steps[^1] = (null, steps[^1].Index + 1);
                        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) steps.Add((null, -1));
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The place.
        }

        var path = new StringBuilder("$");
        foreach ((string? member, int index) in steps)
        {
            if (member is not null) path.Append('.').Append(member);
            else if (index >= 0) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }

        return path.ToString();
    }
}
