using System.Text;

namespace RouterGen.Runtime.Tests;

/// <summary>An event is taken for a delta like another one only where nothing but its text, and what means nothing, can differ.</summary>
public class DeltaTemplateTests
{
    private const string First = """{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"abc","created":17}""";

    [Theory]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":" there"},"finish_reason":null}],"obfuscation":"x","created":18000}""", " there")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"é"},"finish_reason":null}],"obfuscation":"abcdef","created":1}""", "é")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"{}"},"finish_reason":null}],"obfuscation":"abc","created":17}""", "{}")]
    public void A_delta_with_another_text_is_like_it(string data, string text) => Assert.Equal(text, TextOf(data));

    [Theory]
    [InlineData("""{"id":"d","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"abc","created":17}""")] // another id
    [InlineData("""{"id":"c","choices":[{"delta":{"content":""},"finish_reason":null}],"obfuscation":"abc","created":17}""")] // no text
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"a\nb"},"finish_reason":null}],"obfuscation":"abc","created":17}""")] // an escape
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"a","content":"b"},"finish_reason":null}],"obfuscation":"abc","created":17}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"obfuscation":"abc","created":17}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"abc","created":17,"usage":{}}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":7,"created":17}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"abc","created":-17}""")]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"abc","created":17} """)]
    [InlineData("""{"id":"c","choices":[{"delta":{"content":"Hi""")]
    [InlineData("[DONE]")]
    [InlineData("")]
    public void What_differs_otherwise_is_not_like_it(string data) => Assert.Null(TextOf(data));

    [Fact]
    public void An_event_of_another_name_is_not_like_it() => Assert.False(Of(First, "Hi")!.Matches("other"u8, Encoding.UTF8.GetBytes(First), out _));

    [Fact]
    public void A_text_that_is_no_UTF8_is_not_like_it()
    {
        byte[] data = Encoding.UTF8.GetBytes(First);
        data[data.AsSpan().IndexOf("Hi"u8)] = 0xFF;
        Assert.False(Of(First, "Hi")!.Matches(default, data, out _));
    }

    [Fact]
    public void A_text_with_a_control_character_is_not_like_it()
    {
        byte[] data = Encoding.UTF8.GetBytes(First);
        data[data.AsSpan().IndexOf("Hi"u8)] = 1;
        Assert.False(Of(First, "Hi")!.Matches(default, data, out _));
    }

    [Theory]
    [InlineData("""{"content":"c","id":"c"}""", "c")] // which of the two was it?
    [InlineData("""{"id":"c","content":"\u0063"}""", "c")] // it is another member's
    [InlineData("""{"name":"c"}""", "c")] // no member that holds text
    [InlineData("""{"content":["c"]}""", "c")]
    [InlineData("""{"content":"a \"quoted\" word"}""", "a \"quoted\" word")]
    [InlineData("""{"content":"Hi"}""", "other")]
    public void Nothing_is_learnt_where_it_is_not_certain_whose_the_text_is(string data, string text) => Assert.Null(Of(data, text));

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hi"}}""")]
    [InlineData("""{"type":"response.output_text.delta","sequence_number":4,"delta":"Hi"}""")]
    [InlineData("""{"choices": [{"delta": {"reasoning_content" : "Hi"}}]}""")]
    public void The_members_of_all_dialects_are_known(string data)
    {
        Assert.True(Of(data, "Hi")!.Matches(default, Encoding.UTF8.GetBytes(data.Replace("Hi", "Bye", StringComparison.Ordinal)), out ReadOnlySpan<byte> text));
        Assert.Equal("Bye", Encoding.UTF8.GetString(text));
    }

    private static string? TextOf(string data) => Of(First, "Hi")!.Matches(default, Encoding.UTF8.GetBytes(data), out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;

    private static DeltaTemplate? Of(string data, string text) => DeltaTemplate.Of(default, Encoding.UTF8.GetBytes(data), text);
}
