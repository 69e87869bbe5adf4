using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What of a wire format is for one kind of call.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Codec">The generic type of the codec.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it: their own files, without those of folders within.</param>
internal sealed record KindRow(CallKind Kind, string Codec, string[] Folders);
