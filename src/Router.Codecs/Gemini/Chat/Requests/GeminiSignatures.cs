using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Signatures of parts on their way out and back. Each goes back to the model that made it, on the part on which it came.
/// </summary>
/// <remarks>
/// That of a call, an image or a block is a stamp on the content. That of a text follows it as an empty thought, because a
/// text loses the additional properties of its later parts when the parts of a stream are joined; so the stamp tells how much
/// of the text before it was signed, and its hash. The last part of a stream is often an empty text with a signature: it goes
/// back as one.
/// </remarks>
[Embedded]
internal static class GeminiSignatures
{
    /// <summary>What Google documents for a call that the model did not make: a conversation which began elsewhere.</summary>
    public const string Placeholder = "skip_thought_signature_validator";

    private const string OfPart = "thoughtSignature";
    private const string OfText = "thoughtSignature.text";
    private const string OfThoughts = "thoughtSignature.thought";
    private const int HashLength = 16; // of the text, in front of the data

    /// <summary>Puts the signature of its part on a content that is neither text nor thoughts.</summary>
    public static AIContent Put(AIContent content, ModelProfile model, string? signature)
    {
        if (signature is not null) CodecState.Put(content, CodecState.Stamp(model, OfPart, signature));
        return content;
    }

    /// <summary>Returns the signature of a text, which follows it.</summary>
    public static TextReasoningContent Behind(string text, ModelProfile model, string signature) => new("") { ProtectedData = Stamp(OfText, text, model, signature) };

    /// <summary>Returns thoughts with their signature, if there is one.</summary>
    public static TextReasoningContent Thoughts(string text, ModelProfile model, string? signature) =>
        new(text) { ProtectedData = signature is null ? null : Stamp(OfThoughts, text, model, signature) };

    /// <summary>Returns the signature of a content that is neither text nor thoughts; empty where it has none of this model's.</summary>
    public static ReadOnlySpan<char> Of(AIContent content, ModelProfile model) =>
        CodecState.TryRead(CodecState.Of(content), model, OfPart, out ReadOnlySpan<char> signature) ? signature : default;

    /// <summary>Returns whether the text in front of a place was signed by this model.</summary>
    /// <param name="contents">The contents of the message.</param>
    /// <param name="index">The place; it may be the end.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="length">How many characters of the text, at its end, were signed; 0 where it was an empty text behind it.</param>
    /// <param name="signature">The signature.</param>
    public static bool TryReadBehind(IList<AIContent> contents, int index, ModelProfile model, out int length, out ReadOnlySpan<char> signature)
    {
        length = 0;
        signature = default;
        if (index >= contents.Count || contents[index] is not TextReasoningContent { ProtectedData: { } stamp }) return false;
        string text = index > 0 && contents[index - 1] is TextContent before ? before.Text : "";
        return TryRead(OfText, stamp, text, model, out length, out signature);
    }

    /// <summary>Returns whether thoughts, or the end of them, were signed by this model.</summary>
    public static bool TryReadThoughts(TextReasoningContent thoughts, ModelProfile model, out int length, out ReadOnlySpan<char> signature) =>
        TryRead(OfThoughts, thoughts.ProtectedData, thoughts.Text, model, out length, out signature);

    private static string Stamp(string form, string text, ModelProfile model, string signature) =>
        CodecState.StampOf(model, form, CodecHash.Of(text), string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{signature}"));

    private static bool TryRead(string form, string? stamp, ReadOnlySpan<char> text, ModelProfile model, out int length, out ReadOnlySpan<char> signature)
    {
        length = 0;
        signature = default;
        if (!CodecState.TryRead(stamp, model, form, out ReadOnlySpan<char> data)) return false;
        int start = HashLength, colon = data.IndexOf(':');
        if (colon < start || !int.TryParse(data[start..colon], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > text.Length) return false;
        if (!CodecState.TryReadOf(stamp, model, form, text[^length..], out data)) return false;
        signature = data[(data.IndexOf(':') + 1)..];
        return true;
    }
}
