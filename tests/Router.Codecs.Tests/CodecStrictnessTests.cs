using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>A schema that strict mode cannot say is not narrowed: it is sent not strict, or refused with the path.</summary>
public sealed class CodecStrictnessTests
{
    private static readonly ModelProfile Model = new("test", "m") { Capabilities = ModelCapabilities.JsonSchema | ModelCapabilities.Tools };

    /// <summary>Schemas that mean something else once they are strict, where the dialects refuse them; null where they do not.</summary>
    public static TheoryData<string, string?, string?> Misfits => new()
    {
        { """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", null, null },
        { """{"type":"object","properties":{"a":{"type":["string","null"]}}}""", null, null },
        { """{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""", null, null },
        { """{"type":"object","properties":{"a":{"type":"string"}}}""", "$.properties.a: optional", null },
        { """{"type":"object","properties":{"a":{"type":"object","additionalProperties":{"type":"string"}}},"required":["a"]}""", "$.properties.a.additionalProperties", "$.properties.a.additionalProperties" },
        { """{"type":"object","properties":{"a":{"type":"object"}},"required":["a"]}""", "$.properties.a: an object", "$.properties.a: an object" },
        { """{"type":"object","properties":{"a":{"type":"object","properties":{},"additionalProperties":false}},"required":["a"]}""", null, null },
        { """{"type":"object","additionalProperties":true,"properties":{"a":{"type":"string"}},"required":["a"]}""", "$.additionalProperties", "$.additionalProperties" },
        { """{"type":"object","properties":{"a":{}},"required":["a"]}""", "$.properties.a: anything", "$.properties.a: anything" },
        { """{"type":"object","properties":{"a":true},"required":["a"]}""", "$.properties.a: anything", "$.properties.a: anything" },
        { """{"type":"object","properties":{"a":{"type":"array"}},"required":["a"]}""", "$.properties.a: a list of anything", "$.properties.a: a list of anything" },
        { """{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"integer"}}}}},"required":["a"]}""", "$.properties.a.items.properties.b", null },
        { """{"type":"object","properties":{"a":{"oneOf":[{"type":"string"},{"type":"integer"}]}},"required":["a"]}""", "$.properties.a: anything", "$.properties.a: anything" },
        { """{"type":"object","properties":{"a":{"type":"string","oneOf":[{"minLength":1}]}},"required":["a"]}""", "$.properties.a.oneOf", "$.properties.a.oneOf" },
        { """{"type":"object","properties":{"a":{"type":"string","minLength":2}},"required":["a"]}""", "$.properties.a.minLength", null },
        { """{"type":"object","properties":{"a":{"type":"integer","minimum":2,"default":3}},"required":["a"]}""", null, null },
        { """{"type":"object","properties":{"a":{"type":"string","format":"uri"}},"required":["a"]}""", null, null },
        { """{"type":"object","patternProperties":{"^x":{"type":"string"}},"properties":{},"additionalProperties":false}""", "$.patternProperties", "$.patternProperties" },
        { """{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", null, "$.properties.next.anyOf[0]" },
        { """{"type":"object","properties":{"n":{"$ref":"#/$defs/node"}},"required":["n"],"$defs":{"node":{"type":"object","properties":{"n":{"type":["array","null"],"items":{"$ref":"#/$defs/node"}}},"required":["n"]}}}""", null, "refers to itself" },
        { """{"type":"object","properties":{"n":{"$ref":"#/$defs/node"}},"required":["n"],"$defs":{"node":{"type":"object","properties":{"d":{"type":"object","additionalProperties":{}}},"required":["d"]}}}""", "d.additionalProperties", "d.additionalProperties" },
        { """{"type":"object","properties":{"a":{"type":"string"},"b":{"$ref":"#/properties/a"}},"required":["a","b"]}""", "$.properties.b: refers", "$.properties.b: refers" },
        { """{"type":"object","properties":{"a":{"$ref":"https://example.com/a.json"}},"required":["a"]}""", "$.properties.a: refers", "$.properties.a: refers" },
        { """{"anyOf":[{"type":"object","properties":{}},{"type":"object","properties":{}}]}""", "$: not one object", null },
        { """{"type":"array","items":{"type":"string"}}""", "$: not one object", null },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void An_answers_schema(string schema, string? openAI, string? anthropic)
    {
        ChatOptions unsaid = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse(schema).RootElement, "s") };
        ChatOptions demanded = unsaid.Clone();
        demanded.AdditionalProperties = new() { ["strict"] = JsonDocument.Parse("true").RootElement };
        ChatOptions loose = unsaid.Clone();
        loose.AdditionalProperties = new() { ["strict"] = false };

        JsonNode sent = Write(false, unsaid)!["response_format"]!["json_schema"]!;
        Assert.Equal(openAI is null, (bool)sent["strict"]!);
        if (openAI is not null) Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), sent["schema"]));
        AssertRefused(openAI, false, demanded);
        sent = Write(false, loose)!["response_format"]!["json_schema"]!;
        Assert.False((bool)sent["strict"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), sent["schema"]));

        AssertRefused(anthropic, true, unsaid);
        AssertRefused(anthropic, true, demanded);
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_tools_schema(string schema, string? openAI, string? anthropic)
    {
        if (!schema.StartsWith("{\"type\":\"object\"", StringComparison.Ordinal)) return; // A tool's input is an object.
        JsonElement input = JsonDocument.Parse(schema).RootElement;
        foreach (bool isAnthropic in new[] { false, true })
        {
            string member = isAnthropic ? "input_schema" : "parameters";
            JsonNode Tool(ChatOptions options) => isAnthropic ? Write(true, options)!["tools"]![0]! : Write(false, options)!["tools"]![0]!["function"]!;
            AIFunctionDeclaration plain = AIFunctionFactory.CreateDeclaration("f", null, input);
            JsonNode unsaid = Tool(new() { Tools = [plain] });
            Assert.Null(unsaid["strict"]);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), unsaid[member]));
            JsonNode loose = Tool(new() { Tools = [new Marked(plain, false)], AdditionalProperties = new() { ["strict"] = true } });
            Assert.NotEqual(true, (bool?)loose["strict"]); // The tool's own word goes before the options'.

            string? misfit = isAnthropic ? anthropic : openAI;
            AssertRefused(misfit, isAnthropic, new() { Tools = [new Marked(plain, true)] });
            AssertRefused(misfit, isAnthropic, new() { Tools = [plain], AdditionalProperties = new() { ["strict"] = true } });
            if (misfit is null) Assert.True((bool)Tool(new() { Tools = [new Marked(plain, true)] })["strict"]!);
        }
    }

    [Fact]
    public void A_function_without_parameters_is_strict()
    {
        foreach (string schema in new[] { "{}", "true", """{"type":"object"}""", """{"type":"object","properties":{}}""" })
        {
            ChatOptions options = new() { Tools = [new Marked(AIFunctionFactory.CreateDeclaration("f", null, JsonDocument.Parse(schema).RootElement), true)] };
            Assert.True((bool)Write(false, options)!["tools"]![0]!["function"]!["strict"]!);
            Assert.True((bool)Write(true, options)!["tools"]![0]!["strict"]!);
        }
    }

    private static void AssertRefused(string? misfit, bool anthropic, ChatOptions options)
    {
        AttemptFailure? failure = Try(anthropic, options, out _);
        if (misfit is null)
        {
            Assert.Null(failure);
            return;
        }

        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        Assert.Contains(misfit, failure!.Message);
    }

    private static JsonNode? Write(bool anthropic, ChatOptions options)
    {
        Assert.Null(Try(anthropic, options, out JsonNode? body));
        return body;
    }

    private static AttemptFailure? Try(bool anthropic, ChatOptions options, out JsonNode? body)
    {
        var writer = new RequestWriter();
        var request = new ChatRequest([new(ChatRole.User, "Hi")], options, false);
        AttemptFailure? failure = anthropic
            ? AnthropicRequest.Write(request, writer, "{\"model\":\"m\""u8, Model)
            : OpenAIChatRequest.Write(request, writer, "{\"model\":\"m\""u8, Model);
        if (failure is null) PublishedRequests.Check(anthropic ? "anthropic" : "openai", writer, request, Model);
        body = failure is null ? JsonNode.Parse(writer.WrittenMemory.Span) : null;
        return failure;
    }

    private sealed class Marked(AIFunctionDeclaration inner, bool strict) : AIFunctionDeclaration
    {
        public override string Name => inner.Name;

        public override JsonElement JsonSchema => inner.JsonSchema;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?> { ["strict"] = strict };
    }
}
