using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Answers;

/// <summary>A type that a model can answer with.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Declarations">Its own declaration as a partial type and those around it, from the outside, such as <c>partial record Weather</c>.</param>
/// <param name="QualifiedName">The type in C#.</param>
/// <param name="SchemaName">The schema's name.</param>
/// <param name="CodeName">The name of the nested class that holds the emitted code.</param>
/// <param name="Types">All types that are read; the first is the answer.</param>
internal sealed record AnswerSpec(string Namespace, EquatableArray<string> Declarations, string QualifiedName, string SchemaName, string CodeName, EquatableArray<TypeSpec> Types)
{
    public TypeSpec Root => Types[0];
}
