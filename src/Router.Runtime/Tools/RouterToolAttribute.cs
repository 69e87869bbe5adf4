namespace RouterGen;

/// <summary>
/// Makes a function that models can call of a method of a partial class. The generator adds the class's functions as its
/// property <c>Tools</c>: static where all of its tools are static methods, else an instance property.
/// </summary>
/// <remarks>
/// The schema of the parameters comes from their types, nullability and defaults, and their descriptions from
/// <see cref="System.ComponentModel.DescriptionAttribute"/> or the documentation comment.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RouterToolAttribute : Attribute
{
    /// <summary>Gets or sets the name that models call: 1 to 64 letters, digits, <c>_</c> and <c>-</c>. Default: the method's name without <c>Async</c>.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets what the tool does, for the model. Default: the method's <see cref="System.ComponentModel.DescriptionAttribute"/>, or else the
    /// summary of its documentation comment.
    /// </summary>
    public string? Description { get; set; }

    /// <summary>
    /// Gets or sets whether each call must be approved before it runs: by <see cref="ToolLoopOptions.Approve"/>, or as Microsoft.Extensions.AI
    /// does it for an <see cref="Microsoft.Extensions.AI.ApprovalRequiredAIFunction"/>, which the tool is then. Default: no.
    /// </summary>
    public bool RequiresApproval { get; set; }
}
