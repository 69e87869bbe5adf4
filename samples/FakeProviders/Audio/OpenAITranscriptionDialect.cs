using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's transcriptions. Whisper counts seconds and gives times; other models count tokens and stream. What is "said" is the file's name.</summary>
internal sealed class OpenAITranscriptionDialect(OpenAIDialect chat, TimeProvider time) : OpenAIAudioDialect(chat, time)
{
    private const int BytesPerSecond = 16_000;
    private const int TokensPerSecond = 10;
    private const int Largest = 25 * 1024 * 1024;

    public override string PathSuffix => "/audio/transcriptions";

    public override bool IsStreamed(string path, JsonElement body) => body.FindString("stream") is "true" && !IsWhisper(body);

    protected override Refusal? CheckBody(JsonElement body)
    {
        if (body.Find("file") is not { ValueKind: JsonValueKind.Object } file || Length(file) == 0) return Error(400);
        if (Length(file) > Largest) return OpenAIDialect.Refuse(413, $"Maximum content size limit ({Largest}) exceeded ({Length(file)} bytes read)", "server_error");
        string? format = body.FindString("response_format");
        return format is null or "json" || format == (IsWhisper(body) ? "verbose_json" : "diarized_json") ? null
            : OpenAIDialect.Refuse(400, $"response_format '{format}' is not compatible with model '{body.FindString("model")}'.", "invalid_request_error", "unsupported_value", "response_format");
    }

    public override ChatCall Read(JsonElement body) => new(body.FindString("model")!, body.Find("file")!.Value.FindString("name") ?? "", false, body.FindString("prompt")?.Length ?? 0, [], null) { Body = body };

    public override JsonObject Completion(Answer answer)
    {
        JsonElement body = answer.Call!.Body!.Value;
        var reply = new JsonObject { ["text"] = answer.Text, ["usage"] = Usage(answer) };
        if (body.FindString("response_format") is not { } format || format is "json") return reply;
        double seconds = Seconds(body);
        reply["duration"] = seconds;
        reply["task"] = "transcribe";
        bool isVerbose = format is "verbose_json";
        if (isVerbose) reply["language"] = "english";
        string[] granularities = [.. body.FindArray("timestamp_granularities").Select(one => one.GetString() ?? "")];
        if (!isVerbose || granularities.Length == 0 || granularities.Contains("segment"))
        {
            var segment = new JsonObject { ["id"] = 0, ["start"] = 0.0, ["end"] = seconds, ["text"] = answer.Text };
            if (!isVerbose) segment["speaker"] = "A";
            reply["segments"] = new JsonArray(segment);
        }

        if (granularities.Contains("word"))
        {
            double each = seconds / answer.Pieces.Length;
            reply["words"] = new JsonArray([.. answer.Pieces.Select((word, i) => new JsonObject { ["word"] = word.Trim(), ["start"] = i * each, ["end"] = (i + 1) * each })]);
        }

        return reply;
    }

    public override StreamEvents Stream(Answer answer, bool withUsage) => new(
        [],
        [.. answer.Pieces.Select(piece => SseBytes.Event(new JsonObject { ["type"] = "transcript.text.delta", ["delta"] = piece }))],
        [],
        SseBytes.Event(new JsonObject { ["type"] = "transcript.text.done", ["text"] = answer.Text, ["usage"] = Usage(answer) }));

    private static JsonObject Usage(Answer answer)
    {
        JsonElement body = answer.Call!.Body!.Value;
        double seconds = Seconds(body);
        if (IsWhisper(body)) return new JsonObject { ["type"] = "duration", ["seconds"] = seconds };
        int audio = (int)(seconds * TokensPerSecond), text = (answer.Call.InputChars + 3) / 4;
        JsonObject usage = Tokens(audio + text, answer.OutputTokens);
        usage["input_token_details"] = new JsonObject { ["text_tokens"] = text, ["audio_tokens"] = audio };
        return usage;
    }

    private static bool IsWhisper(JsonElement body) => body.FindString("model")!.Contains("whisper", StringComparison.Ordinal);

    private static double Seconds(JsonElement body) => Math.Max(1, Length(body.Find("file")!.Value) / BytesPerSecond);

    private static int Length(JsonElement file) => file.Find("length")!.Value.GetInt32();
}
