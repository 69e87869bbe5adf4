using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Stamps: they are read by the model that made them, in the form in which it made them, and by no other.</summary>
public sealed class CodecStateTests
{
    private static readonly ModelProfile Model = new("deepseek", "deepseek-v4-pro");

    [Theory]
    [InlineData("")]
    [InlineData("SIG1")]
    [InlineData("two\nlines | of \"JSON\" 😀")]
    public void A_stamp_is_read_by_its_own_model(string data)
    {
        string stamp = CodecState.Stamp(Model, "form", data);
        Assert.True(CodecState.TryRead(stamp, new ModelProfile("deepseek", "deepseek-v4-pro"), "form", out ReadOnlySpan<char> read));
        Assert.Equal(data, read);
    }

    [Theory]
    [InlineData("deepseek", "deepseek-v4", "form")]
    [InlineData("deepseek", "deepseek-v4-pro-2", "form")]
    [InlineData("openrouter", "deepseek-v4-pro", "form")]
    [InlineData("deepseek", "deepseek-v4-pro", "for")]
    [InlineData("deepseek", "deepseek-v4-pro", "form2")]
    [InlineData("", "", "form")]
    public void A_stamp_is_read_by_no_other_model_and_in_no_other_form(string provider, string model, string form) =>
        Assert.False(CodecState.TryRead(CodecState.Stamp(Model, "form", "x"), new ModelProfile(provider, model), form, out _));

    [Fact]
    public void A_stamp_that_was_changed_anywhere_is_none()
    {
        string stamp = CodecState.Stamp(Model, "form", "SIG1");
        for (int i = 0; i < stamp.Length; i++)
        {
            string changed = stamp[..i] + (char)(stamp[i] ^ 1) + stamp[(i + 1)..];
            Assert.False(CodecState.TryRead(changed, Model, "form", out _), changed);
            Assert.False(CodecState.TryRead(stamp[..i], Model, "form", out _));
            Assert.False(CodecState.TryRead(stamp[i..] + stamp[..i], Model, "form", out _) && i > 0);
        }

        Assert.False(CodecState.TryRead(null, Model, "form", out _));
        Assert.False(CodecState.TryRead("EqQBCgIYAhIM1gbcDa9GJwZA2b3h", Model, "form", out _)); // Another adapter's.
    }

    [Fact]
    public void A_stamp_of_a_text_holds_for_that_text_only()
    {
        string stamp = CodecState.StampOf(Model, "form", CodecHash.Of("Hm."), "sig");
        Assert.True(CodecState.TryReadOf(stamp, Model, "form", "Hm.", out ReadOnlySpan<char> read));
        Assert.Equal("sig", read);
        Assert.False(CodecState.TryReadOf(stamp, Model, "form", "Hm", out _));
        Assert.False(CodecState.TryReadOf(CodecState.Stamp(Model, "form", "short"), Model, "form", "Hm.", out _));
    }

    [Fact]
    public void A_hash_does_not_depend_on_how_its_text_was_split()
    {
        const string Text = "Let me think about it. 😀";
        for (int i = 0; i <= Text.Length; i++)
        {
            var hash = new CodecHash();
            hash.Add(Text.AsSpan(0, i));
            hash.Add(Text.AsSpan(i));
            Assert.Equal(CodecHash.Of(Text), hash.Value);
        }

        Assert.Equal(14695981039346656037UL, CodecHash.Of("")); // FNV-1a's offset: stamps and names must stay the same in later versions.
        Assert.Equal(0xaf63dc4c8601ec8cUL, CodecHash.Of("a"));
    }

    [Fact]
    public void Stamps_survive_the_serialisation_of_messages()
    {
        string stamp = CodecState.Stamp(Model, "form", "{\"a\":\"😀\"}");
        var call = new FunctionCallContent("c", "f");
        CodecState.Put(call, stamp);
        ChatMessage message = new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = stamp }, call]);
        string json = JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);
        ChatMessage back = JsonSerializer.Deserialize<ChatMessage>(json, AIJsonUtilities.DefaultOptions)!;
        Assert.All(back.Contents, content =>
        {
            Assert.True(CodecState.TryRead(CodecState.Of(content), Model, "form", out ReadOnlySpan<char> data));
            Assert.Equal("{\"a\":\"😀\"}", data);
        });
    }

    [Fact]
    public void The_framework_joins_streamed_thoughts_with_the_stamp_behind_them()
    {
        // What the design of streams rests on: Microsoft.Extensions.AI joins thoughts up to one with protected data.
        ChatResponseUpdate[] updates =
        [
            Part(new TextReasoningContent("A")), Part(new TextReasoningContent("B")), Part(new TextReasoningContent("") { ProtectedData = "1" }),
            Part(new TextReasoningContent("C")), Part(new TextReasoningContent("") { ProtectedData = "2" }), Part(new TextReasoningContent("") { ProtectedData = "3" }),
            Part(new TextContent("D")), Part(new TextReasoningContent("") { ProtectedData = "4" }),
        ];
        Assert.Equal(
            [("AB", "1"), ("C", "2"), ("", "3"), ("", "4")],
            updates.ToChatResponse().Messages.Single().Contents.OfType<TextReasoningContent>().Select(thoughts => (thoughts.Text, thoughts.ProtectedData)));

        static ChatResponseUpdate Part(AIContent content) => new(ChatRole.Assistant, [content]) { MessageId = "m" };
    }
}
