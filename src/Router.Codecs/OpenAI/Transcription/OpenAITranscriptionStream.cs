using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads a streamed transcription: <c>transcript.text.delta</c>, <c>.segment</c> and <c>.done</c> (OpenAI; Mistral begins them with
/// <c>transcription</c>), or chat's events with <c>[DONE]</c> at their end (vLLM).
/// </summary>
[Embedded]
internal sealed class OpenAITranscriptionStream : StreamDecoder<TranscriptionUpdate>
{
    private readonly StringBuilder _text = new();
    private List<TranscriptionSegment>? _segments;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out TranscriptionUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (data.Trim(" \r\n"u8).SequenceEqual("[DONE]"u8))
        {
            update = new TranscriptionUpdate("") { Transcription = new OpenAITranscript().ToTranscription(_text.ToString(), _segments) };
            return StreamSignal.Completed;
        }

        var transcript = new OpenAITranscript();
        try
        {
            Utf8JsonReader reader = OpenAIJson.Open(data);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                failure = CodecJson.Malformed($"An event of the stream is a {reader.TokenType}, not an object.");
                return StreamSignal.Failed;
            }

            transcript.Read(ref reader);
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            failure = OpenAIJson.Malformed(data, e);
            return StreamSignal.Failed;
        }

        if (transcript.Error is null && transcript.Type is "error") failure = OpenAIErrors.ReadWithout(data, "text");
        failure ??= transcript.Error;
        return failure is null ? Take(transcript, out update) : StreamSignal.Failed;
    }

    private StreamSignal Take(in OpenAITranscript transcript, out TranscriptionUpdate? update)
    {
        string piece;
        switch (transcript.Type)
        {
            case "transcript.text.done" or "transcription.done":
                update = new TranscriptionUpdate("") { Transcription = transcript.ToTranscription(transcript.Text ?? _text.ToString(), _segments) };
                return StreamSignal.Completed;
            case "transcript.text.segment" or "transcription.segment":
                (_segments ??= []).Add(transcript.Segment);
                update = new TranscriptionUpdate("") { Segment = transcript.Segment };
                return StreamSignal.Update;
            case "transcription.text.delta": piece = transcript.Text ?? ""; break;
            default: piece = transcript.Delta ?? ""; break;
        }

        update = piece.Length == 0 ? null : new TranscriptionUpdate(piece);
        _text.Append(piece);
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }
}
