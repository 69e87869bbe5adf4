using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Additional properties of one dialect, in a request of another: left out and noted, so that the call can go on there.</summary>
public class CodecExtrasTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string own in CodecWire.Names)
            {
                foreach (string other in CodecWire.Names) pairs.Add(own, other);
            }

            return pairs;
        }
    }

    [Fact]
    public void Each_dialect_has_a_row()
    {
        Assert.Equal(Enum.GetValues<Dialect>().Order(), CodecWire.Names.Select(CodecWire.DialectOf).Order());
        Assert.All(Enum.GetValues<Dialect>(), dialect => Assert.NotEmpty(CodecExtras.NamesOf(dialect)));
        Assert.All(Enum.GetValues<Dialect>(), dialect => Assert.Equal(CodecExtras.NamesOf(dialect).Distinct(), CodecExtras.NamesOf(dialect)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_one_dialect_has_another_is_sent_only_if_it_has_it_too(string own, string other)
    {
        string[] mine = CodecExtras.NamesOf(CodecWire.DialectOf(own)), theirs = CodecExtras.NamesOf(CodecWire.DialectOf(other));
        Assert.All(mine, name => Assert.Equal(Array.IndexOf(theirs, name) < 0, CodecExtras.IsForeign(name, CodecWire.DialectOf(other))));

        // Efforts are translated in each dialect.
        foreach (string name in mine.Except(theirs).Except(["reasoning_effort"]))
        {
            (string body, List<string>? notes) = Write(other, name);

            Assert.DoesNotContain($"\"{name}\":1", body);
            Assert.Contains($"{name}: left out", notes ?? []);
        }
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void What_no_dialect_of_the_table_has_is_sent(string dialect) => Assert.Contains("\"of_a_server\":1", Write(dialect, "of_a_server").Body);

    [Theory]
    [InlineData("cohere")]
    [InlineData("ollama")]
    [InlineData("gemini")]
    [InlineData("anthropic")]
    [InlineData("bedrock")]
    [InlineData("openai")]
    public void Options_of_the_Responses_API_stay_there(string dialect)
    {
        foreach (string name in new[] { "include", "truncation", "max_tool_calls", "background", "previous_response_id", "conversation", "text", "max_output_tokens" })
        {
            (string body, List<string>? notes) = Write(dialect, name);

            Assert.DoesNotContain($"\"{name}\":1", body);
            Assert.Equal([$"{name}: left out"], notes);
        }
    }

    private static (string Body, List<string>? Notes) Write(string dialect, string name)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [name] = 1 } };
        Assert.NotNull(CodecWire.Request(dialect, [new ChatMessage(ChatRole.User, "Hi")], out AttemptFailure? failure, out RequestWriter writer, options));
        Assert.Null(failure);
        return (Encoding.UTF8.GetString(writer.WrittenMemory.Span), writer.Notes);
    }
}
