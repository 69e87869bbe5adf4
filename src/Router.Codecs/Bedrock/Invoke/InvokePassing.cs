using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Passes on a Messages request to InvokeModel as a gateway's client wrote it: the model and whether to stream are in the path there, the version and
/// the betas, which clients say in headers, in the body.
/// </summary>
[Embedded]
internal static class InvokePassing
{
    private const string BetaHeader = "anthropic-beta";

    /// <summary>Writes the whole body.</summary>
    public static void Write(PassedMembers request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        string betas = BetasOf(body);
        body.Headers?.Clear(); // Anthropic's mean nothing here.
        bool areAdded = prefix.IndexOf("\"anthropic_beta\":["u8) >= 0;
        body.StartMembers(areAdded && betas.Length > 0 ? WithBetas(prefix, betas) : prefix);
        foreach (PassedMember member in request.All)
        {
            ReadOnlySpan<byte> name = request.NameOf(member);
            if (IsElsewhere(name) || !CodecPassing.IsTaken(name, model, body)) continue;
            if (name.SequenceEqual("anthropic_beta"u8)) areAdded = true;
            body.AddMember(request.TextOf(member));
        }

        if (!areAdded && betas.Length > 0) body.AddMember("\"anthropic_beta\":"u8, Encoding.UTF8.GetBytes($"[{betas}]"));
        body.EndMembers();
    }

    private static bool IsElsewhere(ReadOnlySpan<byte> name) => CodecPassing.IsModel(name) || name.SequenceEqual("stream"u8) || name.SequenceEqual("anthropic_version"u8);

    /// <summary>Returns the betas of the client's header as the items of a JSON array; empty for none.</summary>
    private static string BetasOf(RequestWriter body)
    {
        List<string> betas = [];
        if (body.Headers is null) return "";
        foreach (KeyValuePair<string, string> header in body.Headers)
        {
            if (!header.Key.Equals(BetaHeader, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (string beta in header.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) betas.Add($"\"{JsonEncodedText.Encode(beta)}\"");
        }

        return string.Join(",", betas);
    }

    // The deployment's own, behind those of the request.
    private static byte[] WithBetas(ReadOnlySpan<byte> prefix, string betas)
    {
        int start = prefix.IndexOf("\"anthropic_beta\":["u8) + "\"anthropic_beta\":["u8.Length;
        byte[] items = Encoding.UTF8.GetBytes(betas + ",");
        byte[] all = new byte[prefix.Length + items.Length];
        prefix[..start].CopyTo(all);
        items.CopyTo(all, start);
        prefix[start..].CopyTo(all.AsSpan(start + items.Length));
        return all;
    }
}
