using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Sound of a text, sent as it comes: https://platform.openai.com/docs/api-reference/audio/createSpeech.</summary>
internal sealed class SpeechEndpoint(KindServices services) : KindEndpoint<SpeechGroup>(services)
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["mp3"] = "audio/mpeg",
        ["opus"] = "audio/opus",
        ["aac"] = "audio/aac",
        ["flac"] = "audio/flac",
        ["wav"] = "audio/wav",
        ["pcm"] = "audio/pcm",
    };

    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, SpeechGroup group, JsonElement request)
    {
        if (request.Text("input"u8) is not { } text) return Invalid("input: must be a text.", "input");
        string stream = request.Text("stream_format"u8) ?? "audio";
        if (stream is not ("audio" or "sse")) return Invalid("stream_format: must be audio or sse.", "stream_format");
        string format = request.Text("response_format"u8) ?? "mp3";
        if (!MediaTypes.TryGetValue(format, out string? mediaType)) return Invalid($"response_format: must be one of {string.Join(", ", MediaTypes.Keys)}.", "response_format");
        var options = new SpeechOptions
        {
            Voice = request.Text("voice"u8),
            Format = format,
            Speed = request.Number("speed"u8),
            Instructions = request.Text("instructions"u8),
        };
        IAsyncEnumerable<SpeechUpdate> updates = group.StreamAsync(text, Routing(context), options, context.RequestAborted);
        if (stream is "sse") return await StreamAsync(context, group, updates, new SoundEvents()).ConfigureAwait(false);
        IAsyncEnumerator<SpeechUpdate> sound = updates.GetAsyncEnumerator(context.RequestAborted);
        await using (sound.ConfigureAwait(false))
        {
            while (await sound.MoveNextAsync().ConfigureAwait(false))
            {
                if (!context.Response.HasStarted)
                {
                    GatewayCall.Of(context).NoteFirstByte();
                    context.Response.ContentType = mediaType;
                    context.Response.Headers["x-routergen-group"] = group.Name;
                }

                if (!sound.Current.Audio.IsEmpty) await context.Response.BodyWriter.WriteAsync(sound.Current.Audio, context.RequestAborted).ConfigureAwait(false);
            }
        }

        return null;
    }
}
