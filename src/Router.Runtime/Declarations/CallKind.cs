// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>What the deployments of a model group are asked for. A group has one kind of call, that of its models.</summary>
public enum CallKind
{
    /// <summary>Answers in a conversation: a <c>ChatGroup</c>.</summary>
    Chat,

    /// <summary>Vectors of texts: an <c>EmbeddingGroup</c>.</summary>
    Embeddings,
}
