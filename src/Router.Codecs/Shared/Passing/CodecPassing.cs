using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What dialects share that pass on the request of a gateway's client as it was written: each member stays as it is, unless the model does not take it.</summary>
[Embedded]
internal static class CodecPassing
{
    /// <summary>Writes the whole body.</summary>
    /// <param name="request">The request as the client wrote it.</param>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    /// <param name="body">Where it is written to.</param>
    /// <param name="prefix">The deployment's own members, which are in place of the client's.</param>
    /// <param name="model">The model.</param>
    /// <param name="include">The value of <c>include</c> in place of the client's; empty for the client's own.</param>
    public static void Write(PassedMembers request, bool streaming, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model, ReadOnlySpan<byte> include = default)
    {
        if (Has(prefix, "include"u8)) include = default;
        body.StartMembers(prefix);
        foreach (PassedMember member in request.All)
        {
            ReadOnlySpan<byte> name = request.NameOf(member);
            bool isOther = name.SequenceEqual("stream"u8) && request.IsStreaming != streaming;
            isOther |= !include.IsEmpty && name.SequenceEqual("include"u8);
            if (!IsModel(name) && !isOther && !Has(prefix, name) && IsTaken(name, model, body)) body.AddMember(request.TextOf(member));
        }

        if (request.IsStreaming != streaming) body.AddMember("\"stream\":"u8, streaming ? "true"u8 : "false"u8);
        if (!include.IsEmpty) body.AddMember("\"include\":"u8, include);
        body.EndMembers();
    }

    /// <summary>Whether a member is the model, in whose place the deployment's own is.</summary>
    public static bool IsModel(ReadOnlySpan<byte> name) => name.SequenceEqual("model"u8);

    /// <summary>Whether the model takes a parameter; else a note says that it was left out.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">Where the note goes.</param>
    public static bool IsTaken(ReadOnlySpan<byte> name, ModelProfile model, RequestWriter body)
    {
        (string? known, ModelParameters parameter) = ParameterOf(name);
        if (known is null || model.Takes(parameter)) return true;
        body.Note(known + ": left out");
        return false;
    }

    private static bool Has(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
    {
        int at = prefix.IndexOf(name);
        return at > 0 && prefix[at - 1] == '"' && prefix[(at + name.Length)..].StartsWith("\":"u8);
    }

    // The names are the same in all dialects that pass requests on.
    private static (string? Name, ModelParameters Parameter) ParameterOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("temperature"u8) => ("temperature", ModelParameters.Sampling),
        _ when name.SequenceEqual("top_p"u8) => ("top_p", ModelParameters.Sampling),
        _ when name.SequenceEqual("top_k"u8) => ("top_k", ModelParameters.TopK),
        _ when name.SequenceEqual("frequency_penalty"u8) => ("frequency_penalty", ModelParameters.Penalties),
        _ when name.SequenceEqual("presence_penalty"u8) => ("presence_penalty", ModelParameters.Penalties),
        _ when name.SequenceEqual("stop"u8) => ("stop", ModelParameters.Stop),
        _ when name.SequenceEqual("stop_sequences"u8) => ("stop_sequences", ModelParameters.Stop),
        _ when name.SequenceEqual("parallel_tool_calls"u8) => ("parallel_tool_calls", ModelParameters.ParallelToolCalls),
        _ when name.SequenceEqual("reasoning_effort"u8) => ("reasoning_effort", ModelParameters.Reasoning),
        _ => (null, ModelParameters.None),
    };
}
