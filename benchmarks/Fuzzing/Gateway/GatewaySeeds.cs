namespace RouterGen.Fuzzing;

/// <summary>Requests that the gateway answers, to begin with: of each dialect to deployments of each, and of each kind.</summary>
internal static class GatewaySeeds
{
    private static readonly string[] Groups = ["chat", "claude", "responses", "gemini"];

    /// <summary>Chat Completions.</summary>
    public static readonly string[] Chat =
    [
        .. Each("/v1/chat/completions", """{"model":"GROUP","messages":[{"role":"user","content":"Hello"}],"stream":true,"stream_options":{"include_usage":true}}"""),
        .. Each("/v1/chat/completions", """{"model":"GROUP","messages":[{"role":"system","content":[{"type":"text","text":"Be \ud83d\ude00 brief.","cache_control":{"type":"ephemeral"}}]},{"role":"user","name":"ann","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}}]},{"role":"assistant","content":null,"reasoning_content":"Hm.","refusal":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Kiel\",\"n\":[1,null,1.5e3]}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"}],"tools":[{"type":"function","function":{"name":"weather","description":"Tells it.","strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}}],"tool_choice":{"type":"function","function":{"name":"weather"}},"parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{"type":"object","properties":{"a":{"type":["integer","null"]}},"required":["a"],"additionalProperties":false}}},"max_completion_tokens":100,"temperature":0.5,"top_p":0.9,"top_k":40,"frequency_penalty":0.1,"presence_penalty":-0.1,"seed":7,"stop":["END"],"reasoning_effort":"low","n":1,"metadata":{"a":"b"},"logit_bias":{"50256":-100},"user":"u","service_tier":"flex","made_up":{"x":[{}]}}"""),
        Post("/v1/chat/completions", """{"model":"claude","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}],"functions":[{"name":"f","parameters":{}}],"function_call":"auto","max_tokens":1e999}""", "x-session-id: s1\nx-stainless-lang: js"),
        "GET /v1/models HTTP/1.1\nAccept: */*\n\n",
        "GET /health HTTP/1.1\n\n",
        "HEAD /health/readiness HTTP/1.1\n\n",
        "OPTIONS /v1/chat/completions HTTP/1.1\nOrigin: https://page.example\nAccess-Control-Request-Method: POST\n\n",
        Post("/v1/chat/completions", Deep("""{"model":"claude","tools":[{"type":"function","function":{"name":"deep","parameters":DEEP}}],"messages":[{"role":"user","content":"a"}]}""", 62)),
        Post("/chat/completions", Deep("""{"model":"gemini","tools":[{"type":"function","function":{"name":"deep","parameters":DEEP}}],"messages":[{"role":"user","content":"a"}]}""", 120)),
    ];

