using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tools;

/// <summary>A class with tools, as far as it can be generated. Names are C# as written.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="IsStatic">Whether all its tools are static, and so the property that lists them.</param>
/// <param name="PropertyName">The name of that property.</param>
/// <param name="HolderName">The name of the nested class with what is emitted.</param>
/// <param name="Tools">Its tools, in the order of their declaration.</param>
/// <param name="Readers">How values are read that need more than one call of the library.</param>
/// <param name="Writers">How results are written that need more than one call of the library.</param>
internal sealed record ToolClassSpec(
    string Namespace, string Name, string Keyword, bool IsStatic, string PropertyName, string HolderName,
    EquatableArray<ToolSpec> Tools, EquatableArray<ReaderSpec> Readers, EquatableArray<WriterSpec> Writers)
{
    /// <summary>The class's name for any place, for example <c>global::Shop.Tools</c>.</summary>
    public string QualifiedName => Namespace.Length == 0 ? "global::" + Name : "global::" + Namespace + "." + Name;
}

/// <summary>A tool.</summary>
/// <param name="Name">The name that models call.</param>
/// <param name="Description">What it does; empty where nothing is said.</param>
/// <param name="Schema">The JSON schema of its parameters.</param>
/// <param name="RequiresApproval">Whether each call must be approved.</param>
/// <param name="Method">The method.</param>
/// <param name="CallName">The name of the emitted method that calls it.</param>
/// <param name="IsStatic">Whether the method is static.</param>
/// <param name="IsAwaited">Whether it returns a task.</param>
/// <param name="Parameters">Its parameters, in their order.</param>
/// <param name="Result">What it returns; null for nothing.</param>
internal sealed record ToolSpec(
    string Name, string Description, string Schema, bool RequiresApproval, string Method, string CallName, bool IsStatic, bool IsAwaited,
    EquatableArray<ToolParameter> Parameters, ResultSpec? Result);

/// <summary>A parameter of a tool's method.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Name">The name that models use; of a service, the expression of its key, or empty.</param>
/// <param name="Variable">The name of the emitted variable that holds it.</param>
/// <param name="Type">Its type, with <c>?</c> where it may be null.</param>
/// <param name="Read">How it is read; null for one that no model sees.</param>
/// <param name="Default">What it is where it is missing, as C#; null where it must be there.</param>
internal sealed record ToolParameter(ParameterSource Source, string Name, string Variable, string Type, ReadSpec? Read, string? Default);

internal enum ParameterSource : byte
{
    Argument,
    CancellationToken,
    Arguments,
    Services,
    Service,
}

/// <summary>What a tool returns.</summary>
/// <param name="Form">How it is handed on.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="IsValue">Whether it is a value type.</param>
/// <param name="Type">Its type.</param>
/// <param name="Writer">The emitted method that writes it, or says its name; empty for none.</param>
internal sealed record ResultSpec(ResultForm Form, bool IsNullable, bool IsValue, string Type, string Writer);

internal enum ResultForm : byte
{
    /// <summary>A value that all who write results know.</summary>
    AsIs,

    /// <summary>The name of an enum's member.</summary>
    Name,

    /// <summary>Something that emitted code writes as JSON.</summary>
    Json,
}
