using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads which groups a group turns to, and finds those that do not exist. Groups may turn to each other: a call visits each once.</summary>
internal sealed class FallbackParser(string className, IReadOnlyList<GroupDraft> groups, ProblemList problems)
{
    private static readonly string[] Occasions = ["Fallbacks", "ContextWindowFallbacks", "ContentPolicyFallbacks"];

    private readonly Dictionary<string, GroupDraft> _byName = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);

    /// <summary>The groups that a group turns to, by occasion; occasions without any are left out.</summary>
    public List<FallbackSpec> Parse(GroupDraft group)
    {
        List<FallbackSpec> fallbacks = [];
        foreach (string occasion in Occasions)
        {
            List<GroupDraft> found = [];
            IReadOnlyList<string?> names = group.Settings.Texts(occasion);
            for (int i = 0; i < names.Count; i++)
            {
                if (names[i] is not { } name) continue;
                if (name == group.Name)
                {
                    problems.Add(ProblemKinds.FallbackToItself, group.Settings.PlaceOf(occasion, i), name);
                }
                else if (Find(name) is { } fallback)
                {
                    if (!found.Contains(fallback)) found.Add(fallback);
                }
                else
                {
                    string? nearest = Spelling.Nearest(name, groups.Where(g => g != group).Select(g => g.Name));
                    problems.AddFixable(
                        ProblemKinds.UnknownFallback, group.Settings.PlaceOf(occasion, i), DiagnosticProperties.Replacement, nearest,
                        group.Name, name, className, nearest is not null ? Spelling.DidYouMean(nearest)
                            : group.Settings.IsInFile ? ": declare it under \"groups\", or name another"
                            : $": declare it with [ModelGroup(\"{name}\")], or name another");
                }
            }

            if (found.Count == 0) continue;
            fallbacks.Add(new(occasion, found.Select(fallback => fallback.Name).ToEquatableArray(), found.Select(fallback => fallback.MemberName).ToEquatableArray(), found.Select(fallback => fallback.TypeName).ToEquatableArray()));
        }

        return fallbacks;
    }

    private GroupDraft? Find(string? name) => name is not null && _byName.TryGetValue(name, out GroupDraft? group) ? group : null;
}
