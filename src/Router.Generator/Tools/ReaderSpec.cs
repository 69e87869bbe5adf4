using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tools;

/// <summary>How a value is read: by a method of the library's <c>ToolValue</c>, or by an emitted one.</summary>
/// <param name="Type">Its type, without <c>?</c>.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Method">The method.</param>
/// <param name="IsEmitted">Whether that is an emitted one.</param>
internal sealed record ReadSpec(string Type, bool IsNullable, string Method, bool IsEmitted)
{
    /// <summary>The type with <c>?</c> where it may be null.</summary>
    public string FullType => IsNullable ? Type + "?" : Type;

    /// <summary>Reads a value that is not null.</summary>
    public string Of(string value) => IsEmitted ? $"{Method}({value})" : $"{value}.{Method}()";

    /// <summary>Reads an item of a list or a dictionary.</summary>
    public string OfItem(string value) => IsNullable ? $"{value}.IsNotNull ? {Of(value)} : null" : Of(value);
}

/// <summary>An emitted method that reads a value.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Type">The type.</param>
internal abstract record ReaderSpec(string Method, string Type);

/// <summary>Reads a member of an enum by its name.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Names">The names that models use.</param>
/// <param name="Members">The members, in the same order, as C#.</param>
internal sealed record EnumReaderSpec(string Method, string Type, EquatableArray<string> Names, EquatableArray<string> Members) : ReaderSpec(Method, Type);

/// <summary>Reads a list.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Made">The collection that the items are added to.</param>
/// <param name="IsArray">Whether an array is made of that.</param>
/// <param name="Item">How an item is read.</param>
internal sealed record ListReaderSpec(string Method, string Type, string Made, bool IsArray, ReadSpec Item) : ReaderSpec(Method, Type);

/// <summary>Reads a dictionary with names.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Made">The dictionary that is made.</param>
/// <param name="Item">How a value is read.</param>
internal sealed record DictionaryReaderSpec(string Method, string Type, string Made, ReadSpec Item) : ReaderSpec(Method, Type);

/// <summary>Reads an object.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Type">The type.</param>
/// <param name="Members">What is read of it.</param>
internal sealed record ObjectReaderSpec(string Method, string Type, EquatableArray<MemberReadSpec> Members) : ReaderSpec(Method, Type);

/// <summary>A member of an object that is read.</summary>
/// <param name="JsonName">Its name for models.</param>
/// <param name="Variable">The name of the emitted variable.</param>
/// <param name="Member">The property's name as C#; of no meaning for a parameter of the constructor.</param>
/// <param name="Read">How it is read.</param>
/// <param name="Way">How it is set.</param>
/// <param name="Default">What it is where it is missing, as C#; null where it must be there, or stays as it is.</param>
internal sealed record MemberReadSpec(string JsonName, string Variable, string Member, ReadSpec Read, MemberWay Way, string? Default);

internal enum MemberWay : byte
{
    /// <summary>By the constructor.</summary>
    Constructor,

    /// <summary>When the object is made.</summary>
    Initializer,

    /// <summary>Later, and only where it is there.</summary>
    Setter,

    /// <summary>Later, by a copy, and only where it is there.</summary>
    With,
}
