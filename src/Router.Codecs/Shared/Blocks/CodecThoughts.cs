using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Signed thoughts on their way out and back: the signature of a thinking block or the data of a redacted one is stamped with
/// the model (<see cref="CodecState"/>), and goes back to that model only, exactly as it came.
/// </summary>
/// <remarks>
/// Signatures are bound to the model that made them: another one answers 400. So are they to their text, which is why the
/// stamp holds its hash. A block whose display is omitted has a signature and no text.
/// </remarks>
[Embedded]
internal static class CodecThoughts
{
    private const string Thinking = "thinking";
    private const string Redacted = "redacted_thinking";

    /// <summary>Returns a thinking block that is whole, stamped.</summary>
    public static TextReasoningContent Whole(ModelProfile model, string text, string? signature) => new(text) { ProtectedData = Stamp(model, CodecHash.Of(text), signature) };

    /// <summary>Returns the end of a thinking block whose text was handed on piece by piece: the stamp alone.</summary>
    /// <param name="model">The model that thought.</param>
    /// <param name="text">The hash of the whole text.</param>
    /// <param name="signature">The signature; null where the server sends none, as others behind this dialect do.</param>
    public static TextReasoningContent End(ModelProfile model, ulong text, string? signature) => new("") { ProtectedData = Stamp(model, text, signature) };

    /// <summary>Returns a redacted thinking block.</summary>
    public static TextReasoningContent Hidden(ModelProfile model, string data) => new("") { ProtectedData = CodecState.Stamp(model, Redacted, data) };

    /// <summary>
    /// Returns whether thoughts are what this model takes back. Those of another model, without a stamp, or with a text that
    /// is no longer the one that was signed, it refuses.
    /// </summary>
    /// <param name="contents">The contents of the message.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="model">The model that is asked.</param>
    public static bool IsOwn(IList<AIContent> contents, int index, ModelProfile model) =>
        contents[index] is TextReasoningContent { ProtectedData: { } stamp }
        && (CodecState.TryRead(stamp, model, Redacted, out _) || CodecState.TryReadOf(stamp, model, Thinking, TextOf(contents, index), out _));

    /// <summary>Returns whether thoughts are the model's own and redacted, and their data.</summary>
    public static bool TryReadHidden(AIContent content, ModelProfile model, out ReadOnlySpan<char> data) =>
        CodecState.TryRead(((TextReasoningContent)content).ProtectedData, model, Redacted, out data);

    /// <summary>Returns whether thoughts are the model's own, their text, and its signature; empty where the server sent none.</summary>
    /// <param name="contents">The contents of the message.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="text">The whole text of the block.</param>
    /// <param name="signature">The signature.</param>
    public static bool TryReadSigned(IList<AIContent> contents, int index, ModelProfile model, out string text, out ReadOnlySpan<char> signature)
    {
        text = TextOf(contents, index);
        return CodecState.TryReadOf(((TextReasoningContent)contents[index]).ProtectedData, model, Thinking, text, out signature);
    }

    private static string Stamp(ModelProfile model, ulong text, string? signature) => CodecState.StampOf(model, Thinking, text, signature);

    /// <summary>The text of a block: where the parts of a stream were not joined, that of the parts before the stamp.</summary>
    private static string TextOf(IList<AIContent> contents, int index)
    {
        string own = ((TextReasoningContent)contents[index]).Text;
        int start = index;
        while (own.Length == 0 && start > 0 && contents[start - 1] is TextReasoningContent { ProtectedData: null }) start--;
        if (start == index) return own;
        var text = new StringBuilder();
        for (int i = start; i < index; i++) text.Append(((TextReasoningContent)contents[i]).Text);
        return text.ToString();
    }
}
