using System.Text;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>What is said in a file of sound: https://platform.openai.com/docs/api-reference/audio/createTranscription.</summary>
internal sealed class TranscriptionsEndpoint(KindServices services) : FormEndpoint<TranscriptionGroup>(services)
{
    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, TranscriptionGroup group, IFormCollection form)
    {
        if (form.Files.GetFile("file") is not { } sound) return Invalid("file: must be a file.", "file");
        string format = Text(form, "response_format") ?? "json";
        if (format is not ("json" or "text" or "verbose_json" or "diarized_json")) return Invalid("response_format: must be json, text, verbose_json or diarized_json.", "response_format");
        bool wantsWords = form.TryGetValue("timestamp_granularities[]", out Microsoft.Extensions.Primitives.StringValues marks) && marks.Contains("word");
        var options = new TranscribeOptions
        {
            Language = Text(form, "language"),
            Prompt = Text(form, "prompt"),
            Temperature = Number(form, "temperature"),
            Diarize = format is "diarized_json",
            Timestamps = wantsWords ? TranscriptTimestamps.Words : format is "verbose_json" or "diarized_json" ? TranscriptTimestamps.Segments : TranscriptTimestamps.None,
        };
        MediaFile file = await FileAsync(sound, context.RequestAborted).ConfigureAwait(false);
        if (Text(form, "stream") is "true") return await StreamAsync(context, group, group.StreamAsync(file, Routing(context), options, context.RequestAborted), new TranscriptEvents()).ConfigureAwait(false);
        RoutedTranscription answer = await group.TranscribeAsync(file, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return format is "text"
            ? await AnswerResponse.SendAsync(context, group, answer, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(answer.Text + "\n")).ConfigureAwait(false)
            : await SendAsync(context, group, answer, json => TranscriptJson.Write(json, answer, isVerbose: format is not "json")).ConfigureAwait(false);
    }
}