    /// <summary>Responses.</summary>
    public static readonly string[] Responses =
    [
        .. Each("/v1/responses", """{"model":"GROUP","input":"Hello","stream":true,"store":false}"""),
        .. Each("/v1/responses", """{"model":"GROUP","instructions":"Be brief.","input":[{"role":"developer","content":"Speak French."},{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}]},{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"rg1 abcdefghijklmnop x"},{"type":"message","role":"assistant","id":"msg_1","content":[{"type":"output_text","text":"Yes","annotations":[]},{"type":"refusal","refusal":"No"}]},{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","namespace":"n","arguments":"{\"city\":\"Kiel\"}"},{"type":"function_call_output","call_id":"call_1","output":[{"type":"input_text","text":"rain"}]},{"type":"custom_tool_call","call_id":"c2","name":"patch","input":"x"},{"type":"custom_tool_call_output","call_id":"c2","output":"ok"}],"tools":[{"type":"function","name":"weather","parameters":{"type":"object","properties":{}},"strict":false},{"type":"custom","name":"patch","description":"d","format":{"type":"text"}},{"type":"namespace","name":"n","tools":[{"type":"function","name":"inner","parameters":{"type":"object"}}]},{"type":"web_search"}],"tool_choice":"auto","parallel_tool_calls":true,"reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"json_schema","name":"x","schema":{"type":"object","properties":{}},"strict":true},"verbosity":"low"},"max_output_tokens":64,"temperature":1,"top_p":1,"metadata":{},"include":["reasoning.encrypted_content"],"prompt_cache_key":"k","truncation":"auto","user":"u","made_up":1}"""),
        .. Each("/v1/responses", """{"model":"GROUP","previous_response_id":"resp_2","stream":true,"input":[{"type":"function_call_output","call_id":"call_1","output":"rain"},{"type":"item_reference","id":"rs_1"}],"include":["made_up"],"made_up":1}"""),
        .. Each("/v1/responses", """{"model":"GROUP","previous_response_id":"resp_1","store":false,"input":"And?"}"""),
        .. Each("/v1/responses/input_tokens", """{"model":"GROUP","previous_response_id":"resp_2","input":"Hello"}"""),
        "GET /v1/responses/resp_1 HTTP/1.1\n\n",
        "GET /v1/responses/resp_2/input_items?limit=2&order=asc&after=msg_1 HTTP/1.1\n\n",
        Post("/v1/responses/resp_1/cancel", ""),
        Post("/v1/responses", """{"model":"chat","previous_response_id":"resp_1","input":[{"type":"item_reference","id":"msg_1"}]}""", "session_id: s1\nOpenAI-Beta: responses_websockets=2026-01-01"),
        "GET /v1/responses HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\n\n",
        "DELETE /v1/responses/resp_1 HTTP/1.1\n\n",
        Post("/v1/responses", Deep("""{"model":"gemini","input":"a","tools":[{"type":"function","name":"deep","parameters":DEEP}]}""", 62)),
    ];

    /// <summary>Messages, and the count of their tokens.</summary>
    public static readonly string[] Messages =
    [
        .. Each("/v1/messages", """{"model":"GROUP","max_tokens":64,"messages":[{"role":"user","content":"Hello"}],"stream":true}"""),
        .. Each("/v1/messages", """{"model":"GROUP","max_tokens":64,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},{"type":"document","title":"t","source":{"type":"url","url":"https://x.example/a.pdf"}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"rg1 abcdefghijklmnop x"},{"type":"redacted_thinking","data":"AAAA"},{"type":"text","text":"Let me see."},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Kiel","n":[1,null]}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":false,"content":[{"type":"text","text":"rain"}]}]}],"tools":[{"name":"weather","description":"Tells it.","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},{"type":"web_search_20250305","name":"web_search","max_uses":1}],"tool_choice":{"type":"tool","name":"weather","disable_parallel_tool_use":true},"thinking":{"type":"enabled","budget_tokens":2048},"output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object","properties":{}}}},"stop_sequences":["END"],"temperature":1,"top_p":0.9,"top_k":40,"metadata":{"user_id":"user_a_account_b_session_c"},"service_tier":"auto","made_up":1}"""),
        .. Each("/v1/messages/count_tokens", """{"model":"GROUP","system":"Be brief.","messages":[{"role":"user","content":"Hello"}],"tools":[{"name":"f","input_schema":{"type":"object"}}]}"""),
        Post("/v1/messages", """{"model":"chat","max_tokens":1,"messages":[{"role":"user","content":"a"}],"metadata":{"user_id":"{\"session_id\":\"s\\ud800\"}"},"anthropic_version":"vertex-2023-10-16"}""", "anthropic-version: 2023-06-01\nanthropic-beta: context-1m-2025-08-07,made-up\nx-claude-code-session-id: s"),
        "GET /v1/messages HTTP/1.1\n\n",
        Post("/v1/messages", Deep("""{"model":"chat","max_tokens":1,"tools":[{"name":"deep","input_schema":DEEP}],"messages":[{"role":"user","content":"a"}]}""", 62)),
    ];

