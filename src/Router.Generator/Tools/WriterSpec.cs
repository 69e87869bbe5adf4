using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tools;

/// <summary>An emitted method that writes a value of a result.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Type">The type.</param>
internal abstract record WriterSpec(string Method, string Type);

/// <summary>Returns the name of an enum's member.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Names">The names.</param>
/// <param name="Members">The members, in the same order, as C#.</param>
internal sealed record EnumWriterSpec(string Method, string Type, EquatableArray<string> Names, EquatableArray<string> Members) : WriterSpec(Method, Type);

/// <summary>Writes a list.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Item">How an item is written.</param>
internal sealed record ListWriterSpec(string Method, string Type, WriteSpec Item) : WriterSpec(Method, Type);

/// <summary>Writes a dictionary with names.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Item">How a value is written.</param>
internal sealed record DictionaryWriterSpec(string Method, string Type, WriteSpec Item) : WriterSpec(Method, Type);

/// <summary>Writes an object.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Members">What is written of it.</param>
internal sealed record ObjectWriterSpec(string Method, string Type, EquatableArray<MemberWriteSpec> Members) : WriterSpec(Method, Type);

/// <summary>A member of an object that is written.</summary>
/// <param name="JsonName">Its name for models.</param>
/// <param name="Member">Its name as C#.</param>
/// <param name="Write">How it is written.</param>
internal sealed record MemberWriteSpec(string JsonName, string Member, WriteSpec Write);

/// <summary>How a value is written.</summary>
/// <param name="CanBeNull">Whether it can be null.</param>
/// <param name="IsNullableValue">Whether it is a <see cref="System.Nullable{T}"/>.</param>
/// <param name="Method">The emitted method that writes it; empty for a value that the library writes.</param>
/// <param name="IsName">Whether that method returns a name instead.</param>
internal sealed record WriteSpec(bool CanBeNull, bool IsNullableValue, string Method, bool IsName);
