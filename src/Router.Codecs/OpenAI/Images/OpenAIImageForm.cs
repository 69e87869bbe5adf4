using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests that change images: a form, in which the images are sent from where they are.</summary>
[Embedded]
internal static class OpenAIImageForm
{
    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecRaw.ParseFor(request, out JsonDocument? raw) is { } unreadable) return unreadable;
        using (raw)
        {
            body.StartForm();
            CodecForm.AddPrefix(body, prefix);
            body.AddField("prompt", request.Prompt);
            string name = request.Images.Count == 1 ? "image" : "image[]";
            foreach (MediaFile image in request.Images) body.AddFile(name, image);
            if (request.Mask is { } mask) body.AddFile("mask", mask);
            if (AddOptions(request, body, model, raw) is { } unwritten) return unwritten;
            body.EndForm();
            return null;
        }
    }

    private static AttemptFailure? AddOptions(ImageRequest request, RequestWriter body, ModelProfile model, JsonDocument? raw)
    {
        bool IsReplaced(string name) => raw is not null && name is not "stream" && raw.RootElement.TryGetProperty(name, out _);
        foreach ((string name, string value, _) in OpenAIImageRequest.Members(request, body, model))
        {
            if (!IsReplaced(name)) body.AddField(name, value);
        }

        foreach (KeyValuePair<string, object?> property in OpenAIImageRequest.Additional(request, body, model))
        {
            if (!IsReplaced(property.Key) && CodecForm.Add(body, property.Key, property.Value) is { } unwritten) return unwritten;
        }

        if (raw is null) return null;
        foreach (JsonProperty member in raw.RootElement.EnumerateObject())
        {
            if (member.Name is "model" or "prompt" or "image" or "image[]" or "mask" or "stream") body.Note($"RawRepresentationFactory: '{member.Name}' is left out, since the router decides it");
            else CodecForm.Add(body, member.Name, member.Value);
        }

        return null;
    }
}
