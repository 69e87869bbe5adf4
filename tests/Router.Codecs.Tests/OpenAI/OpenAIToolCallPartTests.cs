using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>Parts of tool calls as servers number and name them: no two calls become one, none is lost, no name is made up.</summary>
public class OpenAIToolCallPartTests
{
    private static readonly ChatRequest WithTools = new(
        [new ChatMessage(ChatRole.User, "Hi")],
        new ChatOptions { Tools = [AIFunctionFactory.Create(() => "", "get_weather"), AIFunctionFactory.Create(() => "", "get_time"), AIFunctionFactory.Create(() => "", "get")] },
        isStreaming: true);

    /// <summary>Each line: what the server does, its deltas, and the calls that come of it.</summary>
    public static TheoryData<string, string[], string[]> Servers => new()
    {
        { "as the API says", [P(0, "a", "get_weather"), P(0, args: "{\"x\":"), P(0, args: "1}")], ["a get_weather {\"x\":1}"] },
        { "a new id for each part", [P(0, "a", "get_weather", ""), P(0, "b", args: "{\"x\":"), P(0, "c", null, "1}")], ["a get_weather {\"x\":1}"] },
        { "a new id for each part, without an index", [P(null, "a", "get_weather", ""), P(null, "b", args: "{\"x\":"), P(null, "c", args: "1}")], ["a get_weather {\"x\":1}"] },
        { "index 0 for each call", [P(0, "a", "get_weather", "{}"), P(0, "b", "get_time", "{}")], ["a get_weather {}", "b get_time {}"] },
        { "index 0 for each call, in parts", [P(0, "a", "get_weather", ""), P(0, "a", args: "{\"x\":1}"), P(0, "b", "get_time", ""), P(0, "b", args: "{\"y\":2}")], ["a get_weather {\"x\":1}", "b get_time {\"y\":2}"] },
        { "index 0 for each call, interleaved by id", [P(0, "a", "get_weather", ""), P(0, "b", "get_time", ""), P(0, "a", args: "{\"x\":1}"), P(0, "b", args: "{\"y\":2}")], ["a get_weather {\"x\":1}", "b get_time {\"y\":2}"] },
        { "index 0 and no ids, whole calls", [P(0, null, "get_weather", "{\"x\":1}"), P(0, null, "get_weather", "{\"x\":2}")], ["? get_weather {\"x\":1}", "? get_weather {\"x\":2}"] },
        { "no index, no ids, two functions", [P(null, null, "get_weather", "{\"x\":1}"), P(null, null, "get_time", "{}")], ["? get_weather {\"x\":1}", "? get_time {}"] },
        { "no index, no ids, two functions without arguments", [P(null, null, "get_weather"), P(null, null, "get_time")], ["? get_weather {}", "? get_time {}"] },
        { "no index, no ids, one function twice, in parts", [P(null, null, "get_time", "{\"x\":"), P(null, null, null, "1}"), P(null, null, "get_time", "{\"x\":"), P(null, null, null, "2}")], ["? get_time {\"x\":1}", "? get_time {\"x\":2}"] },
        { "no index, no ids, the same call twice in one delta", [P(null, null, "get_time", "{}") + "," + P(null, null, "get_time", "{}")], ["? get_time {}", "? get_time {}"] },
        { "empty and null ids after the first", [P(0, "a", "get_time", ""), P(0, "", null, "{\"x\""), "{\"index\":0,\"id\":null,\"function\":{\"name\":null,\"arguments\":\":1}\"}}"], ["a get_time {\"x\":1}"] },
        { "the id with a later part", [P(0, null, "get_time", ""), P(0, "a", null, "{}")], ["a get_time {}"] },
        { "one id for all calls", [P(0, "a", "get_time", "{\"x\":1}"), P(1, "a", "get_weather", "{\"y\":2}")], ["a get_time {\"x\":1}", "! get_weather {\"y\":2}"] },
        { "one id and index 0 for all calls", [P(0, "a", "get_time", "{\"x\":1}"), P(0, "a", "get_weather", "{\"y\":2}"), P(0, "a", "get_weather", "{\"y\":3}")], ["a get_time {\"x\":1}", "! get_weather {\"y\":2}", "! get_weather {\"y\":3}"] },
        { "the name with each part", [P(0, "a", "get_time", ""), P(0, "a", "get_time", "{\"x\":"), P(0, "a", "get_time", "1}"), P(0, "a", "get_time", "")], ["a get_time {\"x\":1}"] },
        { "the name with each part, no ids, no index", [P(null, null, "get_time", ""), P(null, null, "get_time", "{\"x\":"), P(null, null, "get_time", "1}")], ["? get_time {\"x\":1}"] },
        { "the name in pieces", [P(0, "a", "get"), P(0, null, "_wea"), P(0, null, "ther", "{}")], ["a get_weather {}"] },
        { "the name as it grows", [P(0, "a", "get_"), P(0, "a", "get_weather", "{}")], ["a get_weather {}"] },
        { "a name that begins with another tool's", [P(0, "a", "get"), P(0, null, "_weather", "{}")], ["a get_weather {}"] },
        { "two ids, and a name with the second part only", [P(0, "a"), P(0, "b", "get_time", "{}")], ["a get_time {}"] },
        { "interleaved", [P(0, "a", "get_time", ""), P(1, "b", "get_weather", ""), P(0, null, null, "{\"x\":"), P(1, null, null, "{\"y\":"), P(0, null, null, "1}"), P(1, null, null, "2}")], ["a get_time {\"x\":1}", "b get_weather {\"y\":2}"] },
        { "the index with later parts only", [P(null, "a", "get_time"), P(null, "b", "get_weather"), P(0, null, null, "{\"x\":1}"), P(1, null, null, "{\"y\":2}")], ["a get_time {\"x\":1}", "b get_weather {\"y\":2}"] },
        { "an index for each part", [P(0, "a", "get_time", ""), P(1, "a", null, "{\"x\":"), P(2, "a", null, "1}")], ["a get_time {\"x\":1}"] },
        { "an index for each part, the id with the first", [P(0, "a", "get_time", ""), P(1, null, null, "{\"x\":"), P(2, null, null, "1}")], ["a get_time {\"x\":1}"] },
        { "an index for each part, with id and name", [P(0, "a", "get_time", "{\"x\":"), P(1, "a", "get_time", "1}")], ["a get_time {\"x\":1}"] },
        { "the index as a string", ["{\"index\":\"0\",\"id\":\"a\",\"function\":{\"name\":\"get_time\"}}", "{\"index\":\"1\",\"id\":\"b\",\"function\":{\"name\":\"get_weather\"}}", P(0, null, null, "{\"x\":1}")], ["a get_time {\"x\":1}", "b get_weather {}"] },
        { "arguments as an object", ["{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"get_time\",\"arguments\":{\"x\": 1}}}"], ["a get_time {\"x\":1}"] },
        { "an empty object first", ["{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"get_time\",\"arguments\":{}}}", P(0, null, null, "{\"x\":"), P(0, null, null, "1}")], ["a get_time {\"x\":1}"] },
        { "the whole call again at the end", [P(0, "a", "get_time", "{\"x\":"), P(0, null, null, "1}"), P(0, "a", "get_time", "{\"x\":1}")], ["a get_time {\"x\":1}"] },
        { "the arguments again at the end", [P(0, "a", "get_time", "{\"x\":"), P(0, null, null, "1}"), P(0, null, null, "{\"x\":1}")], ["a get_time {\"x\":1}"] },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public void Calls_are_told_apart(string server, string[] deltas, string[] calls)
    {
        Assert.NotEmpty(server);
        Assert.Equal(calls, Calls([.. deltas.Select(Delta), Finish, "[DONE]"]));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_finish_reason_may_come_before_the_rest(string server, string[] deltas, string[] calls)
    {
        if (server is "an empty object first") return; // A whole call by then.
        Assert.Equal(calls.Order(), Calls([Delta(deltas[0]), Finish, .. deltas[1..].Select(Delta), "[DONE]"]).Order());
    }

    [Fact]
    public void A_finish_chunk_that_repeats_the_call_repeats_it_only_here()
    {
        string last = Delta(P(0, "a", "get_time", "{\"x\":1}")).Replace("]}}]", "]},\"finish_reason\":\"tool_calls\"}]");
        Assert.Equal(["a get_time {\"x\":1}"], Calls([Delta(P(0, "a", "get_time", "{\"x\":1}")), last, "[DONE]"]));
        Assert.Equal(["a get_time {\"x\":1}"], Calls([Delta(P(0, "a", "get_time", "{\"x\":1}")), Finish, last, last, "[DONE]"]));
    }

    [Theory]
    [InlineData("""{"function_call":{"name":"get_time","arguments":"{\"x\":"}}""", """{"function_call":{"arguments":"1}"}}""")]
    [InlineData("""{"function_call":{"name":"get_","arguments":""}}""", """{"function_call":{"name":"time","arguments":"{\"x\":1}"}}""")]
    [InlineData("""{"function_call":{"name":"get_time","arguments":{"x":1}}}""", "{}")]
    public void The_older_form_is_a_call(string first, string second) =>
        Assert.Equal(["? get_time {\"x\":1}"], Calls([Choice(first), Choice(second), Finish.Replace("tool_calls", "function_call"), "[DONE]"]));

    [Fact]
    public void A_call_in_both_forms_is_one() =>
        Assert.Equal(["a get_time {}"], Calls([Choice("{\"function_call\":{\"name\":\"get_time\",\"arguments\":\"{}\"},\"tool_calls\":[" + P(0, "a", "get_time", "{}") + "]}"), Finish, "[DONE]"]));

    [Theory]
    [InlineData("""{"index":0,"id":"a","function":{"arguments":"{}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"","arguments":"{}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":7,"arguments":"{}"}}""")]
    [InlineData("""{"index":0,"id":"a"}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"get_time","arguments":"{}"}},{"index":1,"function":{"arguments":"{\"x\":1}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"get_time","arguments":"{}"}},{"index":1,"id":"b","function":{"arguments":"{\"x\":1}"}}""")]
    public void A_call_without_a_name_is_no_answer(string parts)
    {
        Assert.Equal(FailureKind.InvalidResponse, OpenAIWire.NoReply(Whole("{\"tool_calls\":[" + parts + "]}")).Kind);
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(WithTools);
        StreamSignal signal = default;
        foreach (string data in (string[])[Delta(parts), Finish, "[DONE]"]) signal = decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
        Assert.Equal(StreamSignal.Failed, signal);
    }

    [Theory]
    [InlineData("""{"function_call":{"name":"get_time","arguments":"{\"x\":1}"}}""", "? get_time {\"x\":1}")]
    [InlineData("""{"function_call":{"name":"get_time","arguments":"{}"},"tool_calls":[{"id":"a","function":{"name":"get_time","arguments":"{}"}}]}""", "a get_time {}")]
    [InlineData("""{"tool_calls":{"id":"a","function":{"name":"get_time","arguments":"{}"}}}""", "a get_time {}")]
    [InlineData("""{"tool_calls":[{"id":"a","function":{"name":"get_time","arguments":"{}"}},{"id":"a","function":{"name":"get_time","arguments":"{}"}}]}""", "a get_time {}", "! get_time {}")]
    [InlineData("""{"tool_calls":[{"index":0,"function":{"name":"get_time"}},{"index":0,"function":{"name":"get_weather"}}]}""", "? get_time {}", "? get_weather {}")]
    public void Calls_of_a_whole_answer(string message, params string[] calls) => Assert.Equal(calls, Texts(OpenAIWire.Reply(Whole(message)).Messages[0].Contents));

    [Fact]
    public void A_part_allocates_what_it_adds()
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(WithTools);
        decoder.Read(default, Encoding.UTF8.GetBytes(Delta(P(0, "a", "get_time", "{\"x\":\""))), out _, out _);
        byte[] data = Encoding.UTF8.GetBytes(Delta(P(0, null, null, "0123456789")));
        for (int i = 0; i < 100; i++) decoder.Read(default, data, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) decoder.Read(default, data, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1_000); // the buffer that grows
    }

    private const string Finish = """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""";

    private static string Choice(string delta) => $$$"""{"choices":[{"index":0,"delta":{{{delta}}}}]}""";

    private static string Delta(string parts) => Choice($$$"""{"tool_calls":[{{{parts}}}]}""");

    private static string Whole(string message) => $$$"""{"choices":[{"index":0,"message":{{{message}}},"finish_reason":"tool_calls"}]}""";

    private static string P(int? index, string? id = null, string? name = null, string? args = null)
    {
        List<string> members = [];
        if (index is not null) members.Add($"\"index\":{index}");
        if (id is not null) members.Add($"\"id\":\"{id}\"");
        List<string> function = [];
        if (name is not null) function.Add($"\"name\":\"{name}\"");
        if (args is not null) function.Add($"\"arguments\":{JsonSerializer.Serialize(args)}");
        members.Add($"\"function\":{{{string.Join(",", function)}}}");
        return $"{{{string.Join(",", members)}}}";
    }

    private static string[] Calls(IEnumerable<string> events)
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(WithTools);
        List<AIContent> contents = [];
        foreach (string data in events)
        {
            decoder.Read(default, Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            if (update is not null) contents.AddRange(update.Contents);
        }

        return Texts(contents);
    }

    /// <summary>Id, name and arguments; the id as ? where the server gave none, and as ! where it gave one that another call has.</summary>
    private static string[] Texts(IEnumerable<AIContent> contents)
    {
        FunctionCallContent[] calls = [.. contents.Cast<FunctionCallContent>()];
        Assert.Distinct(calls.Select(call => call.CallId));
        bool given = calls.Any(call => call.CallId.Length == 1);
        return [.. calls.Select(call => $"{(call.CallId.Length == 1 ? call.CallId : given ? "!" : "?")} {call.Name} {(call.Exception is null ? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()) : "broken")}")];
    }
}
