namespace RouterGen.Declarations.Catalog;

/// <summary>What a model is for.</summary>
internal enum ModelMode
{
    Chat,
    Embedding,
}
