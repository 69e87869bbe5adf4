using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>What <see cref="ChatOptions.RawRepresentationFactory"/> gives is merged into the request, or refused; never ignored.</summary>
public class RawRepresentationTests
{
    public static readonly Dictionary<string, Func<string, object>> Forms = new()
    {
        ["JsonObject"] = static json => JsonNode.Parse(json)!,
        ["JsonElement"] = static json => JsonDocument.Parse(json).RootElement,
        ["JsonDocument"] = static json => JsonDocument.Parse(json),
        ["string"] = static json => json,
        ["byte[]"] = static json => System.Text.Encoding.UTF8.GetBytes(json),
        ["ReadOnlyMemory"] = static json => new ReadOnlyMemory<byte>(System.Text.Encoding.UTF8.GetBytes(json)),
        ["dictionary"] = static json => JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => (object?)member.Value),
    };

    /// <summary>The dialects that have their parameters beside the messages, under much the same names.</summary>
    public static TheoryData<string> FlatDialects => ["openai", "responses", "anthropic"];

    public static TheoryData<string, string> InFlatDialects()
    {
        TheoryData<string, string> data = [];
        foreach (string form in Forms.Keys)
        {
            foreach (string dialect in FlatDialects) data.Add(dialect, form);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(InFlatDialects))]
    public void Its_members_go_before_the_typed_options(string dialect, string form)
    {
        JsonElement request = Request(dialect, Forms[form]($$$"""{"temperature":0.5,"{{{LimitOf(dialect)}}}":7,"service_tier":"auto","metadata":{"a":[1]}}"""), new ChatOptions { Temperature = 1, MaxOutputTokens = 9 });
        Assert.Equal(0.5, request.GetProperty("temperature").GetDouble());
        Assert.Equal(7, request.GetProperty(LimitOf(dialect)).GetInt32());
        Assert.Equal("auto", request.GetProperty("service_tier").GetString());
        Assert.Equal("""{"a":[1]}""", request.GetProperty("metadata").GetRawText());
        Assert.Equal("m", request.GetProperty("model").GetString());
        Assert.Equal("Hi", request.GetProperty(CodecWire.TurnsOf(dialect))[0].GetProperty("content").GetString());
        Assert.Equal(request.EnumerateObject().Count(), request.EnumerateObject().Select(static member => member.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(FlatDialects))]
    public void Tools_are_added_and_objects_are_joined(string dialect)
    {
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("own", null, JsonDocument.Parse("""{"type":"object"}""").RootElement)],
            AdditionalProperties = new() { ["metadata"] = new Dictionary<string, object?> { ["a"] = 1, ["b"] = new Dictionary<string, object?> { ["c"] = 2 } } },
        };
        JsonElement request = Request(dialect, JsonNode.Parse("""{"tools":[{"type":"raw"}],"metadata":{"b":{"d":3},"a":4}}""")!, options);
        Assert.Equal(2, request.GetProperty("tools").GetArrayLength());
        Assert.Equal("raw", request.GetProperty("tools")[0].GetProperty("type").GetString());
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse("""{"a":4,"b":{"c":2,"d":3}}""").RootElement, request.GetProperty("metadata")));
    }

    [Theory]
    [MemberData(nameof(FlatDialects))]
    public void What_the_router_decides_is_left_out_with_a_note(string dialect)
    {
        RequestWriter writer = new();
        JsonElement request = Request(dialect, $$"""{"model":"other","{{CodecWire.TurnsOf(dialect)}}":[],"stream":true,"user":"u"}""", new ChatOptions(), out writer);
        Assert.Equal("m", request.GetProperty("model").GetString());
        Assert.Equal(1, request.GetProperty(CodecWire.TurnsOf(dialect)).GetArrayLength());
        Assert.False(request.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean());
        Assert.Equal("u", request.GetProperty("user").GetString());
        Assert.Equal(3, writer.Notes!.Count(static note => note.Contains("RawRepresentationFactory")));
    }

    [Fact]
    public void One_limit_under_two_names_is_sent_once()
    {
        JsonElement request = Request("openai", """{"max_completion_tokens":5}""", new ChatOptions { MaxOutputTokens = 9, Seed = 1 });
        Assert.False(request.TryGetProperty("max_tokens", out _));
        Assert.Equal(5, request.GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal(1, request.GetProperty("seed").GetInt32());
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void What_is_no_JSON_object_is_refused_with_its_type(string dialect)
    {
        object[] strange = [new object(), "no JSON", "[1]", new List<int> { 1 }, JsonNode.Parse("[1]")!, new Version(1, 0), new Dictionary<string, object?> { ["a"] = new IntPtr(1) }];
        foreach (object raw in strange)
        {
            Assert.Null(CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out AttemptFailure? failure, new ChatOptions { RawRepresentationFactory = _ => raw }));
            Assert.Equal(FailureKind.Unsupported, failure!.Kind);
            Assert.Contains(raw.GetType().ToString(), failure.Message);
        }

        Assert.NotNull(CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out _, new ChatOptions { RawRepresentationFactory = static _ => null }));
    }

    private static string LimitOf(string dialect) => dialect is "responses" ? "max_output_tokens" : "max_tokens";

    private static JsonElement Request(string dialect, object raw, ChatOptions options) => Request(dialect, raw, options, out _);

    private static JsonElement Request(string dialect, object raw, ChatOptions options, out RequestWriter writer)
    {
        options.RawRepresentationFactory = _ => raw;
        JsonElement? request = CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out AttemptFailure? failure, out writer, options);
        Assert.Null(failure);
        return request!.Value;
    }
}
