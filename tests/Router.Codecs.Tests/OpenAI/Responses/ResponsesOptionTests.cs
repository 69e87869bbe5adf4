#pragma warning disable MEAI001 // Image generation is experimental.
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>Options of a request: parameters, the form of the answer, tools that the provider runs, and what it keeps.</summary>
public class ResponsesOptionTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""").RootElement;

    private static readonly ChatOptions All = new()
    {
        Temperature = 0.1f,
        TopP = 0.95f,
        TopK = 40,
        FrequencyPenalty = -0.5f,
        PresencePenalty = 1,
        Seed = 7,
        StopSequences = ["END"],
        MaxOutputTokens = 100,
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High, Output = ReasoningOutput.Summary },
    };

    [Fact]
    public void What_the_API_has_no_name_for_is_left_out_with_a_note()
    {
        string body = ResponsesWire.Request([new(ChatRole.User, "Hi")], ResponsesWire.Profile, All, stream: false, out List<string> notes);
        Assert.Contains(""","reasoning":{"effort":"high","summary":"auto"},"temperature":0.1,"top_p":0.95,"max_output_tokens":100,"store":false,""", body);
        Assert.Equal(["top_k: left out", "frequency_penalty: left out", "presence_penalty: left out", "seed: left out", "stop: left out"], notes);
    }

    [Fact]
    public void What_a_model_does_not_take_is_left_out() => Assert.Equal("""{"max_output_tokens":100,"store":false,"stream":false}""", ResponsesWire.Options(All, Takes.Nothing));

    [Theory]
    [InlineData(ReasoningEffort.None, null, """{"reasoning":{"effort":"none"}}""")]
    [InlineData(ReasoningEffort.ExtraHigh, ReasoningOutput.None, """{"reasoning":{"effort":"xhigh"}}""")]
    [InlineData(null, ReasoningOutput.Full, """{"reasoning":{"summary":"detailed"}}""")]
    [InlineData(null, ReasoningOutput.None, "{}")]
    public void Reasoning_has_an_effort_and_a_summary(ReasoningEffort? effort, ReasoningOutput? output, string expected) =>
        Assert.Equal(expected, ResponsesWire.Options(new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort, Output = output } }));

    [Fact]
    public void An_effort_goes_with_tools_here()
    {
        var model = new ModelProfile("openai", "gpt") { Capabilities = ModelCapabilities.Tools, Parameters = ModelParameters.Reasoning, Efforts = ModelEfforts.Low | ModelEfforts.High, EffortsWithTools = ModelEfforts.None };
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("f", null, Schema)], Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium } };
        Assert.Contains("\"reasoning\":{\"effort\":\"high\"}", ResponsesWire.Request([new(ChatRole.User, "Hi")], model, options, false, out List<string> notes));
        Assert.Equal(["reasoning_effort: high instead of medium"], notes);
        options.Reasoning = null;
        Assert.DoesNotContain("\"reasoning\":", ResponsesWire.Request([new(ChatRole.User, "Hi")], model, options, false, out _));
    }

    [Fact]
    public void Sampling_goes_only_with_no_reasoning_where_the_model_says_so()
    {
        Takes takes = ResponsesWire.Everything | OpenAIQuirks.SamplingWithoutReasoning;
        Assert.Equal("{}", ResponsesWire.Options(new ChatOptions { Temperature = 1 }, takes));
        Assert.Equal("""{"reasoning":{"effort":"none"},"temperature":1}""", ResponsesWire.Options(new ChatOptions { Temperature = 1, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None } }, takes));
        Assert.Contains("infinite", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Temperature = float.NaN }));
    }

    [Fact]
    public void The_form_of_the_answer_is_part_of_its_text()
    {
        Assert.Equal("""{"text":{"format":{"type":"json_object"}}}""", ResponsesWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }));
        Assert.Equal("{}", ResponsesWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
        Assert.Equal(
            """{"text":{"format":{"type":"json_schema","name":"Answer","description":"An answer.","schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]},"strict":true},"verbosity":"low"}}""",
            ResponsesWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "Answer", "An answer."), AdditionalProperties = new() { ["verbosity"] = "low" } }));
        Assert.Contains("\"strict\":false", ResponsesWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object"}""").RootElement) }));
        Assert.Contains("schema", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema) }, ModelCapabilities.Tools));
        Assert.Contains("'verbosity'", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { AdditionalProperties = new() { ["verbosity"] = new IntPtr(1) } }));
    }

    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(15, 16, 1)]
    [InlineData(16, 16, 0)]
    public void A_limit_below_the_least_of_the_API_is_that(int stated, int sent, int notes)
    {
        string body = ResponsesWire.Request([new ChatMessage(ChatRole.User, "Hi")], ResponsesWire.Profile, new ChatOptions { MaxOutputTokens = stated }, stream: false, out List<string> noted);
        Assert.Contains($"\"max_output_tokens\":{sent},", body);
        Assert.Equal(notes, noted.Count(static note => note.StartsWith("max_output_tokens: 16", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_limit_has_one_name_whatever_the_caller_calls_it()
    {
        foreach (string name in (string[])["max_tokens", "max_completion_tokens", "max_output_tokens"])
        {
            Assert.Equal("""{"max_output_tokens":25}""", ResponsesWire.Options(new ChatOptions { AdditionalProperties = new() { [name] = 25 } }, limit: 50));
            Assert.Equal("""{"max_output_tokens":29}""", ResponsesWire.Options(new ChatOptions { MaxOutputTokens = 29, AdditionalProperties = new() { [name] = JsonDocument.Parse("25").RootElement } }));
        }

        Assert.Equal("""{"max_output_tokens":50}""", ResponsesWire.Options(new ChatOptions(), limit: 50));
    }

    [Fact]
    public void Additional_properties_are_sent_and_those_of_other_dialects_left_out()
    {
        var options = new ChatOptions
        {
            Temperature = 1,
            AdditionalProperties = new()
            {
                ["metadata"] = new Dictionary<string, object?> { ["a"] = "b" }, ["service_tier"] = "flex", ["truncation"] = "auto", ["user"] = "u", ["temperature"] = 2, ["model"] = "other", ["input"] = "other",
                ["stream"] = true, ["routergen.x"] = 1, ["strict"] = false, ["logit_bias"] = 1, ["cache_control"] = "ephemeral", ["reasoning_effort"] = "low", ["response_format"] = 1,
            },
        };
        string body = ResponsesWire.Request([new(ChatRole.User, "Hi")], ResponsesWire.Profile, options, stream: false, out List<string> notes);
        Assert.Contains(""","reasoning":{"effort":"low"},"temperature":1,""", body);
        Assert.EndsWith(""","stream":false,"metadata":{"a":"b"},"service_tier":"flex","truncation":"auto","user":"u"}""", body);
        Assert.Equal(["logit_bias: left out", "cache_control: left out", "response_format: left out"], notes);
        Assert.Contains("'x'", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { AdditionalProperties = new() { ["x"] = new IntPtr(1) } }));
    }

    [Fact]
    public void A_members_own_form_is_sent_where_no_option_says_the_same()
    {
        var own = new AdditionalPropertiesDictionary { ["reasoning"] = new Dictionary<string, object?> { ["effort"] = "minimal" }, ["text"] = new Dictionary<string, object?> { ["verbosity"] = "high" }, ["include"] = new[] { "message.output_text.logprobs" } };
        string body = ResponsesWire.Request([new(ChatRole.User, "Hi")], new ChatOptions { AdditionalProperties = own });
        Assert.Contains(""","reasoning":{"effort":"minimal"},"text":{"verbosity":"high"},"include":["message.output_text.logprobs"]}""", body);
        body = ResponsesWire.Request([new(ChatRole.User, "Hi")], new ChatOptions { AdditionalProperties = own, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High }, ResponseFormat = ChatResponseFormat.Json });
        Assert.Contains("\"reasoning\":{\"effort\":\"high\"}", body);
        Assert.DoesNotContain("minimal", body);
        Assert.DoesNotContain("verbosity", body);
    }

    [Fact]
    public void The_provider_keeps_a_conversation_only_where_it_is_asked_to()
    {
        Assert.Equal("""{"previous_response_id":"resp_1","stream":false}""", ResponsesWire.Options(new ChatOptions { ConversationId = "resp_1" }));
        Assert.Equal("""{"conversation":"conv_1","stream":false}""", ResponsesWire.Options(new ChatOptions { ConversationId = "conv_1" }));
        Assert.Equal("""{"store":true,"stream":false}""", ResponsesWire.Options(new ChatOptions { AdditionalProperties = new() { ["store"] = true } }));
        Assert.Equal("""{"previous_response_id":"resp_1"}""", ResponsesWire.Options(new ChatOptions { ConversationId = "resp_1", AdditionalProperties = new() { ["store"] = JsonDocument.Parse("false").RootElement, ["previous_response_id"] = "other" } }));
        Assert.Equal("""{"stream":false,"previous_response_id":"resp_2"}""", ResponsesWire.Options(new ChatOptions { AdditionalProperties = new() { ["previous_response_id"] = "resp_2" } }));
    }

    [Fact]
    public void And_only_then_its_id_goes_on_with_the_conversation()
    {
        string answer = ResponsesWire.Answer("""{"type":"message","content":[{"type":"output_text","text":"Hi"}]}""", ",\"store\":true");
        Assert.Null(ResponsesWire.Reply(answer).ConversationId);
        Assert.Equal("resp_1", ResponsesWire.Reply(answer, new ChatOptions { ConversationId = "resp_0" }).ConversationId);
        Assert.Equal("conv_1", ResponsesWire.Reply(answer, new ChatOptions { ConversationId = "conv_1" }).ConversationId);
        var stored = new ChatOptions { AdditionalProperties = new() { ["store"] = true } };
        Assert.Equal("resp_1", ResponsesWire.Reply(answer, stored).ConversationId);
        Assert.All(ResponsesWire.Stream(ResponsesStreamTests.Golden, stored), static update => Assert.Equal("resp_1", update.ConversationId));
        Assert.All(ResponsesWire.Stream(ResponsesStreamTests.Golden), static update => Assert.Null(update.ConversationId));
    }

    public static TheoryData<AITool, string> Hosted => new()
    {
        { new HostedWebSearchTool(), """{"type":"web_search"}""" },
        { new HostedWebSearchTool(new Dictionary<string, object?> { ["search_context_size"] = "low" }), """{"type":"web_search","search_context_size":"low"}""" },
        { new HostedCodeInterpreterTool(), """{"type":"code_interpreter","container":{"type":"auto"}}""" },
        { new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("file-1")] }, """{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}}""" },
        { new HostedCodeInterpreterTool(new Dictionary<string, object?> { ["container"] = "cntr_1" }), """{"type":"code_interpreter","container":"cntr_1"}""" },
        { new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent("vs_1")], MaximumResultCount = 3 }, """{"type":"file_search","vector_store_ids":["vs_1"],"max_num_results":3}""" },
        { new HostedMcpServerTool("docs", "https://example.com/mcp"), """{"type":"mcp","server_label":"docs","server_url":"https://example.com/mcp"}""" },
        {
            new HostedMcpServerTool("docs", "https://example.com/mcp") { ServerDescription = "Pages.", Headers = new Dictionary<string, string> { ["X-Key"] = "k" }, AllowedTools = ["find"], ApprovalMode = HostedMcpServerToolApprovalMode.NeverRequire },
            """{"type":"mcp","server_label":"docs","server_url":"https://example.com/mcp","server_description":"Pages.","headers":{"X-Key":"k"},"allowed_tools":["find"],"require_approval":"never"}"""
        },
        {
            new HostedMcpServerTool("box", "connector_dropbox") { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer t0ken" }, ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire },
            """{"type":"mcp","server_label":"box","connector_id":"connector_dropbox","authorization":"t0ken","require_approval":"always"}"""
        },
        {
            new HostedMcpServerTool("docs", "https://example.com/mcp") { ApprovalMode = HostedMcpServerToolApprovalMode.RequireSpecific(["delete"], ["find"]) },
            """{"type":"mcp","server_label":"docs","server_url":"https://example.com/mcp","require_approval":{"always":{"tool_names":["delete"]},"never":{"tool_names":["find"]}}}"""
        },
        { new HostedImageGenerationTool { Options = new ImageGenerationOptions { ModelId = "gpt-image-2", ImageSize = new(1024, 1536), MediaType = "image/webp" } }, """{"type":"image_generation","model":"gpt-image-2","size":"1024x1536","output_format":"webp"}""" },
        { new HostedImageGenerationTool(), """{"type":"image_generation"}""" },
    };

    [Theory]
    [MemberData(nameof(Hosted))]
    public void Tools_of_the_providers_have_types_of_their_own(AITool tool, string expected) =>
        Assert.Equal($$"""{"tools":[{{expected}}]}""", ResponsesWire.Options(new ChatOptions { Tools = [tool] }, ResponsesWire.WithHosted));

    [Fact]
    public void Some_providers_search_under_another_name()
    {
        var narrow = new ChatOptions { Tools = [new HostedWebSearchTool(new Dictionary<string, object?> { ["max_results"] = 2 })] };
        Assert.Equal("""{"tools":[{"type":"openrouter:web_search","parameters":{"max_results":2}}]}""", ResponsesWire.Options(narrow, ResponsesWire.WithHosted | OpenAIQuirks.ServerTools));
        Assert.Equal("""{"tools":[{"type":"browser_search"}]}""", ResponsesWire.Options(new ChatOptions { Tools = [new HostedWebSearchTool()] }, ResponsesWire.WithHosted | OpenAIQuirks.BrowserSearchTool));
    }

    [Fact]
    public void What_a_tool_of_the_providers_cannot_take_is_refused()
    {
        Assert.Contains("files", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Tools = [new HostedCodeInterpreterTool { Inputs = [new DataContent(new byte[1], "text/csv")] }] }, ResponsesWire.WithHosted));
        Assert.Contains("Strange", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Tools = [new Strange()] }, ResponsesWire.WithHosted));
    }

    private sealed class Strange : AITool;
}
