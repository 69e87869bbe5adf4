using Microsoft.Extensions.AI;
using RouterGen.Codecs;
using RouterGen.Infrastructure;

namespace RouterGen.Fuzzing;

/// <summary>The codecs, each for a model that takes everything, and answers of their providers to begin with.</summary>
internal static class Dialects
{
    public static readonly ChatCodec OpenAI = new OpenAIChatCodec<OpenAIModel>();

    public static readonly ChatCodec Responses = new OpenAIResponsesCodec<OpenAIModel>();

    public static readonly ChatCodec Anthropic = new AnthropicMessagesCodec<AnthropicModel>();

    public static readonly ChatCodec Gemini = new GeminiChatCodec<GeminiProfile>();

    public static readonly ChatCodec Converse = new BedrockConverseCodec<ConverseModel>();

    public static readonly ChatCodec Cohere = new CohereChatCodec<CohereModel>();

    public static readonly ChatCodec Ollama = new OllamaChatCodec<OllamaModel>();

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    public static readonly string[] OpenAIReplies =
    [
        """{"id":"c1","object":"chat.completion","created":1741569952,"model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":"Hi \"ö\" 😀","refusal":null,"reasoning_content":"hm","annotations":[{"type":"url_citation","url_citation":{"start_index":0,"end_index":2,"url":"https://x.example","title":"X"}}]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1}}}""",
        """{"id":"c2","choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}],"reasoning":"because","reasoning_details":[{"type":"reasoning.text","text":"t","signature":"s","id":null,"index":0}],"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"K\u00f6ln\",\"n\":[1,null,true]}"},"extra_content":{"google":{"thought_signature":"c2ln"}}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1}}""",
        """{"choices":[{"message":{"refusal":"No.","audio":{"id":"a1","data":"AAAA","transcript":"hi","expires_at":1}},"finish_reason":"content_filter"}],"x_groq":{"usage":{"prompt_tokens":1}}}""",
        """{"error":{"message":"maximum context length is 8192 tokens","type":"invalid_request_error","param":"messages","code":"context_length_exceeded","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""",
        """[{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}]""",
        """{"detail":[{"loc":["body"],"msg":"field required","type":"value_error"}],"message":"x","object":"error"}""",
    ];

    public static readonly string[] OpenAIStreams =
    [
        Events(
            """{"id":"c1","created":1741569952,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}""",
            """{"id":"c1","choices":[{"index":0,"delta":{"content":"lo \"ö\"","reasoning":"x","reasoning_details":[{"type":"reasoning.text","text":"t","index":0}]},"finish_reason":null}]}""",
            """{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""",
            """{"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}""",
            "[DONE]"),
        Events(
            """{"id":"c2","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]},"finish_reason":null}]}""",
            """{"id":"c2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"ci"}},{"index":1,"id":"call_b","function":{"name":"time","arguments":"{}"}}]},"finish_reason":null}]}""",
            """{"id":"c2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ty\":\"R\"}"}}]},"finish_reason":"tool_calls"}]}""",
            "[DONE]"),
        Events("""{"error":{"message":"overloaded","type":"server_error","code":"overloaded"}}"""),
        """{"id":"c3","choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}""",
    ];

    public static readonly string[] ResponsesReplies =
    [
        """{"id":"resp_1","object":"response","created_at":1741569952,"status":"completed","error":null,"incomplete_details":null,"model":"gpt","output":[{"id":"rs_1","type":"reasoning","encrypted_content":"gAAA","summary":[{"type":"summary_text","text":"Hm."}],"content":[{"type":"reasoning_text","text":"t"}]},{"id":"msg_1","type":"message","status":"completed","role":"assistant","phase":"final_answer","content":[{"type":"output_text","text":"Hi \"ö\" 😀","annotations":[{"type":"url_citation","start_index":0,"end_index":2,"url":"https://x.example","title":"X"}]},{"type":"refusal","refusal":"No."}]}],"service_tier":"default","usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1},"total_tokens":11}}""",
        """{"id":"resp_2","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{\"city\":\"K\u00f6ln\"}"},{"type":"web_search_call","id":"ws_1","action":{"type":"search","query":"x"}},{"type":"image_generation_call","output_format":"png","result":"AAAA"},{"type":"mcp_approval_request","id":"m","server_label":"s","name":"n","arguments":"{}"}]}""",
        """{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Slow down."},"output":[]}""",
    ];

