namespace RouterGen.Declarations.Parsing;

/// <summary>What a class must be so that members can be added to it from another file.</summary>
internal static class ClassDemands
{
    /// <summary>Returns the demands that a class does not meet, as a message says them.</summary>
    public static IEnumerable<string> Unmet(bool isNested, bool isGeneric, bool isFileLocal)
    {
        if (isNested) yield return "not be nested in another type";
        if (isGeneric) yield return "not be generic";
        if (isFileLocal) yield return "not be local to its file";
    }

    /// <summary>Returns demands as one message says them.</summary>
    public static string Join(IEnumerable<string> demands) => string.Join(" and ", demands);
}
