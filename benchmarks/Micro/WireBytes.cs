using System.Text;

namespace RouterGen.Benchmarks.Micro;

/// <summary>What providers send, in the shape in which they send it.</summary>
internal static class WireBytes
{
    public const int Deltas = 1000;

    private const string Text = "Short waves are scattered far more than long ones, so that the light of the sky, which is scattered light, is mostly blue.";

    public static byte[] OpenAIReply() => Encoding.UTF8.GetBytes($$$"""
        {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion","created":1764000000,"model":"gpt-4o-mini-2024-07-18",
         "choices":[{"index":0,"message":{"role":"assistant","content":"{{{Text}}}","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
         "usage":{"prompt_tokens":19,"completion_tokens":28,"total_tokens":47,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
         "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},
         "service_tier":"default","system_fingerprint":"fp_fc9f1d7035"}
        """);

    public static byte[] AnthropicReply() => Encoding.UTF8.GetBytes($$$"""
        {"model":"claude-haiku-4-5","id":"msg_01XFDUDYJgAACzvnptvVoYEL","type":"message","role":"assistant",
         "content":[{"type":"text","text":"{{{Text}}}"}],"stop_reason":"end_turn","stop_sequence":null,
         "usage":{"input_tokens":19,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":28,"service_tier":"standard"}}
        """);

    public static byte[] OpenAIStream()
    {
        var stream = new StringBuilder();
        void Chunk(string choices, string usage = "null") => stream.Append(
            "data: {\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,\"model\":\"gpt-4o-mini-2024-07-18\"," +
            $"\"service_tier\":\"default\",\"system_fingerprint\":\"fp_fc9f1d7035\",\"choices\":[{choices}],\"usage\":{usage}}}\n\n");

        Chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}");
        for (int i = 0; i < Deltas; i++) Chunk($"{{\"index\":0,\"delta\":{{\"content\":\" word{i}\"}},\"logprobs\":null,\"finish_reason\":null}}");
        Chunk("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}");
        Chunk("", "{\"prompt_tokens\":19,\"completion_tokens\":1000,\"total_tokens\":1019}");
        stream.Append("data: [DONE]\n\n");
        return Encoding.UTF8.GetBytes(stream.ToString());
    }

    public static byte[] AnthropicStream()
    {
        var stream = new StringBuilder();
        void Event(string type, string rest) => stream.Append($"event: {type}\ndata: {{\"type\":\"{type}\"{rest}}}\n\n");

        Event("message_start", ",\"message\":{\"model\":\"claude-haiku-4-5\",\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":19,\"output_tokens\":1}}");
        Event("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        for (int i = 0; i < Deltas; i++) Event("content_block_delta", $",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\" word{i}\"}}");
        Event("content_block_stop", ",\"index\":0");
        Event("message_delta", ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1000}");
        Event("message_stop", "");
        return Encoding.UTF8.GetBytes(stream.ToString());
    }
}
