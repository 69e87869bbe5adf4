using System.Collections.Immutable;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Files;

/// <summary>Puts together what code and files declare for each class.</summary>
internal static class ClassJoin
{
    /// <param name="inCode">The classes that declare groups themselves.</param>
    /// <param name="named">The classes that files name, among which those in code may be too.</param>
    /// <param name="files">The files.</param>
    public static ImmutableArray<ClassSnapshot> Join(
        ImmutableArray<ClassSnapshot> inCode, EquatableArray<NamedClass> named, ImmutableArray<ModelsFileSnapshot> files)
    {
        if (files.IsEmpty) return inCode;
        List<ClassSnapshot> all = [.. inCode];
        foreach (NamedClass candidate in named)
        {
            int at = all.FindIndex(known => known.Facts.Namespace == candidate.Class.Facts.Namespace && known.Facts.Name == candidate.Class.Facts.Name);
            if (at < 0) at = all.Count;
            if (at == all.Count) all.Add(candidate.Class);
            IEnumerable<DeclarationsSnapshot> declared = files
                .Where(file => file.ClassName == candidate.Name)
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => file.Declarations);
            all[at] = new(all[at].Facts.With(candidate.UserTypes), all[at].Sources.Concat(declared).ToEquatableArray());
        }

        return [.. all];
    }
}
