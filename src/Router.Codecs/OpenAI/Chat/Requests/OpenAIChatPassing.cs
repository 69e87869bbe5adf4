using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Passes on a Chat Completions request as a gateway's client wrote it.</summary>
[Embedded]
internal static class OpenAIChatPassing
{
    /// <summary>Writes the whole body.</summary>
    public static void Write(PassedMembers request, bool streaming, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        bool needsUsage = streaming && !request.WantsUsage && model.Has(OpenAIQuirks.StreamUsageOption);
        body.StartMembers(prefix);
        foreach (PassedMember member in request.All)
        {
            ReadOnlySpan<byte> name = request.NameOf(member);
            if (CodecPassing.IsModel(name) || !CodecPassing.IsTaken(name, model, body)) continue;
            if (name.SequenceEqual("seed"u8)) WriteSeed(request, member, body, model);
            else if (name.SequenceEqual("max_tokens"u8) || name.SequenceEqual("max_completion_tokens"u8)) WriteLimit(request, member, body, model);
            else if (!(name.SequenceEqual("stream"u8) && request.IsStreaming != streaming) && !(needsUsage && name.SequenceEqual("stream_options"u8))) body.AddMember(request.TextOf(member));
        }

        if (request.IsStreaming != streaming) body.AddMember("\"stream\":"u8, streaming ? "true"u8 : "false"u8);

        // What a stream costs is known only where it is asked for; who did not ask does not see it.
        if (needsUsage) body.AddMember("\"stream_options\":"u8, "{\"include_usage\":true}"u8);
        body.EndMembers();
    }

    private static void WriteSeed(PassedMembers request, PassedMember member, RequestWriter body, ModelProfile model)
    {
        if (!model.Takes(ModelParameters.Seed)) body.Note("seed: left out");
        else if (model.Has(OpenAIQuirks.RandomSeed)) body.AddMember("\"random_seed\":"u8, request.ValueOf(member));
        else body.AddMember(request.TextOf(member));
    }

    private static void WriteLimit(PassedMembers request, PassedMember member, RequestWriter body, ModelProfile model) =>
        body.AddMember(model.Has(OpenAIQuirks.MaxCompletionTokens) ? "\"max_completion_tokens\":"u8 : "\"max_tokens\":"u8, request.ValueOf(member));
}
