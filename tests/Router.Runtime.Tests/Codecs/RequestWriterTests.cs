using System.Text;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class RequestWriterTests
{
    private readonly RequestWriter _writer = new();

    private static ReadOnlySpan<byte> Prefix => "{\"model\":\"m\""u8;

    [Fact]
    public void What_is_written_joins_the_prefix_to_one_object()
    {
        Utf8JsonWriter json = _writer.StartObject("""{"model":"m","n":1"""u8);
        json.WriteStartArray("messages"u8);
        json.WriteStringValue("a");
        json.WriteEndArray();
        json.WriteBoolean("stream"u8, true);
        _writer.EndObject();
        Assert.Equal("""{"model":"m","n":1,"messages":["a"],"stream":true}""", Written());
    }

    [Fact]
    public void An_object_without_more_is_the_prefix_closed()
    {
        _writer.StartObject(Prefix);
        _writer.EndObject();
        Assert.Equal("""{"model":"m"}""", Written().TrimEnd());
        Assert.Equal("m", Parse().GetProperty("model").GetString());
    }

    [Fact]
    public void Cleared_it_writes_the_next_request_as_if_it_were_new()
    {
        _writer.StartObject("{\"model\":\"a much longer prefix than the next one\""u8).WriteString("text"u8, new string('x', 10_000));
        _writer.EndObject();
        _writer.Clear();
        Assert.True(_writer.WrittenMemory.IsEmpty);

        for (int i = 0; i < 3; i++)
        {
            _writer.StartObject(Prefix).WriteNumber("n"u8, i);
            _writer.EndObject();
            Assert.Equal($$"""{"model":"m","n":{{i}}}""", Written());
            _writer.Clear();
        }
    }

    [Fact]
    public void A_request_that_was_given_up_halfway_leaves_nothing_behind()
    {
        Utf8JsonWriter json = _writer.StartObject(Prefix);
        json.WriteStartArray("messages"u8);
        json.WriteStartObject();
        _writer.Clear();

        _writer.StartObject(Prefix).WriteNull("n"u8);
        _writer.EndObject();
        Assert.Equal("""{"model":"m","n":null}""", Written());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1024)]
    [InlineData(5_000_000)]
    public void Requests_of_any_size_are_valid_JSON(int size)
    {
        string text = string.Concat(Enumerable.Range(0, size).Select(static i => (char)(' ' + i % 95)));
        Utf8JsonWriter json = _writer.StartObject(Prefix);
        json.WriteString("before"u8, text);
        json.Flush();
        json.WriteString("after"u8, text);
        _writer.EndObject();
        Assert.Equal(text, Parse().GetProperty("before").GetString());
        Assert.Equal(text, Parse().GetProperty("after").GetString());
    }

    [Fact]
    public void Text_is_escaped_as_JSON_demands_and_no_further()
    {
        const string Text = "<a href=\"x\">é 漢字 & 'q' \\ \u0001 \u2028 😀</a>";
        _writer.StartObject(Prefix).WriteString("text"u8, Text);
        _writer.EndObject();
        Assert.Equal(Text, Parse().GetProperty("text").GetString());
        Assert.Contains("<a href=\\\"x\\\">é 漢字 & 'q' \\\\ \\u0001", Written(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_break_the_request()
    {
        _writer.StartObject(Prefix).WriteString("text"u8, "a\uD83Db");
        _writer.EndObject();
        Assert.Equal("a\uFFFDb", Parse().GetProperty("text").GetString());
    }

    private string Written() => Encoding.UTF8.GetString(_writer.WrittenMemory.Span);

    private JsonElement Parse() => JsonDocument.Parse(_writer.WrittenMemory).RootElement;
}
