using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Opaque state of a model that must go back to it with the conversation: signatures, encrypted thoughts, thoughts as a
/// provider wants them repeated. It travels with the content that it belongs to, stamped with the model that made it, and
/// goes back to that model at that provider only: another one refuses it, or takes it for text.
/// </summary>
/// <remarks>
/// A stamp is a plain string, so that it survives the serialisation of a conversation:
/// <c>rg1 (hash) (form) (provider/model)\n(data)</c>. It is the <see cref="TextReasoningContent.ProtectedData"/> of
/// thoughts, and of an empty thought where it belongs to a whole turn; of other contents it is the additional property
/// <see cref="Name"/>. State without a stamp of the model that is asked, or with a changed one, is left out.
/// </remarks>
[Embedded]
internal static class CodecState
{
    /// <summary>The additional property with a content's stamp.</summary>
    public const string Name = "routergen.state";

    private const string Version = "rg1 ";
    private const int HashLength = 16;

    /// <summary>Returns the stamp for state that a model has sent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="form">The form in which it came, without white space: by it the dialect knows where the data goes.</param>
    /// <param name="data">The state itself; may be empty where the content's own text is the state.</param>
    public static string Stamp(ModelProfile model, string form, ReadOnlySpan<char> data)
    {
        string body = $"{form} {model.Name}\n{data}";
        return $"{Version}{CodecHash.Of(body):x16} {body}";
    }

    /// <summary>Returns the same for state that belongs to a text: it goes back only with that very text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="form">The form in which it came.</param>
    /// <param name="text">The hash of the text.</param>
    /// <param name="data">The state itself.</param>
    public static string StampOf(ModelProfile model, string form, ulong text, ReadOnlySpan<char> data) => Stamp(model, form, $"{text:x16}{data}");

    /// <summary>Returns whether a stamp is the model's own and has the form; anything else is not.</summary>
    public static bool TryRead(string? stamp, ModelProfile model, string form, out ReadOnlySpan<char> data)
    {
        data = default;
        if (stamp is null || !stamp.StartsWith(Version, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = stamp.AsSpan(Version.Length);
        if (rest.Length <= HashLength || rest[HashLength] is not ' ') return false;
        if (!ulong.TryParse(rest[..HashLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)) return false;
        ReadOnlySpan<char> body = rest[(HashLength + 1)..];
        ReadOnlySpan<char> head = body;
        if (!head.StartsWith(form, StringComparison.Ordinal)) return false;
        head = head[form.Length..];
        if (head.IsEmpty || head[0] is not ' ') return false;
        head = head[1..];
        if (!head.StartsWith(model.Name, StringComparison.Ordinal)) return false;
        head = head[model.Name.Length..];
        if (head.IsEmpty || head[0] is not '\n' || CodecHash.Of(body) != hash) return false;
        data = head[1..];
        return true;
    }

    /// <summary>Returns whether a stamp made by <see cref="StampOf"/> is the model's own, has the form, and belongs to the text.</summary>
    public static bool TryReadOf(string? stamp, ModelProfile model, string form, ReadOnlySpan<char> text, out ReadOnlySpan<char> data)
    {
        if (!TryRead(stamp, model, form, out data)) return false;
        if (data.Length < HashLength || !ulong.TryParse(data[..HashLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)) return false;
        data = data[HashLength..];
        return hash == CodecHash.Of(text);
    }

    /// <summary>Returns the stamp of a content; null where it has none.</summary>
    public static string? Of(AIContent content)
    {
        if (content is TextReasoningContent thoughts) return thoughts.ProtectedData;
        return content.AdditionalProperties is { } properties && properties.TryGetValue(Name, out object? stamp) ? CodecScalars.StringOf(stamp) : null;
    }

    /// <summary>Puts a stamp on a content that is no thought.</summary>
    public static void Put(AIContent content, string stamp) => (content.AdditionalProperties ??= [])[Name] = stamp;
}