    public static readonly string[] ResponsesStreams =
    [
        Events(
            """{"type":"response.created","response":{"id":"resp_1","created_at":1741569952,"status":"in_progress","model":"gpt","output":[]}}""",
            """{"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Hm."}""",
            """{"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAA"}}""",
            """{"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message","role":"assistant","content":[],"phase":"commentary"}}""",
            """{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"lo \"ö\""}""",
            """{"type":"response.output_text.annotation.added","output_index":1,"annotation":{"type":"url_citation","url":"https://x.example"}}""",
            """{"type":"response.content_part.done","output_index":1,"content_index":0,"part":{"type":"output_text","text":"lo \"ö\"!","annotations":[]}}""",
            """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"lo"}]}],"usage":{"input_tokens":9,"output_tokens":2}}}"""),
        Events(
            """{"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"weather","arguments":""}}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"city\":"}""",
            """{"type":"response.function_call_arguments.done","output_index":0,"arguments":"{\"city\":\"R\"}"}""",
            """{"type":"response.refusal.delta","output_index":1,"delta":"No"}""",
            """{"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}"""),
        Events("""{"type":"error","code":"server_error","message":"Oh.","param":null}"""),
    ];

    public static readonly string[] AnthropicReplies =
    [
        """{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"ZGF0YQ"},{"type":"text","text":"Hi \"ö\" 😀","citations":[{"type":"char_location","cited_text":"x","document_index":0,"document_title":"t","start_char_index":0,"end_char_index":1}]},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Röm","n":[1,null]}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}}""",
        """{"id":"msg_2","content":[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://x.example","title":"X","encrypted_content":"e","page_age":null}]}],"stop_reason":"max_tokens","usage":{"server_tool_use":{"web_search_requests":1}}}""",
        """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}""",
        """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 200001 tokens > 200000 maximum"}}""",
    ];

