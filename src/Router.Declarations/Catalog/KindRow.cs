using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What of a wire format is for one kind of call.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Codec">The generic type of the codec.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it: their own files, without those of folders within.</param>
internal sealed record KindRow(CallKind Kind, string Codec, string[] Folders)
{
    /// <summary>Returns what is spoken for a kind of call in a dialect at a platform.</summary>
    public static KindRow Of(Dialect dialect, PlatformRow? platform, CallKind kind) => platform?.For(kind, dialect) ?? DialectRow.Of(dialect).For(kind)!;

    /// <summary>Returns the generic type of the codec for a kind of call in a dialect at a platform.</summary>
    public static string CodecOf(Dialect dialect, PlatformRow? platform, CallKind kind) =>
        kind is CallKind.Chat && platform?.In(dialect)?.Codec is { } codec ? codec : Of(dialect, platform, kind).Codec;
}
