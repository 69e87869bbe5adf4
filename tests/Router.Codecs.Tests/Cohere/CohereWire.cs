using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.CohereChat;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class CohereWire
{
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed | ModelParameters.Reasoning | ModelParameters.RequiredToolChoice);

    /// <summary>What answers are read against.</summary>
    public static readonly ModelProfile Command = Everything.Of("cohere", "m");

    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hello")], null, isStreaming: false);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>https://docs.cohere.com/reference/chat</summary>
    public static readonly KnownMembers Members = new(new()
    {
        [""] = "model messages stream tools strict_tools tool_choice documents citation_options response_format safety_mode max_tokens stop_sequences temperature seed frequency_penalty presence_penalty k p logprobs thinking priority raw_prompting",
        ["messages[]"] = "role content tool_calls tool_plan citations tool_call_id",
        ["messages[].content[]"] = "type text thinking image_url document",
        ["messages[].content[].image_url"] = "url detail",
        ["messages[].tool_calls[]"] = "id type function",
        ["messages[].tool_calls[].function"] = "name arguments",
        ["tools[]"] = "type function",
        ["tools[].function"] = "name description parameters",
        ["response_format"] = "type json_schema",
        ["thinking"] = "type token_budget",
        ["citation_options"] = "mode",
    });

    /// <summary>The request's body without the members that it always begins with.</summary>
    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int defaultMaxTokens = 0)
    {
        AttemptFailure? failure = Write(messages, options, takes, stream, defaultMaxTokens, out RequestWriter writer);
        Assert.Null(failure);
        string body = Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        using JsonDocument valid = JsonDocument.Parse(body);
        Members.Check(valid.RootElement);
        string start = $$"""{"model":"m","stream":{{(stream ? "true" : "false")}},""";
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..];
    }

    /// <summary>The members beside the messages, for a conversation of <see cref="Hello"/> alone.</summary>
    public static string Options(ChatOptions options, Takes? takes = null) =>
        Body([Hello], options, takes).Replace("""{"messages":[{"role":"user","content":"Hello"}],""", "{").Replace("""{"messages":[{"role":"user","content":"Hello"}]}""", "{}").Replace(""","messages":[{"role":"user","content":"Hello"}]""", "");

    /// <summary>The messages of a request.</summary>
    public static string Messages(params ChatMessage[] messages)
    {
        using JsonDocument body = JsonDocument.Parse(Body(messages));
        return body.RootElement.GetProperty("messages").GetRawText();
    }

    /// <summary>What is noted of a request that is written.</summary>
    public static List<string>? Notes(ChatOptions options, Takes? takes = null)
    {
        Assert.Null(Write([Hello], options, takes, false, 0, out RequestWriter writer));
        return writer.Notes;
    }

    public static string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, false, 0, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    public static RoutedResponse Reply(string body, ChatRequest? request = null)
    {
        Assert.Null(CohereReply.Read(request ?? Asked, Command, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply));
        return reply!;
    }

    public static AttemptFailure NoReply(string body)
    {
        AttemptFailure? failure = CohereReply.Read(Asked, Command, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        return failure!;
    }

    /// <summary>Reads each line as the data of one event, and expects a clean end at the last.</summary>
    public static List<ChatResponseUpdate> Stream(params string[] events)
    {
        var decoder = new CohereStream(Asked, Command);
        var updates = new List<ChatResponseUpdate>();
        for (int i = 0; i < events.Length; i++)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            Assert.Equal(i == events.Length - 1, signal is StreamSignal.Completed);
            Assert.Equal(signal is not (StreamSignal.Continue or StreamSignal.Progress), update is not null);
            if (update is not null) updates.Add(update);
        }

        return updates;
    }

    /// <summary>Reads events up to the one that fails, which must be the last.</summary>
    public static AttemptFailure Broken(params string[] events)
    {
        var decoder = new CohereStream(Asked, Command);
        for (int i = 0; i < events.Length; i++)
        {
            if (decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out _, out AttemptFailure? failure) is not StreamSignal.Failed) continue;
            Assert.Equal(events.Length - 1, i);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    private static AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, bool stream, int defaultMaxTokens, out RequestWriter writer)
    {
        writer = new RequestWriter();
        return CohereRequest.Write(new ChatRequest(messages, options, stream), writer, "{\"model\":\"m\""u8, (takes ?? Everything).Of("cohere", "m", defaultMaxTokens));
    }
}
