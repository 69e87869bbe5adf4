using System.Text.Json;

namespace RouterGen.Runtime.Tests.Structured;

/// <summary>The beginning of an answer, closed at each position.</summary>
public class JsonPrefixTests
{
    private const string Json = """{"name":"r\u00e9\n\ud83d\ude00 \\","n":-12.5e3,"list":[1,22,"x",{"a":true,"b":[]},null,false],"deep":{"a":{"b":{}}},"é€😀":"é€😀","empty":""}""";

    [Fact]
    public void Each_beginning_is_JSON_and_holds_no_more_than_the_whole()
    {
        for (int length = 0; length <= Json.Length; length++)
        {
            JsonPrefix prefix = PrefixOf(Json[..length]);
            if (!prefix.TakeChange(ignoreEnds: false)) continue;
            JsonElement completed = JsonDocument.Parse(prefix.Complete(out long open).ToArray()).RootElement;
            AssertBeginning(completed, JsonDocument.Parse(Json).RootElement);
            Assert.True(open < 0 || prefix.Complete(out _)[(int)open] == (byte)'"');
        }

        Assert.Equal(Json, System.Text.Encoding.UTF8.GetString(PrefixOf(Json).Complete(out long none)));
        Assert.Equal(-1, none);
    }

    [Fact]
    public void Where_it_was_cut_into_pieces_does_not_matter()
    {
        for (int at = 0; at <= Json.Length; at++)
        {
            var prefix = new JsonPrefix();
            prefix.Append("Sure, {x} and {y}: { ");
            prefix.Append(Json[1..Math.Max(1, at)]);
            prefix.Append(Json[Math.Max(1, at)..]);
            prefix.Append("``` {\"more\":1}");
            Assert.Equal("{ " + Json[1..], System.Text.Encoding.UTF8.GetString(prefix.Complete(out _)));
        }
    }

    [Theory]
    [InlineData("""{"a""", "{}", -1)]
    [InlineData("""{"a":1""", "{}", -1)]
    [InlineData("""{"a":1,""", """{"a":1}""", -1)]
    [InlineData("""{"a":tru""", "{}", -1)]
    [InlineData("""{"a":true""", """{"a":true}""", -1)]
    [InlineData("""{"a":"b""", """{"a":"b"}""", 5)]
    [InlineData("""{"a":"b\""", """{"a":"b"}""", 5)]
    [InlineData("""{"a":"b\ud83d""", """{"a":"b"}""", 5)]
    [InlineData("""{"a":"b\ud83d\ude0""", """{"a":"b"}""", 5)]
    [InlineData("""{"a":["x","y""", """{"a":["x","y"]}""", 10)]
    [InlineData("""{"a":[1,2""", """{"a":[1]}""", -1)]
    [InlineData("""{"a":[{"b":[""", """{"a":[{"b":[]}]}""", -1)]
    public void What_has_not_ended_is_left_out_unless_it_is_text(string text, string completed, long open)
    {
        Assert.Equal(completed, System.Text.Encoding.UTF8.GetString(PrefixOf(text).Complete(out long openString)));
        Assert.Equal(open, openString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON {at all}")]
    [InlineData("""{"a" 1""")]
    [InlineData("""{"a":]""")]
    [InlineData("""{"a":1 2""")]
    public void What_is_no_object_changes_nothing(string text) => Assert.False(PrefixOf(text).TakeChange(ignoreEnds: false));

    [Fact]
    public void Deep_nesting_ends_the_reading()
    {
        JsonPrefix prefix = PrefixOf("""{"a":""" + new string('[', 100_000));
        Assert.False(prefix.TakeChange(ignoreEnds: false));
    }

    private static JsonPrefix PrefixOf(string text)
    {
        var prefix = new JsonPrefix();
        foreach (char c in text) prefix.Append(c.ToString());
        return prefix;
    }

    private static void AssertBeginning(JsonElement part, JsonElement whole)
    {
        Assert.Equal(whole.ValueKind, part.ValueKind);
        switch (part.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in part.EnumerateObject()) AssertBeginning(member.Value, whole.GetProperty(member.Name));
                break;

            case JsonValueKind.Array:
                for (int i = 0; i < part.GetArrayLength(); i++) AssertBeginning(part[i], whole[i]);
                break;

            case JsonValueKind.String:
                Assert.StartsWith(part.GetString()!, whole.GetString()!);
                break;

            default:
                Assert.Equal(whole.GetRawText(), part.GetRawText());
                break;
        }
    }
}
