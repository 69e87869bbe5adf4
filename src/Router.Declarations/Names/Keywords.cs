namespace RouterGen.Declarations.Names;

/// <summary>C#'s words and the form of its names: what the compiler knows, without it.</summary>
internal static class Keywords
{
    // Words that are never names.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "__arglist", "__makeref", "__reftype", "__refvalue", "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const",
        "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    // Words that are none in some places.
    private static readonly HashSet<string> Contextual = new(StringComparer.Ordinal)
    {
        "_", "add", "alias", "allows", "and", "ascending", "assembly", "async", "await", "by", "descending", "equals", "extension", "field", "file", "from", "get", "global",
        "group", "init", "into", "join", "let", "managed", "method", "module", "nameof", "not", "on", "or", "orderby", "param", "partial", "property", "record", "remove",
        "required", "scoped", "select", "set", "type", "typevar", "unmanaged", "var", "when", "where", "with", "yield",
    };

    /// <summary>Gets all keywords.</summary>
    public static IEnumerable<string> All => Reserved.Concat(Contextual);

    /// <summary>Returns whether a word is a keyword wherever it is.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Returns whether a word is a keyword anywhere.</summary>
    public static bool IsKeyword(string word) => Reserved.Contains(word) || Contextual.Contains(word);
}
