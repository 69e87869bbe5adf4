using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Passes on a Responses request as a gateway's client wrote it.</summary>
[Embedded]
internal static class OpenAIResponsesPassing
{
    /// <summary>Writes the whole body.</summary>
    public static void Write(PassedMembers request, bool streaming, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        body.StartMembers(prefix);
        foreach (PassedMember member in request.All)
        {
            ReadOnlySpan<byte> name = request.NameOf(member);
            if (CodecPassing.IsModel(name) || !CodecPassing.IsTaken(name, model, body)) continue;
            if (!(name.SequenceEqual("stream"u8) && request.IsStreaming != streaming)) body.AddMember(request.TextOf(member));
        }

        if (request.IsStreaming != streaming) body.AddMember("\"stream\":"u8, streaming ? "true"u8 : "false"u8);
        body.EndMembers();
    }
}