    public static readonly string[] AnthropicStreams =
    [
        Events(
            """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"usage":{"input_tokens":10,"cache_read_input_tokens":3,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"think."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"ping"}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"I'll look."}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"x"}}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"R\"}"}}""",
            """{"type":"content_block_stop","index":2}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":30}}""",
            """{"type":"message_stop"}"""),
        Events("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""),
    ];

    public static readonly string[] GeminiReplies =
    [
        """{"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"Hi \"ö\" 😀"},{"functionCall":{"id":"f1","name":"weather","args":{"city":"Röm","n":[1,null]}},"thoughtSignature":"c2ln"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},"finishReason":"STOP","index":0,"groundingMetadata":{"webSearchQueries":["x"],"groundingChunks":[{"web":{"uri":"https://x.example","title":"X"}}],"groundingSupports":[{"segment":{"startIndex":0,"endIndex":2,"text":"Hi"},"groundingChunkIndices":[0]}]}}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":2,"totalTokenCount":18,"thoughtsTokenCount":7,"cachedContentTokenCount":4},"modelVersion":"m","responseId":"r1","createTime":"2026-11-29T07:00:00.5Z"}""",
        """{"candidates":[{"content":{"parts":[{"executableCode":{"language":"PYTHON","code":"1"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}}]},"finishReason":"MAX_TOKENS","citationMetadata":{"citationSources":[{"startIndex":0,"endIndex":1,"uri":"https://x.example"}]}}]}""",
        """{"candidates":[{"finishReason":"SAFETY","finishMessage":"because"}]}""",
        """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}""",
        """{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}""",
    ];

    public static readonly string[] GeminiStreams =
    [
        Events(
            """{"candidates":[{"content":{"parts":[{"text":"hm","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":9,"thoughtsTokenCount":7},"responseId":"r1"}""",
            """{"candidates":[{"content":{"parts":[{"text":"Hi \"ö\""},{"functionCall":{"name":"weather","args":{"city":"R"}},"thoughtSignature":"c2ln"}]}}]}""",
            """{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"bGFzdA=="}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":2}}"""),
        Events("""{"promptFeedback":{"blockReason":"OTHER"}}"""),
        Events("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"""),
        GeminiReplies[0],
    ];

    public static readonly string[] ConverseReplies =
    [
        """{"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"c2ln"}}},{"reasoningContent":{"redactedContent":"ZGF0YQ=="}},{"text":"Hi \"ö\" 😀"},{"citationsContent":{"content":[{"text":"x"}],"citations":[{"title":"t","source":"s","sourceContent":[{"text":"y"}],"location":{"web":{"url":"https://x.example"}}}]}},{"toolUse":{"toolUseId":"t1","name":"weather","input":{"city":"Röm","n":[1,null]}}}]}},"stopReason":"tool_use","usage":{"inputTokens":10,"outputTokens":1,"cacheReadInputTokens":3,"cacheWriteInputTokens":2,"cacheDetails":[{"inputTokens":2,"ttl":"1h"}]},"serviceTier":{"type":"flex"}}""",
        """{"output":{"message":{"content":[{"toolUse":{"toolUseId":"t","name":"nova_grounding","input":{},"type":"server_tool_use"}},{"image":{"format":"png"}}]}},"stopReason":"guardrail_intervened"}""",
        """{"__type":"com.amazon.coral.service#ThrottlingException:x","message":"Too many tokens per day, please wait before trying again."}""",
        """{"Message":"The model returned the following errors: prompt is too long: 200001 tokens > 200000 maximum"}""",
    ];

    /// <summary>The events of frames, as server-sent events with the same names and data.</summary>
    public static readonly string[] ConverseStreams =
    [
        Named(
            ("messageStart", """{"role":"assistant","p":"ab"}"""),
            ("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"think."}}}"""),
            ("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}"""),
            ("contentBlockStop", """{"contentBlockIndex":0}"""),
            ("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"reasoningContent":{"redactedContent":"ZGF0YQ=="}}}"""),
            ("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"text":"I'll look."}}"""),
            ("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"citation":{"title":"t","sourceContent":[{"text":"x"}]}}}"""),
            ("contentBlockStop", """{"contentBlockIndex":2}"""),
            ("contentBlockStart", """{"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"t1","name":"weather"}}}"""),
            ("contentBlockDelta", """{"contentBlockIndex":3,"delta":{"toolUse":{"input":"{\"city\": \"R\"}"}}}"""),
            ("contentBlockStop", """{"contentBlockIndex":3}"""),
            ("messageStop", """{"stopReason":"tool_use"}"""),
            ("metadata", """{"usage":{"inputTokens":10,"outputTokens":7,"totalTokens":17},"serviceTier":{"type":"default"}}""")),
        Named(("messageStart", "{}"), ("!throttlingException", """{"message":"Too many requests"}""")),
        Named(("!InternalFailure", "it broke")),
    ];

    private static string Named(params (string Type, string Data)[] events) => string.Concat(events.Select(static one => $"event: {one.Type}\ndata: {one.Data}\n\n"));

    public static readonly string[] CohereReplies =
    [
        """{"id":"c1","message":{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"Hi \"ö\" 😀"}],"tool_plan":"look","tool_calls":[{"id":"w1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Röm\",\"n\":[1,null]}"}}],"citations":[{"start":0,"end":2,"text":"Hi","sources":[{"type":"document","id":"d","document":{"title":"T","url":"https://x.example"}}],"type":"TEXT_CONTENT"}]},"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":9,"output_tokens":2},"tokens":{"input_tokens":70,"output_tokens":2},"cached_tokens":3}}""",
        """{"message":{"content":"plain"},"finish_reason":"ERROR_TOXIC"}""",
        """{"message":{"content":[]},"finish_reason":"ERROR"}""",
        """{"id":"x","message":"too many tokens: size limit exceeded by 3 tokens."}""",
    ];

    public static readonly string[] CohereStreams =
    [
        Events(
            """{"id":"c1","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""",
            """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}""",
            """{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"think."}}}}""",
            """{"type":"content-end","index":0}""",
            """{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"Hi \"ö\""}}}}""",
            """{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":2,"text":"Hi","sources":[]}}}}""",
            """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"look"}}}""",
            """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"w1","type":"function","function":{"name":"weather","arguments":""}}}}}""",
            """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"city\":\"R\"}"}}}}}""",
            """{"type":"tool-call-end","index":0}""",
            """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":9,"output_tokens":2}}}}""",
            "[DONE]"),
        Events("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"internal server error"}}"""),
        CohereReplies[0],
    ];

    public static readonly string[] OllamaReplies =
    [
        """{"model":"m","created_at":"2026-11-04T08:52:19.385406455-07:00","message":{"role":"assistant","content":"Hi \"ö\" 😀","thinking":"hm","tool_calls":[{"id":"c1","function":{"index":0,"name":"weather","arguments":{"city":"Röm","n":[1,null]}}},{"function":{"name":"time","arguments":"{}"}}]},"done_reason":"stop","done":true,"total_duration":5191566416,"prompt_eval_count":26,"eval_count":298}""",
        """{"model":"m","message":{"role":"assistant","content":""},"done_reason":"load","done":true}""",
        """{"error":"model 'm' not found, try pulling it first"}""",
    ];

    public static readonly string[] OllamaStreams =
    [
        """
        {"model":"m","message":{"role":"assistant","content":"","thinking":"think."},"done":false}
        {"model":"m","message":{"role":"assistant","content":"Hi \"ö\""},"done":false}

        {"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"R"}}}]},"done":false}
        {"model":"m","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"prompt_eval_count":9,"eval_count":2}
        """,
        "{\"message\":{\"content\":\"x\"}}\r\n{\"error\":\"an error was encountered while running the model\"}\r\n",
        OllamaReplies[0],
    ];

    private static string Events(params string[] events) => string.Concat(events.Select(static data => $"event: x\ndata: {data}\n\n"));

    private readonly struct OpenAIModel : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("openai", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0 };
    }

    private readonly struct AnthropicModel : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("anthropic", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0, DefaultMaxOutputTokens = 100 };
    }

    private readonly struct GeminiProfile : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{"u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("gemini", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0 };
    }

    private readonly struct ConverseModel : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{"u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("bedrock", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0 };
    }

    private readonly struct CohereModel : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("cohere", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0 };
    }

    private readonly struct OllamaModel : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("ollama", "m") { Capabilities = (ModelCapabilities)~0, Parameters = (ModelParameters)~0, Quirks = ~0 };
    }
}
