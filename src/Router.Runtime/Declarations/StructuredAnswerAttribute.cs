namespace RouterGen;

/// <summary>
/// Makes a type one that a model can answer with: the generator emits its JSON schema and a reader for it, and the type implements
/// <c>IStructuredAnswer&lt;T&gt;</c>. The type must be a partial class, record or struct.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class StructuredAnswerAttribute : Attribute
{
    /// <summary>Gets or sets the name of the schema that providers see. By default the name of the type.</summary>
    public string? Name { get; set; }
}
