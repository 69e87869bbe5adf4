using Microsoft.Extensions.AI;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Stamps that no answer had, which a caller may have put into a conversation.</summary>
public class GeminiStampTests
{
    [Theory]
    [InlineData("rg1 ")]
    [InlineData("rg1 0000000000000000 thoughtSignature.text gemini/m\n5:x")]
    [InlineData("")]
    public void A_stamp_that_is_none_is_left_out(string stamp)
    {
        string written = GeminiWire.Contents(GeminiWire.Hello, new(ChatRole.Assistant, [new TextContent("Hi"), new TextReasoningContent("") { ProtectedData = stamp }]));
        Assert.EndsWith("""{"role":"model","parts":[{"text":"Hi"}]}]""", written);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("x:S")]
    [InlineData("99:S")]
    [InlineData("-1:S")]
    public void A_stamp_of_ones_own_making_is_left_out(string data)
    {
        string stamp = CodecState.StampOf(GeminiWire.Model, "thoughtSignature.text", CodecHash.Of("Hi"), data);
        string written = GeminiWire.Contents(GeminiWire.Hello, new(ChatRole.Assistant, [new TextContent("Hi"), new TextReasoningContent("") { ProtectedData = stamp }]));
        Assert.EndsWith("""{"role":"model","parts":[{"text":"Hi"}]}]""", written);
    }
}