    /// <summary>The other kinds of calls.</summary>
    public static readonly string[] Kinds =
    [
        Post("/v1/embeddings", """{"model":"vectors","input":["one","two \ud83d\ude00"],"encoding_format":"base64","dimensions":3,"user":"u","made_up":[1]}"""),
        Post("/v1/embeddings", """{"model":"vectors","input":"one"}"""),
        Post("/v1/completions", """{"model":"text","prompt":["Once"],"max_tokens":9,"temperature":0.5,"top_p":1,"frequency_penalty":0,"presence_penalty":0,"seed":1,"suffix":"end","stop":["END"],"logprobs":2,"n":1,"echo":false,"best_of":1}"""),
        Post("/v1/completions", """{"model":"text","prompt":"Once","stream":true,"stream_options":{"include_usage":true}}"""),
        Post("/v1/rerank", """{"model":"ranking","query":"q","documents":["a",{"text":"b"}],"top_n":1,"max_tokens_per_doc":100,"return_documents":true}"""),
        Post("/v1/moderations", """{"model":"judge","input":["one","two"]}"""),
        Post("/v1/moderations", """{"model":"judge","input":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}"""),
        Post("/v1/images/generations", """{"model":"pictures","prompt":"A sail","n":1,"size":"1024x1024","quality":"low","response_format":"b64_json","output_format":"png","background":"auto"}"""),
        Post("/v1/audio/speech", """{"model":"voice","input":"Hello","voice":"alloy","response_format":"mp3","speed":1.5,"instructions":"Slowly."}"""),
        Post("/v1/images/generations", """{"model":"pictures","prompt":"A sail","stream":true,"partial_images":2,"output_format":"webp"}"""),
        Post("/v1/audio/speech", """{"model":"voice","input":"Hello","stream_format":"sse"}"""),
        Form("/v1/audio/transcriptions", ("model", "", "ear"), ("stream", "", "true"), ("file", "a.wav", "RIFF\x04\0\0\0WAVE")),
        Form("/v1/images/edits", ("model", "", "pictures"), ("prompt", "", "Blue"), ("stream", "", "true"), ("partial_images", "", "1"), ("image[]", "a.png", "\x89PNG\r\n\x1a\n"), ("image[]", "b.png", "\x89PNG")),
        Form("/v1/images/edits", ("model", "", "pictures"), ("prompt", "", "Make it blue"), ("size", "", "auto"), ("image[]", "a.png", "\x89PNG\r\n\x1a\n"), ("mask", "m.png", "\x89PNG")),
        Form("/v1/audio/transcriptions", ("model", "", "ear"), ("response_format", "", "verbose_json"), ("timestamp_granularities[]", "", "word"), ("temperature", "", "0"), ("file", "a.wav", "RIFF\x04\0\0\0WAVE")),
    ];

    private static string[] Each(string path, string body) => [.. Groups.Select(group => Post(path, body.Replace("GROUP", group, StringComparison.Ordinal)))];

    private static string Post(string path, string body, string headers = "") => $"POST {path} HTTP/1.1\nContent-Type: application/json\n{headers}{(headers.Length > 0 ? "\n" : "")}\n{body}";

    private static string Deep(string body, int depth) => body.Replace("DEEP", string.Concat(Enumerable.Repeat("""{"type":"array","items":""", depth)) + "{}" + new string('}', depth), StringComparison.Ordinal);

    private static string Form(string path, params (string Name, string File, string Value)[] fields) =>
        $"POST {path} HTTP/1.1\nContent-Type: multipart/form-data; boundary=b\n\n{string.Concat(fields.Select(static field => $"--b\r\nContent-Disposition: form-data; name=\"{field.Name}\"{(field.File.Length > 0 ? $"; filename=\"{field.File}\"\r\nContent-Type: application/octet-stream" : "")}\r\n\r\n{field.Value}\r\n"))}--b--\r\n";
}
