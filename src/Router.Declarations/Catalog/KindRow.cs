using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What of a wire format is for one kind of call.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Codec">The generic type of the codec.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it: their own files, without those of folders within.</param>
internal sealed record KindRow(CallKind Kind, string Codec, string[] Folders)
{
    // What the names of embedding models have in them that any server may serve.
    private static readonly string[] SignsOfEmbeddings = ["embed", "bge-", "gte-", "e5-", "minilm"];

    /// <summary>Returns what messages call a kind.</summary>
    public static string NameOf(CallKind kind) => kind is CallKind.Embeddings ? "embeddings" : "chat";

    /// <summary>Returns the kind that the name of a model suggests of which nothing is known.</summary>
    public static CallKind GuessOf(string model)
    {
        string name = model.ToLowerInvariant();
        return SignsOfEmbeddings.Any(name.Contains) && !name.Contains("rerank") ? CallKind.Embeddings : CallKind.Chat;
    }
}
