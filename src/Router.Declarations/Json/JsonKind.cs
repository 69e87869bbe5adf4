namespace RouterGen.Declarations.Json;

/// <summary>What a node of a JSON text is.</summary>
internal enum JsonKind : byte
{
    /// <summary>A value that is missing or wrong; an error says so already.</summary>
    Invalid,

    Null,
    True,
    False,
    Number,
    String,
    Array,
    Object,
}
