using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>The types of a kind of call, as emitted code names them.</summary>
/// <param name="Group">What a group of the kind derives from.</param>
/// <param name="Interface">The interface of Microsoft.Extensions.AI that such a group is.</param>
internal sealed record KindNames(string Group, string Interface)
{
    private const string Framework = "global::Microsoft.Extensions.AI.";

    private static readonly KindNames Chat = new(CodeNames.ChatGroup, Framework + "IChatClient");
    private static readonly KindNames Embeddings = new(CodeNames.EmbeddingGroup, Framework + "IEmbeddingGenerator<string, " + Framework + "Embedding<float>>");

    /// <summary>Returns the types of a kind.</summary>
    public static KindNames Of(CallKind kind) => kind is CallKind.Embeddings ? Embeddings : Chat;
}
