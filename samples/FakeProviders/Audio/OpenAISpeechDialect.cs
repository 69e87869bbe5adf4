using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's speech: sound in pieces, or events with them. What is "spoken" is the text itself, behind the beginning of a file of that format.</summary>
internal sealed class OpenAISpeechDialect(OpenAIDialect chat, TimeProvider time) : OpenAIAudioDialect(chat, time)
{
    private const int LongestText = 4096;
    private const int PieceLength = 64;

    public override string PathSuffix => "/audio/speech";

    public override bool IsStreamed(string path, JsonElement body) => true;

    public override StreamForm FormOf(JsonElement body) => HasEvents(body) ? SseForm.Instance : new SoundForm(TypeOf(body).MediaType);

    protected override Refusal? CheckBody(JsonElement body) =>
        body.FindString("input") is not { Length: > 0 } || body.FindString("voice") is null ? Error(400)
        : body.FindString("input")!.Length > LongestText ? OpenAIDialect.Refuse(400, "[{'type': 'string_too_long', 'loc': ('body', 'input'), 'msg': 'String should have at most 4096 characters'}]", "invalid_request_error")
        : null;

    public override ChatCall Read(JsonElement body) => new(body.FindString("model")!, body.FindString("input")!, false, body.FindString("input")!.Length, [], null) { Body = body };

    public override JsonObject Completion(Answer answer) => throw new NotSupportedException("Sound is no object.");

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        JsonElement body = answer.Call!.Body!.Value;
        byte[][] pieces = [.. answer.Pieces.Select(Piece)];
        if (pieces.Length > 0) pieces[0] = [.. TypeOf(body).Start, .. pieces[0]];
        if (!HasEvents(body)) return new StreamEvents([], pieces, [], []);
        byte[][] events = [.. pieces.Select(piece => SseBytes.Event(new JsonObject { ["type"] = "speech.audio.delta", ["audio"] = Convert.ToBase64String(piece) }))];
        return new StreamEvents([], events, [], SseBytes.Event(new JsonObject { ["type"] = "speech.audio.done", ["usage"] = Tokens(answer.InputTokens, 10 * pieces.Length) }));
    }

    private static byte[] Piece(string text)
    {
        byte[] piece = new byte[PieceLength];
        Encoding.UTF8.GetBytes(text.Length > PieceLength / 4 ? text[..(PieceLength / 4)] : text, piece);
        return piece;
    }

    private static bool HasEvents(JsonElement body) => body.FindString("stream_format") is "sse";

    private static (string MediaType, byte[] Start) TypeOf(JsonElement body) => body.FindString("response_format") switch
    {
        "wav" => ("audio/wav", [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVEfmt "u8]),
        "opus" => ("audio/opus", [.. "OggS"u8]),
        "flac" => ("audio/flac", [.. "fLaC"u8]),
        "aac" => ("audio/aac", [0xFF, 0xF1]),
        "pcm" => ("audio/pcm", [0, 0]),
        _ => ("audio/mpeg", [.. "ID3"u8, 4]),
    };
}

/// <summary>Sound in pieces, which nothing divides.</summary>
internal sealed class SoundForm(string mediaType) : StreamForm
{
    public override string ContentType => mediaType;

    public override byte[] Truncated(byte[] bytes) => bytes[..(bytes.Length / 2)];

    public override byte[] WithInvalidUtf8(byte[] bytes) => bytes;

    public override byte[] Garbage => [0xFF];

    public override byte[] WithCrLf(byte[] bytes) => bytes;

    public override byte[] Comment => [];

    public override (byte[] Start, byte[] End) Around(long paddingLength) => ([.. "ID3"u8], []);
}
