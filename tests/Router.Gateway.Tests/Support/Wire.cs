namespace RouterGen.Gateway.Tests.Support;

/// <summary>What providers answer, in their own dialects.</summary>
internal static class Wire
{
    /// <summary>Returns a stream of events with a name each, which their data says too.</summary>
    public static string Named(params string[] data) => string.Concat(data.Select(static one => $"event: {System.Text.Json.Nodes.JsonNode.Parse(one)!["type"]}\ndata: {one}\n\n"));

    /// <summary>Returns a stream of events without names.</summary>
    public static string Unnamed(params string[] data) => string.Concat(data.Select(static one => $"data: {one}\n\n"));

    /// <summary>A message of Claude's that ends with a call, which it has thought about.</summary>
    public const string ClaudeThinks = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[{"type":"thinking","thinking":"Where is it?","signature":"SIG=="},{"type":"redacted_thinking","data":"HIDDEN=="},{"type":"text","text":"Let me look."},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Kiel"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":20,"cache_read_input_tokens":100,"output_tokens":7}}
        """;

    public static readonly string ClaudeThinksInPieces = Named(
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":20,"cache_read_input_tokens":100,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Where "}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"is it?"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG=="}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"HIDDEN=="}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Let me look."}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"city\":\"Kiel\"}"}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":7}}""",
        """{"type":"message_stop"}""");

    /// <summary>The same of OpenAI's Responses.</summary>
    private const string OpenAIItems = """
        [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Where is it?"}],"encrypted_content":"SECRET=="},{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Kiel\"}","status":"completed"}]
        """;

    public static readonly string OpenAIThinks = $$$"""{"id":"resp_1","object":"response","status":"completed","model":"gpt-5-mini","output":{{{OpenAIItems.Trim()}}},"usage":{"input_tokens":125,"input_tokens_details":{"cached_tokens":100},"output_tokens":7,"total_tokens":132}}""";

    public static readonly string OpenAIThinksInPieces = Named(
        """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"gpt-5-mini","output":[]}}""",
        """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":2,"output_index":0,"item_id":"rs_1","summary_index":0,"delta":"Where is it?"}""",
        """{"type":"response.output_item.done","sequence_number":3,"output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Where is it?"}],"encrypted_content":"SECRET=="}}""",
        """{"type":"response.output_item.added","sequence_number":4,"output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"","status":"in_progress"}}""",
        """{"type":"response.function_call_arguments.delta","sequence_number":5,"output_index":1,"item_id":"fc_1","delta":"{\"city\":\"Kiel\"}"}""",
        """{"type":"response.output_item.done","sequence_number":6,"output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Kiel\"}","status":"completed"}}""",
        $$"""{"type":"response.completed","sequence_number":7,"response":{{OpenAIThinks}}}""");

    /// <summary>A call of Gemini's, with its signature.</summary>
    public const string GeminiThinks = """
        {"candidates":[{"content":{"role":"model","parts":[{"text":"Where is it?","thought":true},{"functionCall":{"name":"weather","args":{"city":"Kiel"}},"thoughtSignature":"U0lHTkVE"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":125,"cachedContentTokenCount":100,"candidatesTokenCount":3,"thoughtsTokenCount":4,"totalTokenCount":132},"modelVersion":"gemini-3.5-flash"}
        """;

    /// <summary>A short answer of each dialect.</summary>
    public static string Short(string group, string reason) => group switch
    {
        "chat" => $$$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"{{{reason}}}"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
        "claude" => $$$"""{"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"TEXT"}],"stop_reason":"{{{reason}}}","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}}""",
        "gemini" => $$$"""{"candidates":[{"content":{"parts":[{"text":"TEXT"}]},"finishReason":"{{{reason}}}"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}""",
        "converse" => $$$"""{"output":{"message":{"role":"assistant","content":[{"text":"TEXT"}]}},"stopReason":"{{{reason}}}","usage":{"inputTokens":3,"outputTokens":2,"totalTokens":5}}""",
        _ => $$$"""{"id":"resp_c","object":"response","status":"incomplete","incomplete_details":{"reason":"{{{reason}}}"},"model":"m","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"TEXT","annotations":[]}]}],"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}""",
    };
}
