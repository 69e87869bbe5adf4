using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Conversations that are empty, or in an order that some APIs refuse: each dialect refuses them before the call, mends them, or is known to take them.</summary>
public class MessageOrderTests
{
    private static readonly Dictionary<string, ChatMessage[]> Cases = new()
    {
        ["none"] = [],
        ["all left out"] = [new(ChatRole.Assistant, [new WebSearchToolCallContent("w")])],
        ["system alone"] = [new(ChatRole.System, "s")],
        ["assistant first"] = [new(ChatRole.Assistant, "a"), new(ChatRole.User, "u")],
        ["one speaker twice"] = [new(ChatRole.User, "u"), new(ChatRole.User, "v"), new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "w")],
        ["system between"] = [new(ChatRole.User, "u"), new(ChatRole.System, "s"), new(ChatRole.User, "v")],
    };

    /// <summary>Which cases each dialect refuses; a new dialect needs a row. Chat Completions, Responses, Cohere and Ollama take a system message alone.</summary>
    private static readonly Dictionary<string, string[]> Refused = new()
    {
        ["openai"] = ["none", "all left out"],
        ["responses"] = ["none", "all left out"],
        ["anthropic"] = ["none", "all left out", "system alone"],
        ["gemini"] = ["none", "all left out", "system alone"],
        ["bedrock"] = ["none", "all left out", "system alone"],
        ["cohere"] = ["none", "all left out"],
        ["ollama"] = ["none", "all left out"],
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string dialect in CodecWire.Names)
            {
                foreach (string name in Cases.Keys) pairs.Add(dialect, name);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Each_dialect_decides(string dialect, string name)
    {
        JsonElement? request = CodecWire.Request(dialect, Cases[name], out AttemptFailure? failure);

        bool isRefused = Refused[dialect].Contains(name);
        Assert.Equal(isRefused, failure is not null);
        if (isRefused)
        {
            Assert.Equal(FailureKind.Unsupported, failure!.Kind);
            Assert.Contains("at least one", failure.Message);
        }
        else
        {
            Assert.NotEqual(0, request!.Value.GetProperty(CodecWire.TurnsOf(dialect)).GetArrayLength());
        }
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("gemini")]
    [InlineData("bedrock")]
    public void Speakers_alternate_where_they_must(string dialect)
    {
        foreach (string name in new[] { "assistant first", "one speaker twice", "system between" })
        {
            JsonElement turns = CodecWire.Request(dialect, Cases[name], out _)!.Value.GetProperty(CodecWire.TurnsOf(dialect));
            string[] roles = [.. turns.EnumerateArray().Select(turn => turn.GetProperty("role").GetString()!)];

            Assert.DoesNotContain(roles.Zip(roles.Skip(1)), pair => pair.First == pair.Second);
            if (dialect is "bedrock") Assert.Equal("user", roles[0]);
        }
    }

    [Fact]
    public void A_conversation_that_the_provider_keeps_goes_on_without_a_message() =>
        Assert.NotNull(CodecWire.Request("responses", [], out _, new ChatOptions { ConversationId = "resp_1" }));
}
